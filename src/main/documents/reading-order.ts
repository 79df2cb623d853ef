/** How many threads read files that nobody overtook, and files that were slow. */
export interface Lanes {
  readonly quick: number;
  readonly slow: number;
}

/** A file that waits, with how often others overtook it because it was slow. */
interface Waiting {
  readonly passed: number;
}

/**
 * The order in which files that wait are read. Fresh files go first, on the quick threads; overtaken ones, which were
 * slow, have a lane of their own beside those, and any thread that the others leave idle.
 */
export function createReadingOrder<File extends Waiting>(quickThreads: number) {
  const slowThreads = quickThreads + 1;
  const fresh: File[] = [];
  const overtaken: File[] = [];

  /** Takes the file that was overtaken least often. */
  function takeOvertaken(): File | undefined {
    const fewest = Math.min(...overtaken.map(({ passed }) => passed));
    const place = overtaken.findIndex(({ passed }) => passed === fewest);
    return place === -1 ? undefined : overtaken.splice(place, 1)[0];
  }

  return {
    add(file: File): void {
      fresh.push(file);
    },
    addOvertaken(file: File): void {
      overtaken.push(file);
    },
    /** The fresh file that is read next. */
    first: (): File | undefined => fresh[0],
    /** Takes the file that may be read now, beside those that are being read. */
    take({ quick, slow }: Lanes): File | undefined {
      const borrowed = Math.max(0, slow - slowThreads);
      const isQuickFree = quick + borrowed < quickThreads;
      if (isQuickFree && fresh.length > 0) return fresh.shift();
      return slow < slowThreads || isQuickFree ? takeOvertaken() : undefined;
    },
    isSlowLaneFull: (slow: number): boolean => slow >= slowThreads,
    /** Whether a file that was overtaken less often waits for the thread of this one, or a quick file for one it lent. */
    isThreadWanted: ({ passed }: Waiting, slow: number): boolean =>
      overtaken.some((other) => other.passed <= passed) || (slow > slowThreads && fresh.length > 0),
    /** False if it does not wait. */
    remove(file: File): boolean {
      for (const files of [fresh, overtaken]) {
        const place = files.indexOf(file);
        if (place !== -1) return files.splice(place, 1).length > 0;
      }
      return false;
    },
    takeAll: (): readonly File[] => [...fresh.splice(0), ...overtaken.splice(0)],
  };
}
