/**
 * Content that is in a file twice, `mc:AlternateContent`: the older form is read where the newer one, which stands first,
 * gave nothing, as it may be of a kind that is not read.
 * @param written how many pieces were read so far
 */
export function createAlternatives(written: () => number) {
  /** What was read before each of those that are open. */
  const before: number[] = [];

  return {
    open(name: string): void {
      if (name === 'mc:AlternateContent') before.push(written());
    },
    close(name: string): void {
      if (name === 'mc:AlternateContent') before.pop();
    },
    /** Whether this is the older form of what was read. */
    isRepeated: (name: string): boolean => name === 'mc:Fallback' && written() > (before.at(-1) ?? -1),
  };
}
