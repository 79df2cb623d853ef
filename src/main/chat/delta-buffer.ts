/** Slightly more than a frame; deltas that arrive faster are sent together. */
const FLUSH_MS = 25;

/** Collects the pieces of a reply and passes them on at most once per frame. */
export interface DeltaBuffer {
  readonly append: (text: string) => void;
  /** Everything received so far. */
  text(): string;
  /** Whether anything arrived since the last call. */
  changed(): boolean;
  flush(): void;
}

export function createDeltaBuffer(send: (at: number, text: string) => void): DeltaBuffer {
  let text = '';
  let sent = 0;
  let checked = 0;
  let timer: NodeJS.Timeout | null = null;

  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (sent === text.length) return;
    const at = sent;
    sent = text.length;
    send(at, text.slice(at));
  };

  return {
    append: (piece) => {
      text += piece;
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    text: () => text,
    changed: () => {
      const changed = checked !== text.length;
      checked = text.length;
      return changed;
    },
    flush,
  };
}
