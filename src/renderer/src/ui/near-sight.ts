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
  function tellNear(entries: readonly IntersectionObserverEntry[]): void {
    const near = entries.flatMap(({ isIntersecting, target }) => {
      const tell = waiting.get(target);
      return isIntersecting && tell !== undefined ? [{ target, tell }] : [];
    });
    for (const { target } of near) forget(target);
    // In slices between frames; what is already drawn stays as it is meanwhile.
    startTransition(() => {
      for (const { tell } of near) tell();
    });
  }
  return {
    watch(element, tell) {
      waiting.set(element, tell);
      observer?.observe(element);
      return () => forget(element);
    },
    attach(root) {
      const made = new IntersectionObserver(tellNear, { root, rootMargin: `${MARGIN_PX}px 0px` });
      observer = made;
      for (const element of waiting.keys()) made.observe(element);
      return () => {
        observer = null;
        made.disconnect();
      };
    },
  };
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
