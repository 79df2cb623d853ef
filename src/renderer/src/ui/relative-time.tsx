import { useSyncExternalStore } from 'react';
import { formatExactTime, formatRelative } from './format.ts';

const listeners = new Set<() => void>();
let minute = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on display. It runs only while there are any. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) minute = Date.now();
  timer ??= setInterval(() => {
    minute = Date.now();
    for (const tell of listeners) tell();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** "5 min", with the exact time on hover. */
export function RelativeTime({ time }: { readonly time: number }) {
  const now = useSyncExternalStore(subscribe, () => minute);
  return (
    <time dateTime={new Date(time).toISOString()} title={formatExactTime(time)}>
      {formatRelative(time, Math.max(now, time))}
    </time>
  );
}
