/**
 * Cuts Chromium off from the network. Docket's page comes from its own protocol and main makes model calls over undici,
 * so Chromium never needs a DNS lookup or a connection: neither for a page's requests nor for what a browser does by
 * itself (dictionaries, components, variations, safe browsing, DNS, IPv6 and captive-portal probes).
 *
 * It is blocked at the points that all of these have to pass, rather than service by service, so that services added by
 * a later Chromium are blocked as well. `test/e2e/nothing-leaves.spec.ts` verifies this.
 */
import { app, type Session, type WebContents } from 'electron';
import { devServer } from './page.ts';

/** All but the last are described at https://www.electronjs.org/docs/latest/api/command-line-switches. */
const SWITCHES: readonly (readonly [name: string, value: string])[] = [
  // Every name and address, including loopback, is "not found" before a name server is asked or a socket is opened.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  // WebRTC over TCP needs no lookup but uses a proxy; Windows searches for one (WPAD). `.invalid` never resolves (RFC
  // 6761).
  ['proxy-server', 'http://nowhere.invalid:1'],
  ['proxy-bypass-list', '<-loopback>'],
  // Services that would still try need not start.
  ['disable-background-networking', ''],
  // WebRTC multicasts names of its own to the local network (draft-ietf-mmusic-mdns-ice-candidates).
  ['disable-features', 'WebRtcHideLocalIpsWithMdns'],
];

/** Call before the app is ready, so that every session and page is blocked as it is created. */
export function shutChromiumIn(): void {
  // A page from the dev server has to be fetched; `npm run dev` is only for developers.
  if (devServer !== undefined) return;
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  app.on('session-created', shutSessionIn);
  app.on('web-contents-created', (_event, contents) => shutPageIn(contents));
  // No upgrade to DNS over HTTPS, which Chromium probes by itself if it knows the name server.
  void app.whenReady().then(() => app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' }));
}

/** Cancels a page's requests before the switches even apply. */
function shutSessionIn(session: Session): void {
  const urls = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];
  session.webRequest.onBeforeRequest({ urls }, (_request, decide) => decide({ cancel: true }));
  // Otherwise a dictionary is downloaded at each start, even with `spellcheck: false`, unless the system has a checker.
  if (process.platform === 'linux') session.setSpellCheckerLanguages([]);
}

/** WebRTC opens its own UDP sockets, which no content policy, proxy or DNS rule covers. */
function shutPageIn(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
