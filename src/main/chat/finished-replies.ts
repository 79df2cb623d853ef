import type { Message } from '../../shared/data.ts';
import { problem } from '../../shared/problem.ts';
import { sleep } from '../sleep.ts';
import type { Writes } from '../store/operations.ts';

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
  const waiting = new Map<string, Message>();
  const retries = new Set<Promise<void>>();
  const closing = new AbortController();

  /** The tries between the first and the last fail silently: a log would only fill the disk further. */
  const write = async (message: Message, isTold: boolean): Promise<boolean> => {
    try {
      await parts.write.finishReply(message);
      return true;
    } catch (error) {
      if (isTold) parts.onFailure(error);
      return false;
    }
  };

  /** Until it is stored; once all is closing, one more try is the last. */
  const retry = async (message: Message): Promise<void> => {
    for (let isLast = false; !isLast; ) {
      await sleep(parts.retryAfterMs ?? RETRY_AFTER_MS, closing.signal);
      isLast = closing.signal.aborted;
      if (!(await write(message, isLast))) continue;
      waiting.delete(message.id);
      parts.onStored(message);
      return;
    }
  };

  return {
    store: async (message) => {
      if (await write(message, true)) return message;
      waiting.set(message.id, message);
      const retried = retry(message).finally(() => retries.delete(retried));
      retries.add(retried);
      return notStored(message);
    },
    latest: (messages) =>
      messages.map((message) => {
        const finished = waiting.get(message.id);
        return finished === undefined ? message : notStored(finished);
      }),
    close: async () => {
      closing.abort();
      await Promise.all(retries);
    },
  };
}

/** With all that it says, and why it may be gone at the next start. */
function notStored(message: Message): Message {
  return {
    ...message,
    status: 'failed',
    problem: problem(
      'store_failed',
      'This reply could not be stored. Is the disk full? Docket tries again; until then copy what you need.',
    ),
  };
}
