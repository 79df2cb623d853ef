import type { Places } from '../../shared/places.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import type { Result } from '../../shared/result.ts';
import type { Pictured } from './drawings/pictures.ts';
import type { DocumentFormat } from './format.ts';

/** What was read from the bytes of a document. */
export interface Content {
  readonly text: string;
  readonly format: DocumentFormat;
  /** Character encoding the bytes were decoded from; `null` for formats that define their own. */
  readonly encoding: string | null;
  /** Its pages, sheets or the like; `null` for formats without any. */
  readonly places: Places | null;
  /** Pages of which only pictures are there, counted from 1, and whose words are to be recognised; all of them if there is no text. */
  readonly unread?: readonly number[];
  /** What the marks of pictures in the text stand for; absent without any. */
  readonly pictured?: Pictured | undefined;
  /** There are no words in the text besides headings: all there may be are in pictures. */
  readonly isWordless?: boolean;
  /** What the user should know about the reading, such as pages with only an image or broken letters. */
  readonly notes: readonly ReadingNote[];
}

/** Reads a document that lies inside another one, such as an attachment. Its name only helps where the content does not decide. */
export type ReadInner = (bytes: Buffer, name: string) => Promise<Result<Content, Problem>>;
