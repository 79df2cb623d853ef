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
  /** Cells that show a picture or linked data, in place of which an error is stored. */
  richValues: number;
  hasEquations: boolean;
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
    richValues: 0,
    hasEquations: false,
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
    found.hasEquations && { code: 'equations_as_symbols', params: {} },
    found.richValues > 0 && { code: 'rich_values_not_read', params: { count: found.richValues } },
    found.hasOtherCharts && { code: 'drawings_not_read', params: {} },
    ...notesOnObjects(found.objects),
    found.hasControls && { code: 'controls_not_read', params: {} },
    found.largeImages > 0 && { code: 'large_images_not_read', params: { count: found.largeImages } },
  ];
  return notes.filter((note) => note !== false);
}
