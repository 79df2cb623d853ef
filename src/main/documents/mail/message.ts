import type { ReadingNote } from '../../../shared/reading-note.ts';
import type { EmbeddedPictures } from '../drawings/embedded-pictures.ts';

/** A mail, whatever program stored it. */
export interface Message {
  /** `From: Ana Silva <ana@example.org>`, … */
  readonly headers: readonly string[];
  /** '' if it has none. */
  readonly subject: string;
  /** With the marks of its pictures. */
  readonly body: string;
  readonly pictures: EmbeddedPictures;
  readonly attachments: readonly AttachedFile[];
  /** The body, or all of it, can only be read with a key. */
  readonly isEncrypted: boolean;
  /** It, or a part of it, is signed. */
  readonly isSigned: boolean;
  readonly notes: readonly ReadingNote[];
}

/** What is attached, which the body does not show. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** The mail says that there is such a file, and does not hold it: what it holds is no file. */
  readonly isElsewhere: boolean;
}
