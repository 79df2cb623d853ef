import type { PagesRecognised } from '../documents/extractor.ts';

/** How long the recognition of pictures goes on. Times are in milliseconds of a monotonic clock. */
export interface RecognitionPace {
  /** How far the recognition of a file is; null when it has ended. */
  told(itemId: number, pages: PagesRecognised | null, now: number): void;
  /** Files whose pictures are recognised now, with how far each is. */
  underWay(): readonly (PagesRecognised & { readonly itemId: number })[];
  /** Until all that is under way is recognised: 0 without any, null until one picture was. */
  remainingMs(now: number): number | null;
}

export function createRecognitionPace(): RecognitionPace {
  const files = new Map<number, PagesRecognised>();
  let recognised = 0;
  /** Time with anything under way, up to `since`, from when it goes on. */
  let busyMs = 0;
  let since: number | null = null;

  const busyUntil = (now: number): number => busyMs + (since === null ? 0 : now - since);

  return {
    told: (itemId, pages, now) => {
      const before = files.get(itemId);
      if (pages === null) files.delete(itemId);
      else {
        // Pictures that were kept from before are done at once, and say nothing of the pace.
        recognised += before === undefined ? 0 : Math.max(0, pages.done - before.done);
        files.set(itemId, pages);
      }
      busyMs = busyUntil(now);
      since = files.size === 0 ? null : now;
    },
    underWay: () => [...files].map(([itemId, pages]) => ({ itemId, ...pages })),
    remainingMs: (now) => {
      const left = [...files.values()].reduce((sum, { done, of }) => sum + of - done, 0);
      if (left === 0) return 0;
      return recognised === 0 ? null : (left * busyUntil(now)) / recognised;
    },
  };
}
