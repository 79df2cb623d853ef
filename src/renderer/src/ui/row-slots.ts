/**
 * Keys for the rows of a virtual list. A row that scrolls in takes the element of one that scrolled out, so fast
 * scrolling changes texts instead of making and dropping elements. `shown` is how many rows are drawn.
 */
export function slotOf(index: number, shown: number): number {
  let slots = 64;
  while (slots < shown) slots *= 2;
  return index % slots;
}
