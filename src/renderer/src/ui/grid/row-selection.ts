/** Which rows of a grid are selected, by their ids: rows may move, and most are not in memory. */
export interface RowSelection {
  readonly ids: ReadonlySet<number>;
  /** Id of the row that a range starts from. */
  readonly anchor: number | null;
}

/** The ids of all rows of a grid, in order. */
export interface RowOrder {
  readonly length: number;
  at(index: number): number | undefined;
  indexOf(id: number): number;
}

export const nothingSelected: RowSelection = { ids: new Set(), anchor: null };

/** Adds a row to the selection or takes it out. The row under the cursor counts as selected while no other is. */
export function toggleRow({ ids }: RowSelection, id: number, cursor: number | undefined): RowSelection {
  const next = new Set(ids.size === 0 && cursor !== undefined ? [cursor] : ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Selects from the anchor (or the cursor, without one) to a row. */
export function selectTo(
  { ids, anchor }: RowSelection,
  order: RowOrder,
  cursor: number | undefined,
  to: number,
  keepOthers = false,
): RowSelection {
  const start = anchor ?? cursor ?? order.at(to) ?? null;
  const from = start === null ? -1 : order.indexOf(start);
  // The row that it began with may have left the list.
  const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  const next = new Set(keepOthers ? ids : []);
  for (let index = first; index <= last; index += 1) {
    const id = order.at(index);
    if (id !== undefined) next.add(id);
  }
  return { ids: next, anchor: from < 0 ? (order.at(to) ?? null) : start };
}

export function selectAll(order: RowOrder): RowSelection {
  return { ids: new Set(idsOf(order)), anchor: order.at(0) ?? null };
}

export function idsOf(order: RowOrder): readonly number[] {
  return Array.from({ length: order.length }, (_, index) => order.at(index)).filter((id) => id !== undefined);
}

/** Without the rows that are no longer in the list; the same if all are. */
export function keepListed(selection: RowSelection, order: RowOrder): RowSelection {
  if (selection.ids.size === 0) return selection;
  const ids = new Set(idsOf(order).filter((id) => selection.ids.has(id)));
  if (ids.size === selection.ids.size) return selection;
  return ids.size === 0 ? nothingSelected : { ids, anchor: selection.anchor };
}
