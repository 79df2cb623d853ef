/**
 * Chromium speaks to nobody. Docket's page comes from its own protocol and model calls are made by main over undici,
 * so no look-up and no connection of Chromium's is ever wanted: neither what a page could ask for nor what a browser
 * does unasked (dictionaries, components, variations, safe browsing, probes of DNS, of IPv6 and of captive portals).
 *
 * It is shut in at the doors that all of these have to go through, rather than one by one, so that a service that a
 * later Chromium adds is shut in as well. `test/e2e/nothing-leaves.spec.ts` watches.
 */
import { app, type Session, type WebContents } from 'electron';
import { devServer } from '../page.ts';

/** All but the last are described at https://www.electronjs.org/docs/latest/api/command-line-switches. */
const SWITCHES: readonly (readonly [name: string, value: string])[] = [
  // Every name and every address is "not found" before a name server is asked or a socket is opened, loopback too.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  // WebRTC over TCP asks for no address and takes a proxy; Windows looks for one (WPAD). `.invalid` is no name (RFC 6761).
  ['proxy-server', 'http://nowhere.invalid:1'],
  ['proxy-bypass-list', '<-loopback>'],
  // What would ask all the same need not begin.
  ['disable-background-networking', ''],
  // WebRTC announces names of its own to the local network by multicast (draft-ietf-mmusic-mdns-ice-candidates).
  ['disable-features', 'WebRtcHideLocalIpsWithMdns'],
];

/** To be called before the app is ready: sessions and pages are shut in as they come to be, whichever they are. */
export function shutChromiumIn(): void {
  // A page of the dev server has to be fetched; `npm run dev` is for who works on Docket.
  if (devServer !== undefined) return;
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  app.on('session-created', shutSessionIn);
  app.on('web-contents-created', (_event, contents) => shutPageIn(contents));
  // Names are not upgraded to DNS over HTTPS, which Chromium tries out by itself where it knows the name server.
  void app.whenReady().then(() => app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' }));
}

/** A request that a page makes is refused before it comes to the switches. */
function shutSessionIn(session: Session): void {
  const urls = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];
  session.webRequest.onBeforeRequest({ urls }, (_request, decide) => decide({ cancel: true }));
  // Else a dictionary is fetched at each start, whatever `spellcheck: false` says; where the system has a checker, none is.
  if (process.platform === 'linux') session.setSpellCheckerLanguages([]);
}

/** WebRTC opens UDP sockets of its own: under no content policy, by no proxy, and with no look-up. */
function shutPageIn(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
