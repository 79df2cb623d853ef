import { setMaxListeners } from 'node:events';

/** The files that a run works on, each of which can be given up by itself. */
export interface WorkInHand {
  /** Files that are being worked on. */
  count(): number;
  /** Begins with a file; `end` is to be called when its outcome is stored. */
  begin(itemId: number): { readonly signal: AbortSignal; readonly end: () => void };
  /** Gives up some files; resolves when none of them is being worked on. */
  giveUp(itemIds: readonly number[]): Promise<void>;
  /** Gives up all, and whatever begins after it. */
  giveUpAll(): void;
}

interface Work {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export function createWorkInHand(): WorkInHand {
  const inHand = new Map<number, Work>();
  let isOver = false;

  return {
    count: () => inHand.size,
    begin: (itemId) => {
      const controller = controllerOfMany();
      if (isOver) controller.abort();
      let settle = () => {};
      const ended = new Promise<void>((resolve) => {
        settle = resolve;
      });
      inHand.set(itemId, { controller, ended });
      const end = () => {
        inHand.delete(itemId);
        settle();
      };
      return { signal: controller.signal, end };
    },
    giveUp: async (itemIds) => {
      const given = itemIds.flatMap((id) => inHand.get(id) ?? []);
      for (const { controller } of given) controller.abort();
      await Promise.all(given.map(({ ended }) => ended));
    },
    giveUpAll: () => {
      isOver = true;
      for (const { controller } of inHand.values()) controller.abort();
    },
  };
}

/** As many as wait for its signal, one for each call: more than the ten that Node takes for a leak. */
function controllerOfMany(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
