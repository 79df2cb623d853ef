/** Files whose text is kept, so that it can be looked at beside the pages. */
import type { Places } from './places.ts';
import type { Problem } from './problem.ts';

/** A file whose text is kept: of a batch, or attached to a message. */
export type KeptFile = { readonly itemId: number } | { readonly attachmentId: string };

/** The same for the same file, and for no other. */
export function keyOfFile(file: KeptFile): string {
  return 'itemId' in file ? `item ${file.itemId}` : `attachment ${file.attachmentId}`;
}

/** What was read of a file, which is all that a model was told of it. */
export interface StoredText {
  readonly text: string;
  readonly format: string | null;
  /** Its pages, sheets or the like; null if it has none, or if they were not kept. */
  readonly places: Places | null;
}

export interface KeptText extends StoredText {
  /** Why no page of it can be shown, although files of its format have pages; null if that is not so. */
  readonly noPages: Problem | null;
}
