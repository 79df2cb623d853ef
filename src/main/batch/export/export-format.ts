import type { Batch, ExportFormat, ItemDetail, ItemFilter } from '../../../shared/batch-data.ts';

export interface ExportChoice {
  readonly format: ExportFormat;
  /** Which of its files. A part says in itself that it is one. */
  readonly only: ItemFilter;
}

/** The files of an export, a page at a time. */
export type Pages = AsyncIterable<readonly ItemDetail[]>;

/** A format: turns a batch and its files into the pieces of a file, never holding more than a page. */
export type WriteFormat = (batch: Batch, choice: ExportChoice, pages: Pages) => AsyncIterable<string>;

/** How many files an export has. */
export function filesIn({ counts }: Batch, { only }: ExportChoice): number {
  return only === 'all' ? counts.total : counts[only];
}

/** What most text formats are made of. */
export interface TextParts {
  readonly head: string;
  readonly item: (item: ItemDetail, first: boolean) => string;
  readonly foot: string;
}

/** Writes a text format: a piece for the head, one for each file and one for the foot. */
export async function* writeText({ head, item, foot }: TextParts, pages: Pages): AsyncGenerator<string> {
  yield head;
  let first = true;
  for await (const page of pages) {
    for (const file of page) {
      yield item(file, first);
      first = false;
    }
  }
  yield foot;
}
