import type { ReadingNote } from '../../../shared/reading-note.ts';

/** A mail, whatever program stored it. */
export interface Message {
  /** `From: Ana Silva <ana@example.org>`, … */
  readonly headers: readonly string[];
  /** '' if it has none. */
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly AttachedFile[];
  /** The body, or all of it, can only be read with a key. */
  readonly isEncrypted: boolean;
  readonly notes: readonly ReadingNote[];
}

export interface AttachedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** A picture that is shown in the body, such as a logo. */
  readonly isPicture: boolean;
}
