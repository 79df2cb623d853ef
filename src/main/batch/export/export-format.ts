import type { Batch, ExportFilter, ItemDetail } from '../../../shared/batch-data.ts';
import type { ExportFormat } from '../../../shared/export-format.ts';

/** What is exported, as what. A part says in itself that it is one. */
export interface ExportChoice {
  readonly format: ExportFormat;
  /** Which of its files. */
  readonly only: ExportFilter;
  /** Only these, by id, in this order; `only` is not looked at then. */
  readonly items?: readonly number[] | undefined;
}

/** The files of an export, a page at a time. */
export type Pages = AsyncIterable<readonly ItemDetail[]>;

/** A format: turns a batch and its files into the pieces of a file, never holding more than a page. */
export type WriteFormat<Piece = string | Uint8Array> = (
  batch: Batch,
  choice: ExportChoice,
  pages: Pages,
) => AsyncIterable<Piece>;

/** How many files an export has. */
export function filesIn({ counts }: Batch, { only, items }: ExportChoice): number {
  if (items !== undefined) return items.length;
  return only === 'all' ? counts.total : counts[only];
}

/** What most text formats are made of. */
export interface TextParts {
  readonly head: string;
  readonly item: (item: ItemDetail, first: boolean) => string;
  /** Asked for when all files are written. */
  readonly foot?: () => string;
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
  if (foot !== undefined) yield foot();
}
