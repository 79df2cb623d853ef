import { nextIndex } from '../list-keys.ts';
import { isMac } from '../shortcut.ts';

/** What a key does in a grid. */
export type GridAction =
  | { readonly to: 'row'; readonly index: number; readonly extend: boolean }
  | { readonly to: 'header' }
  | { readonly to: 'column'; readonly by: -1 | 1 | 'first' | 'last' }
  | { readonly to: 'open' | 'close' | 'menu' | 'all' | 'copy' | 'toggle' | 'edit' };

interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Where the cursor of a grid is. */
interface GridPlace {
  /** -1: on no row yet. */
  readonly index: number;
  readonly inHeader: boolean;
  /** Whether the cursor is on a cell of the row. */
  readonly inCell: boolean;
  readonly count: number;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/** As in a tree grid: up and down lead from row to row, right into a row's cells, and left out of them again. */
export function gridAction(event: GridKey, place: GridPlace): GridAction | null {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return { to: 'menu' };
  if (mod && !event.altKey) return withMod(event, place);
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  switch (event.key) {
    case 'Enter':
      return { to: 'open' };
    case 'Escape':
      return { to: 'close' };
    case 'F2':
      return place.inHeader || !place.inCell ? null : { to: 'edit' };
    case ' ':
      return place.inHeader ? { to: 'open' } : { to: 'toggle' };
    case 'ArrowRight':
      return { to: 'column', by: 1 };
    case 'ArrowLeft':
      return { to: 'column', by: -1 };
    default:
      return toRow(event, place);
  }
}

function withMod({ key, shiftKey }: GridKey, { count }: GridPlace): GridAction | null {
  switch (key) {
    case 'a':
    case 'A':
      return shiftKey ? null : { to: 'all' };
    case 'c':
    case 'C':
      return shiftKey ? null : { to: 'copy' };
    case ' ':
      return { to: 'toggle' };
    case 'Home':
      return count === 0 ? null : { to: 'row', index: 0, extend: shiftKey };
    case 'End':
      return count === 0 ? null : { to: 'row', index: count - 1, extend: shiftKey };
    default:
      return null;
  }
}

function toRow(event: GridKey, { index, inHeader, inCell, count, page }: GridPlace): GridAction | null {
  if (inCell && event.key === 'Home') return { to: 'column', by: 'first' };
  if (inCell && event.key === 'End') return { to: 'column', by: 'last' };
  if (inHeader) {
    return event.key === 'ArrowDown' && count > 0 ? { to: 'row', index: Math.max(0, index), extend: false } : null;
  }
  if (event.key === 'ArrowUp' && !event.shiftKey && index === 0) return { to: 'header' };
  const next = nextIndex(event, index, count, page);
  return next === null ? null : { to: 'row', index: next, extend: event.shiftKey };
}
