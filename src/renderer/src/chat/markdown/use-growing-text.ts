import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';

/** A render that takes longer than this is not repeated at every frame. */
const cheapMs = 8;
/** A render is followed by a rest this many times as long (longer ones only gather more to render after them), … */
const restFactor = 1.5;
/** … but never by one that the eye takes for the end of the stream. */
const longestRestMs = 150;

/**
 * The text to render while it grows: the newest one as long as rendering is cheap, else one that is renewed seldom
 * enough to leave the window free. A single paragraph of 50 KB must not stop the typing in the composer.
 */
export function useGrowingText(text: string, finished: boolean): string {
  const shown = useRef(text);
  const dueAt = useRef(0);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const beganAt = performance.now();
  // Kept outside of state on purpose: going through state would render each frame twice.
  if (finished || beganAt >= dueAt.current) shown.current = text;
  const rendered = shown.current;

  // biome-ignore lint/correctness/useExhaustiveDependencies: measures each render of another text, its children included
  useLayoutEffect(() => {
    const tookMs = performance.now() - beganAt;
    dueAt.current = tookMs > cheapMs ? performance.now() + Math.min(longestRestMs, tookMs * restFactor) : 0;
  }, [rendered]);

  useEffect(() => {
    if (rendered === text) return undefined;
    // The stream may pause here: what is held back must still be shown.
    const timer = setTimeout(renderAgain, Math.max(16, dueAt.current - performance.now()));
    return () => clearTimeout(timer);
  }, [rendered, text]);
  return rendered;
}
