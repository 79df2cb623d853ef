import type { Writes } from './operations.ts';
import type { StoreRequest } from './protocol.ts';

/** On the way to the provider, so that nothing leaves without them: a call waits for its intent, a question for its place, a batch for its next files. */
export const FIRST: ReadonlySet<string> = new Set<keyof Writes>([
  'beginCall',
  'releaseCalls',
  'appendMessages',
  'claimItems',
]);
/** Of the others, no more than this is written at a time: what comes first meanwhile waits for so many at most. */
const SLICE = 4;
/** When more than this is waiting, it takes turns with what comes first, so that it does not grow without end. */
const PATIENCE = 256;

/** Decides what the writer commits next. */
export interface WriteQueue {
  add(request: StoreRequest): void;
  readonly size: number;
  /**
   * What is to be written now, or nothing. First what the provider waits for, in one commit; then, a slice at a time
   * and in their order, all others up to the last that somebody waits for: a file's result is never stored without its
   * calls' outcomes.
   */
  takeUrgent(): readonly StoreRequest[];
  /** A slice of those that nobody waits for, the oldest first. */
  takeDeferred(): readonly StoreRequest[];
  takeAll(): readonly StoreRequest[];
}

export function createWriteQueue(): WriteQueue {
  let first: StoreRequest[] = [];
  let others: StoreRequest[] = [];
  /** How many of the others must be written before nobody waits any more. */
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
