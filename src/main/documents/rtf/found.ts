import type { ReadingNote } from '../../../shared/reading-note.ts';
import { notesOnObjects, type ObjectKind } from '../object-kinds.ts';

/** What was met in a document besides its text. */
export interface RtfFound {
  hiddenCharacters: number;
  unknownSigns: number;
  images: number;
  fieldsWithoutResult: number;
  readonly objects: Set<ObjectKind>;
  hasDigitsInstead: boolean;
  readonly holds: Set<'deletions' | 'equations' | 'controls' | 'cut' | 'text behind the end'>;
}

export function createRtfFound(): RtfFound {
  return {
    hiddenCharacters: 0,
    unknownSigns: 0,
    images: 0,
    fieldsWithoutResult: 0,
    objects: new Set(),
    hasDigitsInstead: false,
    holds: new Set(),
  };
}

export function rtfNotes(found: RtfFound): ReadingNote[] {
  const { holds } = found;
  const notes: (ReadingNote | false)[] = [
    holds.has('cut') && { code: 'document_cut', params: {} },
    holds.has('text behind the end') && { code: 'text_behind_end', params: {} },
    holds.has('equations') && { code: 'equations_as_symbols', params: {} },
    holds.has('deletions') && { code: 'deletions_left_out', params: {} },
    ...notesOnObjects(found.objects),
    holds.has('controls') && { code: 'controls_not_read', params: {} },
    found.hiddenCharacters > 0 && { code: 'hidden_text_left_out', params: { characters: found.hiddenCharacters } },
    found.unknownSigns > 0 && { code: 'signs_unknown', params: { count: found.unknownSigns } },
    found.hasDigitsInstead && { code: 'list_numbers_in_digits', params: {} },
    found.fieldsWithoutResult > 0 && { code: 'fields_without_result', params: { count: found.fieldsWithoutResult } },
  ];
  return notes.filter((note) => note !== false);
}
