import type { StoreRequest } from './protocol.ts';

/** A call waits with its request until its intent is durable: little other work may stand before it. */
const INTENT = 'beginCall';
/** Of what nobody waits for, no more than this is kept. */
const MAX_DEFERRED = 512;
/** And no more than this is written at a time: a sync to the disk costs as much as some of them, not as much as all. */
const DEFERRED_GROUP = 16;

/** Decides what the writer commits next. */
export interface WriteQueue {
  add(request: StoreRequest): void;
  readonly size: number;
  /**
   * What somebody waits for. Intents share their commit with a few of the outcomes that are waiting, and do not wait
   * for many of them to be indexed; anything else comes with all that was asked for before it, so that a file's
   * result is never stored without its calls' outcomes.
   */
  takeUrgent(): readonly StoreRequest[];
  /** A few of those that nobody waits for, the oldest first. */
  takeDeferred(): readonly StoreRequest[];
  takeAll(): readonly StoreRequest[];
}

export function createWriteQueue(): WriteQueue {
  let intents: StoreRequest[] = [];
  let others: StoreRequest[] = [];
  let othersAreUrgent = false;

  const takeAll = () => {
    const group = [...others, ...intents];
    others = [];
    intents = [];
    othersAreUrgent = false;
    return group;
  };

  return {
    add: (request) => {
      if (request.operation === INTENT) intents.push(request);
      else others.push(request);
      othersAreUrgent ||= request.urgent && request.operation !== INTENT;
    },
    get size() {
      return intents.length + others.length;
    },
    takeUrgent: () => {
      if (othersAreUrgent || others.length >= MAX_DEFERRED) return takeAll();
      if (intents.length === 0) return [];
      const group = [...others.splice(0, DEFERRED_GROUP), ...intents];
      intents = [];
      return group;
    },
    takeDeferred: () => others.splice(0, DEFERRED_GROUP),
    takeAll,
  };
}
