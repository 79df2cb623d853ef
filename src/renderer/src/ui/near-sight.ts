import { createContext, type RefObject, startTransition, use, useEffect, useState } from 'react';

/** Content this close to the view is drawn. */
const MARGIN_PX = 1_500;

export interface NearSight {
  /** Calls `tell` once, when the element comes near; returns a function that stops watching. */
  watch(element: Element, tell: () => void): () => void;
}

/** Watches which elements come near the visible part of a scrolling element, once attached to one. */
export function createNearSight(): NearSight & { attach(root: Element): () => void } {
  const waiting = new Map<Element, () => void>();
  let observer: IntersectionObserver | null = null;
  function forget(element: Element): void {
    waiting.delete(element);
    observer?.unobserve(element);
  }
  /** Elements that have come near, the nearest last. One is drawn per frame, so that no frame does much work. */
  let due: readonly Element[] = [];
  let frame = 0;
  function tellNext(): void {
    frame = 0;
    const next = due.at(-1);
    due = due.slice(0, -1);
    const tell = next === undefined ? undefined : waiting.get(next);
    if (next !== undefined) forget(next);
    // A transition renders in slices and keeps what is already drawn on screen meanwhile.
    if (tell !== undefined) startTransition(tell);
    if (due.length > 0) frame = requestAnimationFrame(tellNext);
  }
  function lookAt(entries: readonly IntersectionObserverEntry[]): void {
    const changed = new Set(entries.map(({ target }) => target));
    const near = entries.filter(({ isIntersecting }) => isIntersecting);
    const farthestFirst = [...near].sort((one, other) => distanceOf(other) - distanceOf(one));
    due = [...due.filter((element) => !changed.has(element)), ...farthestFirst.map(({ target }) => target)];
    if (due.length > 0 && frame === 0) frame = requestAnimationFrame(tellNext);
  }
  return {
    watch(element, tell) {
      waiting.set(element, tell);
      observer?.observe(element);
      return () => forget(element);
    },
    attach(root) {
      const made = new IntersectionObserver(lookAt, { root, rootMargin: `${MARGIN_PX}px 0px` });
      observer = made;
      for (const element of waiting.keys()) made.observe(element);
      return () => {
        observer = null;
        cancelAnimationFrame(frame);
        frame = 0;
        made.disconnect();
      };
    },
  };
}

/** Distance from the middle of the view. */
function distanceOf({ boundingClientRect: { top, bottom }, rootBounds }: IntersectionObserverEntry): number {
  const middle = rootBounds === null ? 0 : (rootBounds.top + rootBounds.bottom) / 2;
  return Math.max(top - middle, middle - bottom, 0);
}

/** Provided by a scrolling view; without it, everything counts as near. */
export const NearSightContext = createContext<NearSight | null>(null);

/** Whether an element is, or has ever been, near the view. */
export function useNearSight(ref: RefObject<Element | null>, atOnce: boolean): boolean {
  const sight = use(NearSightContext);
  const [seen, setSeen] = useState(atOnce || sight === null);
  // Once drawn, it stays drawn.
  if (atOnce && !seen) setSeen(true);
  const near = seen || atOnce;
  useEffect(() => {
    if (near || sight === null || ref.current === null) return undefined;
    return sight.watch(ref.current, () => setSeen(true));
  }, [near, sight, ref]);
  return near;
}
