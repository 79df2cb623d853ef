/** How much work a document is allowed while others wait for its thread. Pure. */

/** What the first documents are allowed halves down to this part: enough to read most documents. */
const LEAST_SHARE = 1 / 4;

export interface Patience {
  /** Work allowed a document while others wait. @param passed how often others have overtaken it already. */
  sliceMs(passed: number): number;
  /** A document took more than it was allowed. */
  exceeded(): void;
  /** A document was read. */
  read(): void;
}

/**
 * Hostile documents seldom come alone: after each that took too long, the next is allowed less, until one is read: then
 * those before it may have been slow and harmless. Whatever is overtaken is allowed four times as much at its next turn.
 */
export function createPatience(quickMs: number): Patience {
  let inARow = 0;
  return {
    sliceMs: (passed) => quickMs * Math.max(LEAST_SHARE, 0.5 ** inARow) * 4 ** passed,
    exceeded: () => {
      inARow += 1;
    },
    read: () => {
      inARow = 0;
    },
  };
}
