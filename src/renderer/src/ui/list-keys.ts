interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The row that a key leads to from `active` (-1: none chosen yet); null if it is not a list key. */
export function nextIndex(event: KeyPress, active: number, count: number, page: number): number | null {
  if (count === 0 || event.altKey || event.ctrlKey || event.metaKey) return null;
  const last = count - 1;
  switch (event.key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return active < 0 ? last : Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, active) + page);
    case 'PageUp':
      return Math.max(0, active - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
