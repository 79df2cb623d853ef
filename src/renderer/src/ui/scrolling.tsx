import { createElement, type HTMLAttributes, type RefObject } from 'react';

interface ScrollingProps extends HTMLAttributes<HTMLElement> {
  /** A section needs an `aria-label`. */
  readonly as?: 'div' | 'section' | 'pre';
  readonly ref?: RefObject<HTMLElement | null>;
}

/** A region that scrolls; it is focusable, so that keys can scroll it. */
export function Scrolling({ as = 'div', ...attributes }: ScrollingProps) {
  return createElement<HTMLAttributes<HTMLElement>, HTMLElement>(as, {
    tabIndex: 0,
    ...(as === 'div' && { 'data-focus': 'inside' }),
    ...attributes,
  });
}
