import type { ReadingNote } from '../../../shared/reading-note.ts';
import { notesOnObjects, type ObjectKind } from '../object-kinds.ts';

/** What a workbook holds besides text, or that does not show. */
export interface FoundInSheets {
  readonly hiddenSheets: string[];
  hiddenRows: number;
  hiddenColumns: number;
  formulasWithoutResult: number;
  largeImages: number;
  readonly objects: Set<ObjectKind>;
  hasControls: boolean;
  hasOtherCharts: boolean;
}

export function createFoundInSheets(): FoundInSheets {
  return {
    hiddenSheets: [],
    hiddenRows: 0,
    hiddenColumns: 0,
    formulasWithoutResult: 0,
    largeImages: 0,
    objects: new Set(),
    hasControls: false,
    hasOtherCharts: false,
  };
}

/** Notes on what was read although it is hidden, and on what was not read. */
export function notesOnSheets(found: FoundInSheets): readonly ReadingNote[] {
  const { hiddenSheets: sheets, hiddenRows: rows, hiddenColumns: columns } = found;
  const notes: (ReadingNote | false)[] = [
    sheets.length + rows + columns > 0 && { code: 'hidden_cells_read', params: { sheets, rows, columns } },
    found.formulasWithoutResult > 0 && {
      code: 'formulas_without_result',
      params: { count: found.formulasWithoutResult },
    },
    found.hasOtherCharts && { code: 'drawings_not_read', params: {} },
    ...notesOnObjects(found.objects),
    found.hasControls && { code: 'controls_not_read', params: {} },
    found.largeImages > 0 && { code: 'large_images_not_read', params: { count: found.largeImages } },
  ];
  return notes.filter((note) => note !== false);
}
