import { type RefObject, useRef } from 'react';

interface FinalFocus {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly finalFocus: () => HTMLElement | boolean;
}

/**
 * Props for a popup of Base UI whose focus goes to a certain element when it has closed. A popup fades out first: if
 * the user has put the focus somewhere else in the meantime, it stays there. Base UI itself only looks at that when no
 * element is given.
 *
 * @param wanted finds the element; null for the trigger.
 */
export function useFinalFocus(wanted: () => HTMLElement | null): FinalFocus {
  const ref = useRef<HTMLDivElement>(null);
  const finalFocus = () => {
    const { activeElement, body } = document;
    const isHere = activeElement === null || activeElement === body || ref.current?.contains(activeElement) === true;
    return isHere ? (wanted() ?? true) : false;
  };
  return { ref, finalFocus };
}
