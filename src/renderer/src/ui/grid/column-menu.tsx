import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Eye, EyeOff, ListFilter, RotateCcw, X } from 'lucide-react';
import type { MenuEntry } from '../menu.tsx';
import type { ColumnLayout } from './column-layout.ts';
import type { GridColumn } from './grid-column.ts';
import type { GridSort } from './grid-header.tsx';

interface ColumnMenu {
  readonly column: GridColumn;
  /** All of the table, and those that are shown, in order. */
  readonly all: readonly GridColumn[];
  readonly shown: readonly GridColumn[];
  readonly layout: ColumnLayout;
  readonly sort: GridSort | null;
  readonly onSort: ((sort: GridSort | null) => void) | null;
  /** Null if the column cannot be filtered. */
  readonly onFilter: (() => void) | null;
}

/** Everything that the mouse does in a header, for the keyboard too. */
export function columnMenu(menu: ColumnMenu): readonly (MenuEntry | null)[] {
  const groups = [sortEntries(menu), filterEntries(menu), placeEntries(menu), shownEntries(menu)];
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, place): readonly (MenuEntry | null)[] => (place === 0 ? group : [null, ...group]));
}

function sortEntries({ column: { id, sortable }, sort, onSort }: ColumnMenu): readonly MenuEntry[] {
  if (onSort === null || !sortable) return [];
  return [
    { label: 'Sort ascending', icon: <ArrowUp />, onSelect: () => onSort({ column: id, descending: false }) },
    { label: 'Sort descending', icon: <ArrowDown />, onSelect: () => onSort({ column: id, descending: true }) },
    ...(sort?.column === id ? [{ label: 'Do not sort', icon: <X />, onSelect: () => onSort(null) }] : []),
  ];
}

function filterEntries({ onFilter }: ColumnMenu): readonly MenuEntry[] {
  return onFilter === null ? [] : [{ label: 'Filter…', icon: <ListFilter />, onSelect: onFilter }];
}

function placeEntries({ column: { id, pinned }, shown, layout }: ColumnMenu): readonly MenuEntry[] {
  const place = shown.findIndex((other) => other.id === id);
  const before = shown[place - 1];
  const after = shown[place + 1];
  const resetWidth = { label: 'Reset width', icon: <RotateCcw />, onSelect: () => layout.setWidth(id, null) };
  if (pinned) return [resetWidth];
  return [
    {
      label: 'Move left',
      icon: <ArrowLeft />,
      disabled: before === undefined || before.pinned === true,
      onSelect: () => moveColumn(layout, shown, id, before?.id ?? null),
    },
    {
      label: 'Move right',
      icon: <ArrowRight />,
      disabled: after === undefined,
      onSelect: () => moveColumn(layout, shown, id, shown[place + 2]?.id ?? null),
    },
    resetWidth,
    { label: 'Hide column', icon: <EyeOff />, onSelect: () => layout.setShown(id, false) },
  ];
}

function shownEntries({ all, shown, layout }: ColumnMenu): readonly MenuEntry[] {
  const hidden = all.filter(({ id }) => !shown.some((other) => other.id === id));
  return [
    ...hidden.map(({ id, title }) => ({
      label: `Show “${title}”`,
      icon: <Eye />,
      onSelect: () => layout.setShown(id, true),
    })),
    { label: 'Reset all columns', icon: <RotateCcw />, onSelect: () => layout.reset() },
  ];
}

/** Puts a column before another, or last; hidden ones keep their place behind the one that they follow. */
export function moveColumn(
  layout: ColumnLayout,
  shown: readonly GridColumn[],
  id: string,
  before: string | null,
): void {
  const others = shown.map((column) => column.id).filter((other) => other !== id);
  const place = before === null ? others.length : others.indexOf(before);
  layout.setOrder([...others.slice(0, place), id, ...others.slice(place)]);
}
