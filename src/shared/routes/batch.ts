import { z } from 'zod';
import type { SharingBatch } from '../batch-comparison.ts';
import type { Batch, BatchProgress, BatchTokens } from '../batch-data.ts';
import type { AgainPlan, BatchPlan } from '../batch-plan.ts';
import { MAX_ASK_CHARACTERS, recipeSchema } from '../recipe-schema.ts';
import { MAX_CONCURRENCY, MIN_CONCURRENCY } from '../settings-schema.ts';
import { attachmentIds, id, itemId, model, nothing, oneBatch, recipeId } from './inputs.ts';
import { route } from './route.ts';

const LONG_QUESTION = `A question of a batch can have at most ${MAX_ASK_CHARACTERS.toLocaleString('en-US')} characters.`;

/** What is asked of the files of a batch, and whom, when it is run again; an empty model is that of the settings. */
const again = {
  batchId: id,
  recipe: recipeSchema,
  model: z.string().trim().max(200),
  temperature: z.number().min(0).max(2),
};

/** Batches as wholes: how they are made, what they ask, and how they run. */
export const batchRoutes = {
  'batch.list': route(nothing).returns<readonly Batch[]>(),
  /**
   * `grant` stands for dropped files: preload obtains it in exchange for them, so a window never names a path. Without a
   * recipe, the one used last is asked.
   */
  'batch.create': route(z.object({ grant: id, recipeId: recipeId.optional() })).returns<Batch>(),
  /** Asks one question of attached files, which may be too long for a message, as a batch. */
  'batch.ask': route(
    z.object({
      attachmentIds: attachmentIds.min(1),
      question: z.string().trim().min(1, 'Write a question first.').max(MAX_ASK_CHARACTERS, LONG_QUESTION),
      model: model.optional(),
    }),
  ).returns<Batch>(),
  /** Opens the system's file picker; null if the user cancels. */
  'batch.pick': route(z.object({ what: z.enum(['files', 'folder']) })).returns<Batch | null>(),
  'batch.createSample': route(nothing).returns<Batch>(),
  'batch.get': route(oneBatch).returns<BatchProgress>(),
  /** What it would do if it were started. */
  'batch.plan': route(oneBatch).returns<BatchPlan>(),
  /** What `batch.runAgain` would do. */
  'batch.planAgain': route(z.object(again)).returns<AgainPlan>(),
  /** Makes a batch over the files that another one has on record, which is `ready` unless it is to be started. */
  'batch.runAgain': route(z.object({ ...again, start: z.boolean() })).returns<Batch>(),
  /** Starts a `ready` batch, or resumes an `interrupted` or `cancelled` one. Finished files are not run again. */
  'batch.start': route(oneBatch).returns<Batch>(),
  /** Runs a few files of a `ready` batch, which is then ready for the others: those named, or three spread over it. */
  'batch.try': route(
    z.object({ batchId: id, itemIds: z.array(itemId).min(1).max(100_000).optional() }),
  ).returns<Batch>(),
  /** Probes at once the host that a running batch is waiting for. */
  'batch.tryNow': route(oneBatch).returns<null>(),
  'batch.cancel': route(oneBatch).returns<Batch>(),
  'batch.retryFailed': route(oneBatch).returns<Batch>(),
  /**
   * Asks something else from now on. Files with answers that the new recipe does not ask for as they were asked wait to
   * be asked again, in a batch that is `ready`.
   */
  'batch.changeRecipe': route(z.object({ batchId: id, recipe: recipeSchema })).returns<Batch>(),
  'batch.rename': route(
    z.object({ batchId: id, name: z.string().trim().min(1).max(200, 'A name can have at most 200 characters.') }),
  ).returns<Batch>(),
  'batch.remove': route(oneBatch).returns<null>(),
  'batch.setConcurrency': route(
    z.object({ concurrency: z.number().int().min(MIN_CONCURRENCY).max(MAX_CONCURRENCY) }),
  ).returns<number>(),
  /** What all its calls took. */
  'batch.tokens': route(oneBatch).returns<BatchTokens>(),
  /** Other batches with files of a batch. */
  'batch.sharing': route(oneBatch).returns<readonly SharingBatch[]>(),
} as const;
