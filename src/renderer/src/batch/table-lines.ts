import { createStore } from 'zustand/vanilla';

const storageKey = 'docket.batch.lines';

export const lineChoices = [1, 2, 3] as const;
export type TableLines = (typeof lineChoices)[number];

/** Lines of a row in the tables of batches, kept over restarts. */
export const tableLines = createStore<{ readonly lines: TableLines }>(() => ({ lines: read() }));

export function setTableLines(lines: TableLines): void {
  tableLines.setState({ lines });
  localStorage.setItem(storageKey, String(lines));
}

function read(): TableLines {
  const stored = typeof localStorage === 'undefined' ? 1 : Number(localStorage.getItem(storageKey));
  return lineChoices.find((lines) => lines === stored) ?? 1;
}
