import { setMaxListeners } from 'node:events';

/** The files that a run works on, each of which can be given up by itself. */
export interface WorkInHand {
  /** Files that are being worked on. */
  count(): number;
  /** Those of them that take the place of another one: of files that are recognised, only what exceeds a limit does. */
  inPlaces(): number;
  /** Begins with a file; `end` is to be called when its outcome is stored. */
  begin(itemId: number): WorkOnFile;
  /** Gives up some files; resolves when none of them is being worked on. */
  giveUp(itemIds: readonly number[]): Promise<void>;
  /** Gives up all, and whatever begins after it. */
  giveUpAll(): void;
}

export interface WorkOnFile {
  readonly signal: AbortSignal;
  /** Its pages are recognised, which takes long and needs no call; or no longer. */
  readonly recognising: (isUnderWay: boolean) => void;
  readonly end: () => void;
}

/** Files that may wait for recognition while others take their places: a folder may hold nothing else. */
const MOST_RECOGNISING = 200;

interface Work {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export function createWorkInHand(): WorkInHand {
  const inHand = new Map<number, Work>();
  const recognising = new Set<number>();
  let isOver = false;

  return {
    count: () => inHand.size,
    inPlaces: () => inHand.size - Math.min(recognising.size, MOST_RECOGNISING),
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
        recognising.delete(itemId);
        settle();
      };
      const tell = (isUnderWay: boolean) => {
        if (isUnderWay) recognising.add(itemId);
        else recognising.delete(itemId);
      };
      return { signal: controller.signal, recognising: tell, end };
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
