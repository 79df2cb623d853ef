/** A piece of a reply. `at` is the length of the reply before it. */
export interface Delta {
  readonly conversationId: string;
  readonly messageId: string;
  readonly at: number;
  readonly text: string;
}

/** Appends what is new in the pieces; `rest` are the pieces after a gap. */
export function appendDeltas(
  content: string,
  deltas: readonly Delta[],
): { readonly content: string; readonly rest: readonly Delta[] } {
  let text = content;
  for (const [place, delta] of deltas.entries()) {
    if (delta.at > text.length) return { content: text, rest: deltas.slice(place) };
    // Each piece has its offset because main's answer may already contain some of them.
    text += delta.text.slice(text.length - delta.at);
  }
  return { content: text, rest: [] };
}

interface Options {
  /** Runs the function before the next frame is painted. */
  readonly schedule: (run: () => void) => void;
  /** Receives all pieces since the last frame, by message. Returns those it could not place yet. */
  readonly apply: (deltas: ReadonlyMap<string, readonly Delta[]>) => readonly Delta[];
}

/** Collects pieces of replies, so that the window changes once per frame however many arrive. */
export function createDeltaBuffer({ schedule, apply }: Options) {
  let pending = new Map<string, Delta[]>();
  let scheduled = false;

  function keep(delta: Delta): void {
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
    add(delta: Delta): void {
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
