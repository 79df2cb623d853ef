/** What the window knows of its batches. */
import type { Batch, ExportProgress, ItemDetail, LookProgress } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { BatchPace } from './batch-pace.ts';

export type DetailState =
  | { readonly status: 'closed' }
  | { readonly status: 'loading'; readonly itemId: number }
  | { readonly status: 'ready'; readonly itemId: number; readonly item: ItemDetail }
  | { readonly status: 'failed'; readonly itemId: number; readonly problem: Problem };

export type BatchAction =
  | 'create'
  | 'start'
  | 'look'
  | 'try'
  | 'recipe'
  | 'cancel'
  | 'retry'
  | 'skip'
  | 'export'
  | 'remove';

export type BatchNotice =
  | { readonly kind: 'problem'; readonly batchId: string | null; readonly problem: Problem }
  | { readonly kind: 'saved'; readonly batchId: string; readonly path: string };

export interface BatchState {
  /** Newest first; null until they have been read. */
  readonly batches: readonly Batch[] | null;
  readonly problem: Problem | null;
  readonly pace: ReadonlyMap<string, BatchPace>;
  readonly selectedId: string | null;
  readonly detail: DetailState;
  /** Calls that batches may have in flight; null until the settings have been read. */
  readonly concurrency: number | null;
  /** What was asked last of the main process and is not answered yet. */
  readonly doing: BatchAction | null;
  readonly notice: BatchNotice | null;
  /** An export that takes a while. */
  readonly exporting: ExportProgress | null;
  /** A look at a folder that takes a while. */
  readonly looking: LookProgress | null;
}
