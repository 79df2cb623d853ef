import type { PointerEvent } from 'react';

/**
 * For `onPointerOver` of a table: gives the cell under the mouse the title that its ellipsis cuts off, and only then. A
 * title on every cell would double what a scrolling table writes to the page.
 */
export function showCutText({ target }: PointerEvent): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell === null) return;
  const text = cell.innerText.replaceAll('\n', ' ');
  if (cell.scrollWidth > cell.clientWidth) cell.title = text;
  else cell.removeAttribute('title');
}
