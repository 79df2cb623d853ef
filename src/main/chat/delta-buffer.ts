import type { ReplyDelta } from '../../shared/chat-data.ts';
import type { ReplyTexts } from './reply-texts.ts';

/** Slightly more than a frame; deltas that arrive faster are sent together. */
const FLUSH_MS = 25;

/** Collects the pieces of a reply and passes them on at most once per frame. */
export interface DeltaBuffer {
  appendAnswer(text: string): void;
  appendReasoning(text: string): void;
  /** Drops everything received, and starts again from `reasoning`. */
  startOver(reasoning: string): void;
  /** Everything received so far. */
  texts(): ReplyTexts;
  /** Whether anything arrived since the last call. */
  changed(): boolean;
  flush(): void;
}

export type BufferedDelta = Pick<ReplyDelta, 'anew' | 'reasoningAt' | 'reasoning' | 'at' | 'text'>;

export function createDeltaBuffer(send: (delta: BufferedDelta) => void): DeltaBuffer {
  let [content, reasoning] = ['', ''];
  /** How much of each was passed on. */
  let sent = { anew: false, content: 0, reasoning: 0 };
  let isChecked = true;
  let timer: NodeJS.Timeout | null = null;

  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { anew, content: at, reasoning: reasoningAt } = sent;
    if (!anew && at === content.length && reasoningAt === reasoning.length) return;
    sent = { anew: false, content: content.length, reasoning: reasoning.length };
    send({ anew, reasoningAt, reasoning: reasoning.slice(reasoningAt), at, text: content.slice(at) });
  };

  const changed = () => {
    isChecked = false;
    timer ??= setTimeout(flush, FLUSH_MS);
  };

  return {
    appendAnswer: (piece) => {
      content += piece;
      changed();
    },
    appendReasoning: (piece) => {
      reasoning += piece;
      changed();
    },
    startOver: (all) => {
      [content, reasoning] = ['', all];
      sent = { anew: true, content: 0, reasoning: 0 };
      changed();
    },
    texts: () => ({ content, reasoning }),
    changed: () => {
      const isNew = !isChecked;
      isChecked = true;
      return isNew;
    },
    flush,
  };
}
