/**
 * Keys for the rows of a virtual list. A row that scrolls in reuses the element of one that scrolled out, so fast
 * scrolling changes texts instead of creating and dropping elements. `shown` is the number of rows drawn.
 */
export function slotOf(index: number, shown: number): number {
  let slots = 64;
  while (slots < shown) slots *= 2;
  return index % slots;
}
