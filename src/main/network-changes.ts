import { networkInterfaces } from 'node:os';

const EVERY_MS = 1_000;

/**
 * Watches the addresses of this machine: with them, ways to a host come and go, and what is on its way is lost without a
 * word. Looked at again and again, because no part of Node tells of a change; so only for as long as somebody asks.
 */
export function watchNetwork(
  onChange: () => void,
  isAsked: () => boolean,
  read: () => string = addresses,
  everyMs = EVERY_MS,
): void {
  let last = read();
  const timer = setInterval(() => {
    if (!isAsked()) return clearInterval(timer);
    const next = read();
    if (next === last) return;
    last = next;
    onChange();
  }, everyMs);
  timer.unref();
}

function addresses(): string {
  const all = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).map(({ address }) => `${name} ${address}`),
  );
  return all.sort().join('\n');
}
