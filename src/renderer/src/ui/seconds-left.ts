import { useCallback, useSyncExternalStore } from 'react';
import { formatDuration } from './format.ts';

/** Whole seconds until a moment of the monotonic clock `performance.now()`; 0 when it has come. */
export function secondsLeft(until: number, now: number = performance.now()): number {
  return Math.max(0, Math.round((until - now) / 1000));
}

/** The same, as a number that counts down. Its component is rendered once a second, and no more at 0. */
export function useSecondsLeft(until: number): number {
  const subscribe = useCallback((tell: () => void) => eachSecond(until, tell), [until]);
  return useSyncExternalStore(subscribe, () => secondsLeft(until));
}

/** "Trying again in 12 s". */
export function tryingAgainWords(seconds: number): string {
  return seconds === 0 ? 'Trying again now' : `Trying again in ${formatDuration(seconds * 1000)}`;
}

/** @returns what ends it. */
function eachSecond(until: number, tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    const left = until - performance.now();
    const seconds = secondsLeft(until);
    // Where the rounded number changes, so that none is left out however late a timer is.
    if (seconds > 0) timer = setTimeout(tick, left - (seconds - 0.5) * 1000);
  };
  const tick = () => {
    tell();
    next();
  };
  next();
  return () => clearTimeout(timer);
}
