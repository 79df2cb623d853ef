import { networkInterfaces } from 'node:os';

const EVERY_MS = 1_000;

/**
 * Watches the addresses of this machine: with them, ways to a host come and go. Looked at again and again, because no
 * part of Node tells of a change; so only for as long as somebody needs to know.
 * @returns what ends it.
 */
export function watchNetwork(onChange: () => void, read: () => string = addresses, everyMs = EVERY_MS): () => void {
  let last = read();
  const timer = setInterval(() => {
    const next = read();
    if (next === last) return;
    last = next;
    onChange();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function addresses(): string {
  const all = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).map(({ address }) => `${name} ${address}`),
  );
  return all.sort().join('\n');
}
