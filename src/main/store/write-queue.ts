import type { Writes } from './operations.ts';
import type { StoreRequest } from './protocol.ts';

/**
 * Operations on the path to the provider: a call waits for its intent, a question for its row, a batch for its next
 * files.
 */
export const FIRST: ReadonlySet<string> = new Set<keyof Writes>([
  'beginCall',
  'releaseCalls',
  'appendMessages',
  'claimItems',
]);
/** The most other writes committed at a time, which bounds how long the first ones wait. */
const SLICE = 4;
/** With more than this waiting, the others take turns with the first ones, so that the queue stays bounded. */
const PATIENCE = 256;

/** Decides what the writer commits next. */
export interface WriteQueue {
  add(request: StoreRequest): void;
  readonly size: number;
  /**
   * What to write now, if anything. First the operations on the path to the provider, in one commit; then the others, a
   * slice at a time and in order, up to the last one that a caller waits for. So a file's result is never stored
   * without its calls' outcomes.
   */
  takeUrgent(): readonly StoreRequest[];
  /** A slice of the deferred writes, oldest first. */
  takeDeferred(): readonly StoreRequest[];
  takeAll(): readonly StoreRequest[];
}

export function createWriteQueue(): WriteQueue {
  let first: StoreRequest[] = [];
  let others: StoreRequest[] = [];
  /** How many of the others must be written until no caller is waiting. */
  let awaited = 0;
  let othersTurn = false;

  const takeSlice = () => {
    const slice = others.splice(0, SLICE);
    awaited = Math.max(0, awaited - slice.length);
    return slice;
  };

  return {
    add: (request) => {
      if (FIRST.has(request.operation)) {
        first.push(request);
        return;
      }
      others.push(request);
      if (request.urgent) awaited = others.length;
    },
    get size() {
      return first.length + others.length;
    },
    takeUrgent: () => {
      const othersPress = awaited > 0 || others.length > PATIENCE;
      if (othersPress && (othersTurn || first.length === 0)) {
        othersTurn = false;
        return takeSlice();
      }
      othersTurn = true;
      const group = first;
      first = [];
      return group;
    },
    takeDeferred: takeSlice,
    takeAll: () => {
      const all = [...first, ...others];
      first = [];
      others = [];
      awaited = 0;
      return all;
    },
  };
}
