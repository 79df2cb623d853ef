import type { PointerEvent } from 'react';

/**
 * For `onPointerOver` of a table: gives the cell under the mouse the title that its ellipsis cuts off, and only then. A
 * title on every cell would double what a scrolling table writes to the page.
 */
export function showCutText({ target }: PointerEvent): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell === null) return;
  const text = cell.innerText.replaceAll('\n', ' ');
  // Where several lines are shown, they are an element of their own.
  const shown = cell.querySelector('[data-cut]') ?? cell;
  if (shown.scrollWidth > shown.clientWidth || shown.scrollHeight > shown.clientHeight) cell.title = text;
  else cell.removeAttribute('title');
}
