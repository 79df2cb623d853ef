import type { ClaimedFrom, ClaimedItem } from './item-record.ts';

/** Takes the files of a batch out of the queue: those under suspicion last, so that none of them holds up the others. */
export interface Claims {
  /** Files that were taken; fewer than wanted only when no more are there. */
  take(most: number, spread: boolean): Promise<readonly ClaimedItem[]>;
  /** Begins at the front again: files came back into the queue behind it. */
  lookAgain(): void;
}

/**
 * @param from which files may be taken.
 * @param claim takes files out of the store.
 */
export function createClaims(
  batchId: string,
  from: Pick<ClaimedFrom, 'only' | 'foundOnly'>,
  claim: (batchId: string, limit: number, from: ClaimedFrom) => Promise<readonly ClaimedItem[]>,
): Claims {
  let suspects = false;
  let afterPosition = -1;

  const some = async (limit: number, fromEnd: boolean): Promise<readonly ClaimedItem[]> => {
    const items = await claim(batchId, limit, { ...from, suspects, afterPosition, fromEnd });
    if (!fromEnd) afterPosition = Math.max(afterPosition, ...items.map(({ row }) => row.position));
    return items;
  };

  return {
    // Neighbours in a folder are alike. Where one after the other fails, those at the other end tell more.
    take: async (most, spread) => {
      const first = await some(most, spread);
      if (first.length === most || suspects) return first;
      suspects = true;
      afterPosition = -1;
      return [...first, ...(await some(most - first.length, false))];
    },
    lookAgain: () => {
      suspects = false;
      afterPosition = -1;
    },
  };
}
