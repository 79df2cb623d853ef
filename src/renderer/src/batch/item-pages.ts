import type { BatchCounts, ItemFilter, ItemRow } from '../../../shared/batch-data.ts';

/**
 * The part of a batch's table that is in memory: pages of rows by their index in the list as it is filtered.
 * A batch may hold 100,000 files, so pages come when they are looked at and go when they are far away.
 */
export type ItemPages = ReadonlyMap<number, readonly ItemRow[]>;

export const PAGE_SIZE = 100;
/** Enough to scroll back without a wait; some 4 MB of rows. */
const MAX_PAGES = 60;

export function filterTotal(counts: BatchCounts, filter: ItemFilter): number {
  return filter === 'all' ? counts.total : counts[filter];
}

export function rowAt(pages: ItemPages, index: number): ItemRow | undefined {
  return pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
}

export function indexOfItem(pages: ItemPages, itemId: number): number | null {
  for (const [page, rows] of pages) {
    const place = rows.findIndex((row) => row.id === itemId);
    if (place >= 0) return page * PAGE_SIZE + place;
  }
  return null;
}

/** Pages that hold the rows `first` to `last`, nearest to the middle first: what is looked at comes first. */
export function pagesBetween(first: number, last: number): number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / PAGE_SIZE); page <= Math.floor(last / PAGE_SIZE); page += 1) pages.push(page);
  const middle = (first + last) / 2 / PAGE_SIZE - 0.5;
  return pages.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}

/** Adds a page that was read; the page farthest from it leaves when there are too many. */
export function withPage(pages: ItemPages, page: number, rows: readonly ItemRow[]): ItemPages {
  const next = new Map(pages).set(page, rows);
  while (next.size > MAX_PAGES) {
    let farthest = page;
    for (const candidate of next.keys()) {
      if (Math.abs(candidate - page) > Math.abs(farthest - page)) farthest = candidate;
    }
    next.delete(farthest);
  }
  return next;
}

/** Puts changed rows into the pages that are in memory. Only for the unfiltered list, where a row's index is its position. */
export function withChangedRows(pages: ItemPages, changed: Iterable<ItemRow>): ItemPages {
  const copies = new Map<number, ItemRow[]>();
  for (const row of changed) {
    const page = Math.floor(row.position / PAGE_SIZE);
    const place = row.position % PAGE_SIZE;
    const rows = copies.get(page) ?? pages.get(page)?.slice();
    // A row beyond the end of a page that is still filling comes with that page's next read.
    if (rows === undefined || place > rows.length) continue;
    rows[place] = row;
    copies.set(page, rows);
  }
  return copies.size === 0 ? pages : new Map([...pages, ...copies]);
}
