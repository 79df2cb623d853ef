import { useCallback, useSyncExternalStore } from 'react';
import { formatDuration } from './format.ts';

/** Whole seconds until a time of the monotonic clock `performance.now()`; 0 once it has passed. */
export function secondsLeft(until: number, now: number = performance.now()): number {
  return Math.max(0, Math.round((until - now) / 1000));
}

/** The same, counting down. Renders once a second, and no more once it is 0. */
export function useSecondsLeft(until: number): number {
  const subscribe = useCallback((tell: () => void) => eachSecond(until, tell), [until]);
  return useSyncExternalStore(subscribe, () => secondsLeft(until));
}

/** "Trying again in 12 s". */
export function tryingAgainWords(seconds: number): string {
  return seconds === 0 ? 'Trying again now' : `Trying again in ${formatDuration(seconds * 1000)}`;
}

/** @returns a function that stops it. */
function eachSecond(until: number, tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    const left = until - performance.now();
    const seconds = secondsLeft(until);
    // Fires in the middle of each second, so that no number is skipped even if a timer is late.
    if (seconds > 0) timer = setTimeout(tick, left - (seconds - 0.5) * 1000);
  };
  const tick = () => {
    tell();
    next();
  };
  next();
  return () => clearTimeout(timer);
}
