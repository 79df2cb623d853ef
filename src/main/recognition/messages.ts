import type { PageLoss } from '../../shared/problem.ts';
import type { FromPooled, ToPooled } from '../common/process-pool.ts';
import type { Located } from '../documents/containers/location.ts';
import type { ImageFormat } from '../documents/images/image-pages.ts';
import type { PlacedWords } from '../pages/placed-words.ts';

/** Where the data of a language is. */
export interface LanguageData {
  /** As Tesseract names it: `eng`, `deu`, `chi_sim`. */
  readonly code: string;
  /** A file `*.traineddata`, or the same with `.gz`. */
  readonly path: string;
}

/** What is drawn or decoded: the pages of a PDF, the images of a file, or pictures in a package or in a file itself. */
export type Recognisable = { readonly format: ImageFormat | 'pdf' } | PictureParts;

/** Pictures in the parts of a package by their paths, or in a mail or page by the SHA-256 of their bytes. */
export interface PictureParts {
  readonly format: 'package' | 'file';
  readonly parts: readonly string[];
}

/** The pages of one file that are to be recognised, or its pictures. */
export type RecognitionJob = Recognisable &
  Located & {
    /** Of the bytes that were found to need recognition: if they have changed, nothing is recognised. */
    readonly sha256: string;
    /** Counted from 1. */
    readonly pages: readonly number[];
    readonly languages: readonly LanguageData[];
  };

/** A page as it was recognised. */
export interface RecognisedPage {
  readonly number: number;
  readonly text: string;
  /** Mean confidence of its words, 0 to 100; null if it has none. */
  readonly confidence: number | null;
  /** Absent where earlier versions recognised it. */
  readonly words?: PlacedWords | undefined;
  /** How much of what looks like letters is in none of the words, from 0 to 1; null or absent if the picture is full of specks. */
  readonly missed?: number | null | undefined;
}

export interface LostPage {
  readonly number: number;
  readonly lost: PageLoss;
}

/** What became of a page. */
export type PageOutcome = RecognisedPage | LostPage;

export function isLost(page: PageOutcome): page is LostPage {
  return 'lost' in page;
}

export type ToRecognition = ToPooled<RecognitionJob>;

export type FromRecognition = FromPooled<PageOutcome, null>;

/** From the thread in that process. */
export type FromThread =
  /** A page is begun, with work that counts from now on. */
  { readonly type: 'begun'; readonly number: number } | Exclude<FromRecognition, { readonly type: 'alive' }>;
