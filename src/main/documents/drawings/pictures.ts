import { extname } from 'node:path';
import type { ReadingNote } from '../../../shared/reading-note.ts';

/**
 * Pictures in a document that may hold words. Their readers write a mark where one stands; when the text is ready, a
 * word that a person understands takes its place.
 */

/**
 * What the marks in a text stand for: parts of the package by their paths, or pictures that lie in the file itself by
 * the SHA-256 of their bytes.
 */
export type Pictured = 'package' | ReadonlyMap<string, Buffer>;

/** A picture that is to be recognised. */
export interface Picture {
  /** The path of its part in the package, or the SHA-256 of its bytes. */
  readonly part: string;
  /** Where its words belong, as an offset in the text: right behind its `[Picture]`. */
  readonly at: number;
}

/** What stands in the text for a picture. */
export const PICTURE = '[Picture]';

/** A control character, which no XML document can hold. */
const EDGE = '\u0011';
const mark = new RegExp(`${EDGE}([^${EDGE}]*)${EDGE}`, 'g');

/** Names of the kinds that text recognition decodes; not metafiles and drawings. */
const decodable = new Set(
  '.png .jpg .jpeg .jpe .jfif .tif .tiff .webp .gif .bmp .dib .heic .heif .hif .avif'.split(' '),
);

/** The mark of the picture in this part; '' if it is of a kind that is not read, or in no part. */
export function pictureMark(part: string): string {
  return decodable.has(extname(part).toLowerCase()) ? markOf(part) : '';
}

/** The mark of the picture that is known by this. */
export function markOf(key: string): string {
  return `${EDGE}${key}${EDGE}`;
}

/** A text in which nothing looks like the edge of a mark: of formats that may hold any character. */
export function withoutEdges(text: string): string {
  return text.includes(EDGE) ? text.replaceAll(EDGE, '') : text;
}

/** Whether a text has words besides the marks of its pictures. */
export function hasWords(marked: string): boolean {
  return withoutMarks(marked).trim() !== '';
}

/** A text without the marks of its pictures. */
export function withoutMarks(marked: string): string {
  return marked.replace(mark, '');
}

/** The marks in a text. */
export function marksIn(marked: string): readonly string[] {
  return marked.match(mark) ?? [];
}

/**
 * The text with a word for each mark, and its pictures, each where it is met first; `starts` as they are then.
 * @param pictured what the marks stand for; without it, and for anything else, what looks like one is text.
 */
export function partPictures(
  marked: string,
  pictured: Pictured | undefined,
  starts: readonly number[] = [],
): { readonly text: string; readonly pictures: readonly Picture[]; readonly starts: readonly number[] } {
  if (pictured === undefined) return { text: marked, pictures: [], starts };
  const pictures = new Map<string, Picture>();
  const shifts: { readonly from: number; readonly by: number }[] = [];
  let by = 0;
  const text = marked.replace(mark, (whole: string, part: string, from: number) => {
    if (pictured !== 'package' && !pictured.has(part)) return whole;
    const at = from + by + PICTURE.length;
    if (!pictures.has(part)) pictures.set(part, { part, at });
    by += PICTURE.length - whole.length;
    shifts.push({ from, by });
    return PICTURE;
  });
  return { text, pictures: [...pictures.values()], starts: shifted(starts, shifts) };
}

/** The notes with this many more pictures that were not read. */
export function withPicturesNotRead(notes: readonly ReadingNote[], more: number): readonly ReadingNote[] {
  if (more === 0) return notes;
  const before = notes.find((note) => note.code === 'large_images_not_read')?.params.count ?? 0;
  const others = notes.filter(({ code }) => code !== 'large_images_not_read');
  return [...others, { code: 'large_images_not_read', params: { count: before + more } }];
}

/** Offsets in order, each moved as the last shift before it says. */
export function shifted(
  offsets: readonly number[],
  shifts: readonly { readonly from: number; readonly by: number }[],
): readonly number[] {
  let next = 0;
  let by = 0;
  return offsets.map((offset) => {
    for (let shift = shifts[next]; shift !== undefined && shift.from < offset; shift = shifts[next]) {
      by = shift.by;
      next += 1;
    }
    return offset + by;
  });
}
