/** Does what is asked of one batch in the order in which it was asked, one thing at a time. */
export interface Sequencer {
  run<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when what has been asked so far is done: of one batch, or of all. */
  done(id?: string): Promise<void>;
}

export function createSequencer(): Sequencer {
  const last = new Map<string, Promise<void>>();

  return {
    run: (id, work) => {
      const result = (last.get(id) ?? Promise.resolve()).then(work);
      const over = result.then(
        () => {},
        () => {},
      );
      last.set(id, over);
      void over.then(() => {
        if (last.get(id) === over) last.delete(id);
      });
      return result;
    },
    done: async (id) => {
      await (id === undefined ? Promise.all(last.values()) : last.get(id));
    },
  };
}
