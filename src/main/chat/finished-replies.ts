import type { Message } from '../../shared/data.ts';
import type { Problem } from '../../shared/problem.ts';
import { sleep } from '../sleep.ts';
import type { Writes } from '../store/operations.ts';
import { storeProblem } from '../store/store-failure.ts';

const RETRY_AFTER_MS = 2_000;

/** Replies that came to their end, kept here until the store has them: a full disk is no reason to lose one. */
export interface FinishedReplies {
  /** Resolves after the first try with what a window is told; further tries follow by themselves. */
  store(message: Message): Promise<Message>;
  /** The messages, with those that the store still has as they were before their end. */
  latest(messages: readonly Message[]): readonly Message[];
  /** Resolves when each is stored, or has failed once more. */
  close(): Promise<void>;
}

export interface FinishedRepliesParts {
  readonly write: Pick<Writes, 'finishReply'>;
  /** One that a window was told is not stored has been stored. */
  readonly onStored: (message: Message) => void;
  readonly onFailure: (error: unknown) => void;
  /** 2 s by default. */
  readonly retryAfterMs?: number;
}

export function createFinishedReplies(parts: FinishedRepliesParts): FinishedReplies {
  /** As a window is told of them. */
  const waiting = new Map<string, Message>();
  const retries = new Set<Promise<void>>();
  const closing = new AbortController();

  /** The tries between the first and the last fail silently: a log would only fill the disk further. */
  const write = async (message: Message, isTold: boolean): Promise<Problem | null> => {
    try {
      await parts.write.finishReply(message);
      return null;
    } catch (error) {
      if (isTold) parts.onFailure(error);
      return storeProblem(error, 'reply');
    }
  };

  /** Until it is stored; once all is closing, one more try is the last. */
  const retry = async (message: Message): Promise<void> => {
    for (let isLast = false; !isLast; ) {
      await sleep(parts.retryAfterMs ?? RETRY_AFTER_MS, closing.signal);
      isLast = closing.signal.aborted;
      if ((await write(message, isLast)) !== null) continue;
      waiting.delete(message.id);
      parts.onStored(message);
      return;
    }
  };

  return {
    store: async (message) => {
      const problem = await write(message, true);
      if (problem === null) return message;
      // With all that it says, and why it may be gone at the next start.
      const told: Message = { ...message, status: 'failed', problem };
      waiting.set(message.id, told);
      const retried = retry(message).finally(() => retries.delete(retried));
      retries.add(retried);
      return told;
    },
    latest: (messages) => messages.map((message) => waiting.get(message.id) ?? message),
    close: async () => {
      closing.abort();
      await Promise.all(retries);
    },
  };
}
