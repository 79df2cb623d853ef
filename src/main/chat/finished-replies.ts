import type { Message } from '../../shared/chat-data.ts';
import type { Problem } from '../../shared/problem.ts';
import { sleep } from '../common/sleep.ts';
import type { Writes } from '../store/operations.ts';
import { storeProblem } from '../store/store-failure.ts';

const RETRY_AFTER_MS = 2_000;

/** Finished replies, held until they are stored, so that a full disk does not lose one. */
export interface FinishedReplies {
  /** Resolves after the first try with the message to show in the window; retries continue in the background. */
  store(message: Message): Promise<Message>;
  /** The messages, replacing those whose stored version is still unfinished. */
  latest(messages: readonly Message[]): readonly Message[];
  /** Resolves once each is stored or has failed one more time. */
  close(): Promise<void>;
}

export interface FinishedRepliesParts {
  readonly write: Pick<Writes, 'finishReply'>;
  /** Called when a reply reported as not stored has been stored after all. */
  readonly onStored: (message: Message) => void;
  readonly onFailure: (error: unknown) => void;
  /** 2 s by default. */
  readonly retryAfterMs?: number;
}

export function createFinishedReplies(parts: FinishedRepliesParts): FinishedReplies {
  /** The messages as reported to the window. */
  const waiting = new Map<string, Message>();
  const retries = new Set<Promise<void>>();
  const closing = new AbortController();

  /** Retries between the first and the last fail silently: logging would only fill the disk further. */
  const write = async (message: Message, isTold: boolean): Promise<Problem | null> => {
    try {
      await parts.write.finishReply(message);
      return null;
    } catch (error) {
      if (isTold) parts.onFailure(error);
      return storeProblem(error, 'reply');
    }
  };

  /** Retries until stored; once Docket is closing, only one more time. */
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
      // The full reply, and why it may be gone at the next start.
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
