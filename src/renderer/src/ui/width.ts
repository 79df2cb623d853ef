import { type RefObject, useLayoutEffect, useState } from 'react';

/**
 * A value derived from the width of an element, updated as it changes.
 * @param read gets CSS pixels, or 0 while the element is hidden or missing. Must be a stable function.
 */
export function useWidth<T extends number | boolean>(
  ref: RefObject<HTMLElement | null>,
  read: (width: number) => T,
): T {
  const [meaning, setMeaning] = useState(() => read(0));
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = () => setMeaning(read(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, read]);
  return meaning;
}
