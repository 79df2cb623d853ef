/** What a model said to a question about a file, and how it was read. */
import type { Place, PlaceUnit } from './places.ts';
import type { Problem } from './problem.ts';

/** A reply as a value. Dates are ISO 8601, in the precision that was stated ("2026", "2026-03", "2026-03-31"). */
export type AnswerValue =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'number'; readonly number: number; readonly unit: string | null }
  | { readonly type: 'date'; readonly from: string; readonly to: string | null }
  | { readonly type: 'yes_no'; readonly yes: boolean }
  /** The model says that the document does not state it, which is different from an empty reply and from a failure. */
  | { readonly type: 'not_stated' };

/** What a person put in place of a model's value. */
export interface Correction {
  readonly value: AnswerValue;
  /** The model's value that it replaced; null if there was none. It holds as long as the answer still has that. */
  readonly of: AnswerValue | null;
}

export type AnswerStatus = 'done' | 'failed';

/** A quotation that the model gave as proof. */
export interface Evidence {
  readonly quote: string;
  /** Where it was found in the document's text; null if it is not there. */
  readonly place: EvidencePlace | null;
}

/** Offsets are in UTF-16 code units of the document's stored text; page and line are counted from 1. */
export interface EvidencePlace {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly page: number | null;
  /** The sheet, slide, chapter or message it is in, in a document that has such and no pages. */
  readonly place?: Place | undefined;
}

/** `found`: every quotation is in the document. `not_found`: at least one is not. `none`: proof was asked for, none given. */
export type Proof = 'found' | 'not_found' | 'none';

/** How much of the document an answer was made from. */
export interface Coverage {
  /** Parts that the document was sent in. */
  readonly parts: number;
  /** Parts that were answered. */
  readonly partsRead: number;
  readonly characters: number;
  /** Of its pages, sheets, slides, chapters or messages; null if it has none. */
  readonly pages: number | null;
  /** What they are; `page` if it is not given. */
  readonly unit?: PlaceUnit | undefined;
  /** Its pages were sent as pictures: in place of the text, or with it. */
  readonly seen?: 'alone' | 'with_text' | undefined;
}

/** One file × one question. */
export interface Answer {
  /** Id of the question. */
  readonly question: string;
  readonly status: AnswerStatus;
  /** Null if it failed or the reply holds no such value; `note` then says why. */
  readonly value: AnswerValue | null;
  /** The reply, verbatim; null if there was none. */
  readonly raw: string | null;
  /** Why there is no value although the call succeeded, or how it differs from `raw`. */
  readonly note: string | null;
  readonly problem: Problem | null;
  readonly proof: Proof | null;
  readonly evidence: readonly Evidence[];
  readonly coverage: Coverage | null;
  /** History rows of the calls it was made from. */
  readonly callIds: readonly number[];
  readonly corrected?: Correction | undefined;
}

/** An answer as the table shows it, without long texts. */
export interface AnswerCell {
  readonly question: string;
  readonly status: AnswerStatus;
  /** The model's. What is shown is `shownValue` (`answer-words.ts`). */
  readonly value: AnswerValue | null;
  readonly proof: Proof | null;
  readonly corrected?: Correction | undefined;
}
