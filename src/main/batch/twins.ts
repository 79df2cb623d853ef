/** Files of one batch with the same content: one is asked about at a time, so that the others can use its answers. */
export interface Twins {
  /** For one file, while it is being worked on. */
  join(): Twin;
}

export interface Twin {
  /** Resolves when no other file with this content is being worked on, or the signal says not to wait for that. */
  enter(sha256: string, signal: AbortSignal): Promise<void>;
  /** Lets the next one go on; to be called when the outcome is stored, whatever it is. */
  leave(): void;
}

export function createTwins(): Twins {
  const last = new Map<string, Promise<void>>();
  return {
    join: () => {
      let leave = () => {};
      return {
        enter: async (sha256, signal) => {
          const before = last.get(sha256) ?? Promise.resolve();
          const left = new Promise<void>((resolve) => {
            // Whoever does not wait for those before leaves them before the next one.
            leave = () => resolve(before);
          });
          last.set(sha256, left);
          void left.then(() => last.get(sha256) === left && last.delete(sha256));
          await Promise.race([before, aborted(signal)]);
        },
        leave: () => leave(),
      };
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
