import type { Writes } from '../store/operations.ts';
import type { BegunCall, CallIntent } from './call-record.ts';

/**
 * The queue of recorded calls waiting to be sent. Calls at its head are released: from then on, a crash leaves it
 * unknown whether they were sent. A release is durable before it takes effect, mostly without a commit of its own,
 * because it is written along with the intent of a later call.
 */
export interface Line {
  begin(intent: CallIntent, room: number): Promise<BegunCall>;
  /** Takes a call out to be sent. Resolves once it is durable that it may have been. Rejects with StoreError. */
  leave(callId: number): Promise<void>;
  /** Takes out a call that will not be sent. */
  drop(callId: number): void;
}

interface Waiting {
  /** Null until its intent is durable. */
  callId: number | null;
  /** Resolves once its release is durable; null until someone asks for it. */
  released: Promise<unknown> | null;
}

export function createLine(write: Pick<Writes, 'beginCall' | 'releaseCalls'>): Line {
  const line: Waiting[] = [];

  const take = (is: (waiting: Waiting) => boolean): Waiting | undefined => {
    const at = line.findIndex(is);
    return at < 0 ? undefined : line.splice(at, 1)[0];
  };

  return {
    begin: async (intent, room) => {
      const own: Waiting = { callId: null, released: null };
      line.push(own);
      const head = line.slice(0, room).filter(({ released }) => released === null);
      const due = head.filter((waiting) => waiting === own || waiting.callId !== null);
      const release = due.flatMap(({ callId }) => callId ?? []);
      const begun = write.beginCall(intent, { released: due.includes(own), release });
      for (const waiting of due) waiting.released = begun;
      try {
        const result = await begun;
        if ('callId' in result) own.callId = result.callId;
        else take((waiting) => waiting === own);
        return result;
      } catch (error) {
        take((waiting) => waiting === own);
        for (const waiting of due) waiting.released = null;
        throw error;
      }
    },
    leave: async (callId) => {
      const own = take((waiting) => waiting.callId === callId);
      if (own === undefined) return;
      const isReleased = await own.released?.then(
        () => true,
        () => false,
      );
      if (!isReleased) await write.releaseCalls([callId]);
    },
    drop: (callId) => void take((waiting) => waiting.callId === callId),
  };
}
