/** What is asked of one batch is done in the order in which it was asked, one thing at a time. */
export interface Turns {
  take<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when what has been asked so far is done: of one batch, or of all. */
  done(id?: string): Promise<void>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();

  return {
    take: (id, work) => {
      const turn = (last.get(id) ?? Promise.resolve()).then(work);
      const over = turn.then(
        () => {},
        () => {},
      );
      last.set(id, over);
      void over.then(() => {
        if (last.get(id) === over) last.delete(id);
      });
      return turn;
    },
    done: async (id) => {
      await (id === undefined ? Promise.all(last.values()) : last.get(id));
    },
  };
}
