import type { PointerEvent } from 'react';

/**
 * For `onPointerOver` of a table: gives the hovered cell a title with its full text, only if an ellipsis cuts it off. A
 * title on every cell would double what a scrolling table writes to the page.
 */
export function showCutText({ target }: PointerEvent): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell === null) return;
  const text = cell.innerText.replaceAll('\n', ' ');
  // A cell of several lines has an element for the text that is cut off.
  const shown = cell.querySelector('[data-cut]') ?? cell;
  if (shown.scrollWidth > shown.clientWidth || shown.scrollHeight > shown.clientHeight) cell.title = text;
  else cell.removeAttribute('title');
}
