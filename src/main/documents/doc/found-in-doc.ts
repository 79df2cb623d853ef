import type { ReadingNote } from '../../../shared/reading-note.ts';
import { createEmbeddedPictures, type EmbeddedPictures } from '../drawings/embedded-pictures.ts';
import { withPicturesNotRead } from '../drawings/pictures.ts';
import { notesOnObjects, type ObjectKind } from '../object-kinds.ts';

/** What was met in a document besides its text. */
export interface FoundInDoc {
  readonly objects: Set<ObjectKind>;
  readonly holds: Set<'deletions'>;
  hiddenCharacters: number;
  unknownSigns: number;
  fieldsWithoutResult: number;
  readonly pictures: EmbeddedPictures;
  /** Marks of pictures, by where they are. */
  readonly marks: Map<string, string>;
  /** Pictures that share their bytes would make a small file large. */
  pictureBytesLeft: number;
  images: number;
  largeImages: number;
}

/** Twice as many as a file may have. */
const MOST_PICTURE_BYTES = 100_000_000;

export function createFoundInDoc(): FoundInDoc {
  return {
    objects: new Set(),
    holds: new Set(),
    hiddenCharacters: 0,
    unknownSigns: 0,
    fieldsWithoutResult: 0,
    pictures: createEmbeddedPictures(),
    marks: new Map(),
    pictureBytesLeft: MOST_PICTURE_BYTES,
    images: 0,
    largeImages: 0,
  };
}

export function notesOnDoc(found: FoundInDoc): readonly ReadingNote[] {
  const notes: (ReadingNote | false)[] = [
    found.holds.has('deletions') && { code: 'deletions_left_out', params: {} },
    ...notesOnObjects(found.objects),
    found.hiddenCharacters > 0 && { code: 'hidden_text_left_out', params: { characters: found.hiddenCharacters } },
    found.unknownSigns > 0 && { code: 'signs_unknown', params: { count: found.unknownSigns } },
    found.fieldsWithoutResult > 0 && { code: 'fields_without_result', params: { count: found.fieldsWithoutResult } },
  ];
  const told = notes.filter((note) => note !== false);
  return withPicturesNotRead(told, found.largeImages + found.pictures.notRead());
}
