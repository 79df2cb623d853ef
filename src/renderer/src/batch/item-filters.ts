import type { ColumnFilter, ItemColumn, ItemView } from '../../../shared/item-view.ts';

export function filterOf({ filters }: ItemView, column: ItemColumn): ColumnFilter {
  return filters.find((filter) => filter.column === column) ?? { column };
}

/** The filters of a view with one of them changed; one that asks for nothing is left out. */
export function withFilter({ filters }: ItemView, changed: ColumnFilter): readonly ColumnFilter[] {
  const others = filters.filter(({ column }) => column !== changed.column);
  return isSet(changed) ? [...others, changed] : others;
}

function isSet({ inPart, column: _column, ...choices }: ColumnFilter): boolean {
  return inPart === true || Object.values(choices).some((choice) => choice !== undefined);
}

/** A list with an entry put in or taken out; undefined when none is left. */
export function toggled<T>(list: readonly T[] | undefined, entry: T): readonly T[] | undefined {
  const others = list?.filter((other) => other !== entry) ?? [];
  const next = list?.includes(entry) ? others : [...others, entry];
  return next.length === 0 ? undefined : next;
}
