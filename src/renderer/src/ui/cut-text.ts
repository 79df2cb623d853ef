import type { PointerEvent } from 'react';

/**
 * For `onPointerOver` of a table: gives the hovered cell a title with its full text, only if an ellipsis cuts it off. A
 * title on every cell would double what a scrolling table writes to the page.
 */
export function showCutText({ target }: PointerEvent): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell === null) return;
  const text = cell.querySelector<HTMLElement>('[data-full]')?.dataset.full ?? cell.innerText.replaceAll('\n', ' ');
  // A cell that is not one line of text has elements for what is cut off.
  const parts = [...cell.querySelectorAll('[data-cut]')];
  if ((parts.length === 0 ? [cell] : parts).some(isCut)) cell.title = text;
  else cell.removeAttribute('title');
}

function isCut({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element): boolean {
  return scrollWidth > clientWidth || scrollHeight > clientHeight;
}
