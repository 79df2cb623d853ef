import { createContext, type RefObject, startTransition, use, useEffect, useState } from 'react';

/** What is this near to what is in sight is drawn. */
const MARGIN_PX = 1_500;

export interface NearSight {
  /** Tells once, when the element comes near; returns what ends the wait. */
  watch(element: Element, tell: () => void): () => void;
}

/** Watches what comes near to the part of a scrolling element that is in sight, once it was attached to one. */
export function createNearSight(): NearSight & { attach(root: Element): () => void } {
  const waiting = new Map<Element, () => void>();
  let observer: IntersectionObserver | null = null;
  function forget(element: Element): void {
    waiting.delete(element);
    observer?.unobserve(element);
  }
  /** What has come near, the nearest last; told one a frame, so that no frame draws much. */
  let due: readonly Element[] = [];
  let frame = 0;
  function tellNext(): void {
    frame = 0;
    const next = due.at(-1);
    due = due.slice(0, -1);
    const tell = next === undefined ? undefined : waiting.get(next);
    if (next !== undefined) forget(next);
    // In slices; what is already drawn stays as it is meanwhile.
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

/** From the middle of what is in sight. */
function distanceOf({ boundingClientRect: { top, bottom }, rootBounds }: IntersectionObserverEntry): number {
  const middle = rootBounds === null ? 0 : (rootBounds.top + rootBounds.bottom) / 2;
  return Math.max(top - middle, middle - bottom, 0);
}

/** Around a scrolling view; without one everything is near. */
export const NearSightContext = createContext<NearSight | null>(null);

/** Whether an element is, or ever was, near what is in sight. */
export function useNearSight(ref: RefObject<Element | null>, atOnce: boolean): boolean {
  const sight = use(NearSightContext);
  const [seen, setSeen] = useState(atOnce || sight === null);
  // What was drawn once stays so.
  if (atOnce && !seen) setSeen(true);
  const near = seen || atOnce;
  useEffect(() => {
    if (near || sight === null || ref.current === null) return undefined;
    return sight.watch(ref.current, () => setSeen(true));
  }, [near, sight, ref]);
  return near;
}
