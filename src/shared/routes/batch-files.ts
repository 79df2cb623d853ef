import { z } from 'zod';
import { type Batch, type ItemDetail, type ItemRow, itemFilters } from '../batch-data.ts';
import type { PickedFile } from '../chat-data.ts';
import { answerGaps, type ColumnFacet, fileTicks, type ItemColumn } from '../item-view.ts';
import { id, itemId, oneBatch, oneFile, searched } from './inputs.ts';
import { route } from './route.ts';

const someFiles = z.object({ batchId: id, itemIds: z.array(itemId).min(1) });

const itemColumn = z.custom<ItemColumn>(
  (value) => typeof value === 'string' && /^(?:file|status|tokens|time|question:.{1,200})$/su.test(value),
);
const columnFilter = z.object({
  column: itemColumn,
  values: z.array(z.string().max(10_000)).max(1_000).optional(),
  range: z.object({ from: z.number(), to: z.number() }).optional(),
  gaps: z.array(z.enum(answerGaps)).optional(),
  proofs: z.array(z.enum(['found', 'not_found', 'none'])).optional(),
  inPart: z.boolean().optional(),
  ticks: z.array(z.enum(fileTicks)).optional(),
});
const itemView = {
  batchId: id,
  only: z.enum(itemFilters).default('all'),
  search: searched.default(''),
  filters: z.array(columnFilter).max(100).default([]),
  sort: z.object({ column: itemColumn, descending: z.boolean() }).nullable().default(null),
  /** Of the window, whose alphabet the rows are sorted by. */
  locale: z.string().max(100).default('en'),
};

/** The files of a batch: its table, and what can be done with some of them. */
export const batchFileRoutes = {
  /** The ids of a batch's rows as the table shows them, in order. The window reads rows by their ids as they come into sight. */
  'batch.view': route(z.object(itemView)).returns<Int32Array>(),
  /** What is in a column, over the rows that the view shows without the column's own filter. */
  'batch.facet': route(z.object({ ...itemView, column: itemColumn })).returns<ColumnFacet>(),
  'batch.rows': route(z.object({ itemIds: z.array(itemId).max(500) })).returns<readonly ItemRow[]>(),
  'batch.item': route(oneFile).returns<ItemDetail>(),
  /** Puts a value in place of a model's, written as text, a list with one item a line; null goes back to the model's. */
  'batch.correct': route(
    z.object({
      itemId,
      question: z.string().max(200),
      text: z.string().max(10_000, 'A value can have at most 10,000 characters.').nullable(),
    }),
  ).returns<ItemRow>(),
  /** Ticks files whose answers were checked, or takes the ticks away. Tells the changed rows, and how many are ticked. */
  'batch.check': route(z.object({ batchId: id, itemIds: z.array(itemId).max(100_000), checked: z.boolean() })).returns<{
    readonly rows: readonly ItemRow[];
    readonly checked: number;
  }>(),
  /** Runs some of its files again: those that failed or were cancelled. */
  'batch.retryItems': route(someFiles).returns<Batch>(),
  /** The files that can be read without their damaged pages. */
  'batch.damagedInPart': route(oneBatch).returns<readonly number[]>(),
  /** Reads those of the files that have damaged pages without these. */
  'batch.readWithoutPages': route(someFiles).returns<Batch>(),
  /** Takes files out of the queue, also while the batch runs. */
  'batch.skipItems': route(someFiles).returns<Batch>(),
  /** Takes files out of a batch, also while it runs. Nothing is deleted. Tells which were in it. */
  'batch.removeItems': route(someFiles).returns<readonly number[]>(),
  /** Puts files that were removed back as they were. Tells which. */
  'batch.restoreItems': route(someFiles).returns<readonly number[]>(),
  /** A file of a batch, to be attached to a message. */
  'batch.offerItem': route(oneFile).returns<PickedFile>(),
  /** Has a file's own program open it, if it is a document or a picture. */
  'batch.openItem': route(oneFile).returns<null>(),
  'batch.revealItem': route(oneFile).returns<null>(),
} as const;
