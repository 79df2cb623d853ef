import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Closer to the end than this counts as being there. */
const nearPx = 32;

/**
 * Keeps a growing view at its end while the reader is there, and leaves it alone when they have scrolled up. Only a
 * scroll upwards lets go: growth between two frames moves the end away without anyone having scrolled.
 */
export function useStickToEnd(scrollRef: RefObject<HTMLElement | null>, contentRef: RefObject<HTMLElement | null>) {
  const [atEnd, setAtEnd] = useState(true);
  const stuck = useRef(true);
  const lastTop = useRef(0);

  const toEnd = useCallback(() => {
    const scroll = scrollRef.current;
    if (scroll === null) return;
    stuck.current = true;
    setAtEnd(true);
    scroll.scrollTop = scroll.scrollHeight;
    lastTop.current = scroll.scrollTop;
  }, [scrollRef]);

  /** The reader is led away from the end. */
  const letGo = useCallback(() => {
    stuck.current = false;
    setAtEnd(false);
  }, []);

  useEffect(() => {
    const scroll = scrollRef.current;
    const content = contentRef.current;
    if (scroll === null || content === null) return undefined;
    const onScroll = () => {
      const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight <= nearPx;
      const upwards = scroll.scrollTop < lastTop.current - 1;
      lastTop.current = scroll.scrollTop;
      if (near) stuck.current = true;
      else if (upwards) stuck.current = false;
      setAtEnd(near || stuck.current);
    };
    // After layout and before paint, so the end is never seen to slip.
    const observer = new ResizeObserver(() => {
      // Scrolled upwards since the last event: that one is still to come.
      if (scroll.scrollTop < lastTop.current - 1) onScroll();
      // Who edits a question is there, wherever the end is.
      if (stuck.current && !content.contains(editedField())) toEnd();
      else onScroll();
    });
    observer.observe(content);
    observer.observe(scroll);
    scroll.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      scroll.removeEventListener('scroll', onScroll);
    };
  }, [scrollRef, contentRef, toEnd]);

  return { atEnd, toEnd, letGo };
}

function editedField(): Element | null {
  return document.activeElement?.matches('textarea') === true ? document.activeElement : null;
}
