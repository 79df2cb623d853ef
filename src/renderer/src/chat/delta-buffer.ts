import type { Message, ReplyDelta } from '../../../shared/chat-data.ts';

/** The parts of a reply that grow while it streams. */
export type Growing = Pick<Message, 'content' | 'reasoning' | 'reasoningMs'>;

export const nothingYet: Growing = { content: '', reasoning: '', reasoningMs: null };

/** Appends what is new in the pieces; `rest` are the pieces after a gap. */
export function appendDeltas<Reply extends Growing>(
  known: Reply,
  deltas: readonly ReplyDelta[],
): { readonly reply: Reply; readonly rest: readonly ReplyDelta[] } {
  let reply = known;
  for (const [place, delta] of deltas.entries()) {
    const from = delta.anew ? { ...reply, ...nothingYet } : reply;
    const { content, reasoning } = from;
    if (delta.at > content.length || delta.reasoningAt > reasoning.length) return { reply, rest: deltas.slice(place) };
    // Each piece has its offsets because main's answer may already contain some of them.
    reply = {
      ...from,
      content: content + delta.text.slice(content.length - delta.at),
      reasoning: reasoning + delta.reasoning.slice(reasoning.length - delta.reasoningAt),
      reasoningMs: delta.reasoningMs ?? from.reasoningMs,
    };
  }
  return { reply, rest: [] };
}

interface Options {
  /** Runs the function before the next frame is painted. */
  readonly schedule: (run: () => void) => void;
  /** Receives all pieces since the last frame, by message. Returns those it could not place yet. */
  readonly apply: (deltas: ReadonlyMap<string, readonly ReplyDelta[]>) => readonly ReplyDelta[];
}

/** Collects pieces of replies, so that the window changes once per frame however many arrive. */
export function createDeltaBuffer({ schedule, apply }: Options) {
  let pending = new Map<string, ReplyDelta[]>();
  let scheduled = false;

  function keep(delta: ReplyDelta): void {
    const known = pending.get(delta.messageId);
    if (known === undefined) pending.set(delta.messageId, [delta]);
    else known.push(delta);
  }

  function flush(): void {
    scheduled = false;
    if (pending.size === 0) return;
    const due = pending;
    pending = new Map();
    for (const delta of apply(due)) keep(delta);
  }

  return {
    add(delta: ReplyDelta): void {
      keep(delta);
      if (scheduled) return;
      scheduled = true;
      schedule(flush);
    },
    /** The whole text is known, so pieces of it are no longer needed. */
    drop: (messageId: string) => pending.delete(messageId),
    flush,
  };
}
