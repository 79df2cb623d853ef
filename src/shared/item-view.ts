/** What of a batch's table is shown, and in which order: asked of the store, which alone has all rows. */
import type { Proof } from './answer.ts';
import type { ItemFilter } from './batch-data.ts';

/** A question's column is named by the question's id. */
export type ItemColumn = 'file' | 'status' | 'tokens' | 'time' | `question:${string}`;

/** Why an answer has no value. */
export const answerGaps = ['not_stated', 'empty', 'failed'] as const;
export type AnswerGap = (typeof answerGaps)[number];

/** Whether a person has ticked a file as checked. */
export const fileTicks = ['checked', 'unchecked'] as const;
export type FileTick = (typeof fileTicks)[number];

/** Which values of a column are shown. Of values, range and gaps any is enough; proofs, parts and ticks narrow that down. */
export interface ColumnFilter {
  readonly column: ItemColumn;
  /** As people read them; of a list, its entries. Case, white space and Unicode's normal form make no difference. */
  readonly values?: readonly string[] | undefined;
  /** Both ends included; dates in milliseconds. */
  readonly range?: { readonly from: number; readonly to: number } | undefined;
  readonly gaps?: readonly AnswerGap[] | undefined;
  readonly proofs?: readonly Proof[] | undefined;
  /** Only answers that were made from a part of their document. */
  readonly inPart?: boolean | undefined;
  /** Of the status. */
  readonly ticks?: readonly FileTick[] | undefined;
}

export interface ItemSort {
  readonly column: ItemColumn;
  readonly descending: boolean;
}

export interface ItemView {
  readonly only: ItemFilter;
  /** Words that the name or the values contain. */
  readonly search: string;
  readonly filters: readonly ColumnFilter[];
  readonly sort: ItemSort | null;
}

export const wholeTable: ItemView = { only: 'all', search: '', filters: [], sort: null };

/** Whether it is all of the batch, as it was found. */
export function isWholeTable({ only, search, filters, sort }: ItemView): boolean {
  return only === 'all' && search.trim() === '' && filters.length === 0 && sort === null;
}

/** How often a value stands in a column. */
export interface ValueCount {
  /** As it is written most often. */
  readonly value: string;
  /** However it is written. */
  readonly count: number;
  /** How else it is written. */
  readonly otherSpellings: readonly string[];
}

/** A bar of a histogram; its end belongs to the next, but for the last. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What is in a column, over all rows that the rest of the view shows. */
export interface ColumnFacet {
  readonly rows: number;
  /** The most frequent ones, first. */
  readonly values: readonly ValueCount[];
  /** How many different ones are not among them. */
  readonly moreValues: number;
  /** Of numbers and dates; null for a column without them. */
  readonly histogram: readonly HistogramBar[] | null;
  readonly gaps: Readonly<Record<AnswerGap, number>>;
  readonly proofs: Readonly<Record<Proof, number>>;
  readonly inPart: number;
  /** Of the status; none for other columns. */
  readonly ticks: Readonly<Record<FileTick, number>>;
}
