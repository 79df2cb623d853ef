import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const atFirst = 24;
const step = 12;

/**
 * How many messages at the start of a long conversation are not mounted yet. Older ones are added while the reader
 * scrolls up to them, and what is being read stays where it is.
 */
export function useMountedRange(
  count: number,
  scrollRef: RefObject<HTMLElement | null>,
  sentinelRef: RefObject<HTMLElement | null>,
) {
  const [first, setFirst] = useState(() => Math.max(0, count - atFirst));
  const anchor = useRef<{ readonly element: Element; readonly top: number } | null>(null);
  const start = Math.min(first, Math.max(0, count - 1));

  useEffect(() => {
    const sentinel = sentinelRef.current;
    const scroll = scrollRef.current;
    if (sentinel === null || scroll === null || start === 0) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return;
        const element = sentinel.nextElementSibling;
        if (element !== null) anchor.current = { element, top: element.getBoundingClientRect().top };
        setFirst(Math.max(0, start - step));
      },
      { root: scroll, rootMargin: '1200px 0px 0px 0px' },
    );
    observer.observe(sentinel);
    return () => observer.disconnect();
  }, [start, scrollRef, sentinelRef]);

  // The browser anchors scrolling by itself, but not at the very top, where fast readers are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when older messages were added
  useLayoutEffect(() => {
    const kept = anchor.current;
    const scroll = scrollRef.current;
    anchor.current = null;
    if (kept === null || scroll === null) return;
    const moved = kept.element.getBoundingClientRect().top - kept.top;
    if (Math.abs(moved) > 1) scroll.scrollTop += moved;
  }, [start]);

  /** To be called when the reader is at the end: what was mounted on the way up is no longer needed. */
  const trim = useCallback(() => {
    setFirst((known) => (count - known > 3 * atFirst ? Math.max(0, count - atFirst) : known));
  }, [count]);
  return { start, trim };
}
