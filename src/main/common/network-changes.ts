import { networkInterfaces } from 'node:os';

const EVERY_MS = 1_000;

/**
 * Watches this machine's network addresses: when they change, routes to a host come and go, and whatever is in transit
 * is silently lost. Node reports no such changes, so this polls, and only for as long as `isAsked` returns true.
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
