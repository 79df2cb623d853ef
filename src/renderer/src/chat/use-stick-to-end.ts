import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Closer to the end than this counts as at the end. */
const nearPx = 32;

/**
 * Keeps a growing view at its end while the reader is there. Only scrolling up lets go: growth between two frames also
 * moves the end away, without anyone having scrolled.
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

  /** Lets go, because the reader is taken somewhere else. */
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
    // A resize observer runs after layout and before paint, so the end never visibly moves away.
    const observer = new ResizeObserver(() => {
      // Scrolled up since the last scroll event, whose successor is still to come.
      if (scroll.scrollTop < lastTop.current - 1) onScroll();
      // While a question is being edited, the view stays with the editor.
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
