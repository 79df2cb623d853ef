import { type RefObject, useCallback, useRef, useState } from 'react';

/** After a scroll of Docket's own, those that come of it are nobody's. */
const OWN_SCROLL_MS = 300;
/** A page whose heading is this near the top of what is seen has been reached. */
const REACHED_PX = 48;

export interface FollowedPage {
  /** Counted from 1. */
  readonly page: number;
  /** Shows another page, and its text. */
  readonly goTo: (page: number) => void;
  /** Shows the page of what the text is about to be scrolled to. */
  readonly lead: (page: number) => void;
  /** Scrolls the text to the page that is shown. */
  readonly align: () => void;
  /** For the text's own element. */
  readonly handlers: {
    readonly onScroll: () => void;
    readonly onWheel: () => void;
    readonly onTouchMove: () => void;
    readonly onPointerDown: () => void;
    readonly onKeyDown: () => void;
  };
}

/** The page that a text is scrolled to, where text and page follow each other. */
export function useFollowedPage(body: RefObject<HTMLElement | null>): FollowedPage {
  const [page, setPage] = useState(1);
  const ownUntil = useRef(0);
  const frame = useRef(0);
  const scrollTo = useCallback(
    (to: number) => {
      ownUntil.current = performance.now() + OWN_SCROLL_MS;
      headingsIn(body.current)[to - 1]?.scrollIntoView({ block: 'start' });
    },
    [body],
  );
  const lead = useCallback((to: number) => {
    ownUntil.current = performance.now() + OWN_SCROLL_MS;
    setPage(to);
  }, []);
  /** From now on, it is a person who scrolls. */
  const takeOver = () => {
    ownUntil.current = 0;
  };
  return {
    page,
    lead,
    goTo: (to) => {
      setPage(to);
      // The text may have to be drawn so far first.
      requestAnimationFrame(() => scrollTo(to));
    },
    align: () => scrollTo(page),
    handlers: {
      onScroll: () => {
        if (performance.now() < ownUntil.current) return;
        cancelAnimationFrame(frame.current);
        frame.current = requestAnimationFrame(() => {
          const reached = pageInSight(body.current);
          if (reached > 0) setPage(reached);
        });
      },
      onWheel: takeOver,
      onTouchMove: takeOver,
      onPointerDown: takeOver,
      onKeyDown: takeOver,
    },
  };
}

/** The last page whose heading is at the top of what is seen, or above it; 0 if there are no headings. */
function pageInSight(body: HTMLElement | null): number {
  const headings = headingsIn(body);
  if (body === null || headings.length === 0) return 0;
  const edge = body.getBoundingClientRect().top + REACHED_PX;
  let [low, high] = [0, headings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((headings[middle]?.getBoundingClientRect().top ?? 0) <= edge) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}

/** One for each page. */
function headingsIn(body: HTMLElement | null): readonly Element[] {
  return [...(body?.querySelectorAll('[data-heading]') ?? [])];
}
