import type { ReadingNote, ReadingNoteCode } from '../../shared/reading-note.ts';

/** What an object of another program is, as far as reading it goes. */
export type ObjectKind = 'file' | 'link' | 'equation';

/** @param program the class of the object, such as `Excel.Sheet.12`. */
export function objectKindOf(program: string, isLink: boolean): ObjectKind {
  if (/^Equation/i.test(program)) return 'equation';
  return isLink ? 'link' : 'file';
}

const codes = {
  file: 'objects_not_read',
  link: 'linked_objects_not_read',
  equation: 'equations_not_read',
} as const satisfies Record<ObjectKind, ReadingNoteCode>;

/** The notes on the kinds of objects that a document has: one of each kind. */
export function notesOnObjects(found: ReadonlySet<ObjectKind>): readonly ReadingNote[] {
  return (['equation', 'file', 'link'] as const)
    .filter((kind) => found.has(kind))
    .map((kind) => ({ code: codes[kind], params: {} }));
}
