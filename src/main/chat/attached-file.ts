/** An attached file as it is stored. */
import type { Inside } from '../../shared/inside.ts';
import type { StoredText } from '../../shared/kept-file.ts';

/** What was read of a file, and where that was. */
export interface AttachedFile extends Pick<StoredText, 'text' | 'places'> {
  /** On disk: its own, or that of the container it lies in. */
  readonly path: string;
  readonly inside: Inside;
}

/** Where a file was when it was attached. */
export interface AttachedPlace {
  /** Null if that is not known, as of files attached by earlier versions. */
  readonly path: string | null;
  readonly inside: Inside;
  readonly format: string;
  readonly sha256: string;
  /** Whether it is known where its pages begin in its text. */
  readonly arePlacesKept: boolean;
}
