import type { Problem } from '../../shared/problem.ts';
import type { Verdict, Visitor } from './visitor.ts';

/** When a failed attempt left, and when it failed. */
export interface FailedAttempt {
  readonly leftAt: number;
  readonly at: number;
}

interface Waiting {
  readonly visitor: Visitor;
  readonly go: (refused: Problem | null, probe?: number) => void;
}

interface Accused {
  readonly visitor: Visitor;
  readonly problem: Problem;
  readonly failures: readonly FailedAttempt[];
  readonly decide: (verdict: Verdict) => void;
}

/**
 * Calls that cannot go on: those that wait to leave, and those that failed while it is unknown whether that was their own
 * fault or the host's. A cancelled one is let go of at once.
 * @param changed called when one comes or goes
 */
export function createHeldCalls(changed: () => void) {
  const waiting = new Set<Waiting>();
  const accused = new Set<Accused>();

  return {
    isEmpty: (): boolean => waiting.size === 0 && accused.size === 0,
    /** The first call whose failure is still to be judged. */
    firstAccused: (): Pick<Accused, 'problem'> | undefined => [...accused][0],
    anyone: (): Visitor | undefined => [...waiting, ...accused][0]?.visitor,
    /**
     * Resolves when the call may be prepared, or to the problem for which it never may.
     * @param onProbe told, before that, of the number of the probe that it leaves as, if it leaves as one
     */
    wait: (visitor: Visitor, onProbe: (probe: number | undefined) => void): Promise<Problem | null> =>
      new Promise((resolve) => {
        const { signal } = visitor;
        const go = (refused: Problem | null, probe?: number) => {
          if (!waiting.delete(entry)) return;
          signal.removeEventListener('abort', leave);
          onProbe(probe);
          changed();
          resolve(refused);
        };
        const leave = () => go(null);
        const entry = { visitor, go };
        waiting.add(entry);
        signal.addEventListener('abort', leave, { once: true });
        changed();
      }),
    /** Resolves when it is known whose fault these failures were. */
    judge: (visitor: Visitor, failures: readonly FailedAttempt[], problem: Problem): Promise<Verdict> =>
      new Promise((resolve) => {
        const { signal } = visitor;
        const decide = (verdict: Verdict) => {
          if (!accused.delete(entry)) return;
          signal.removeEventListener('abort', leave);
          resolve(verdict);
        };
        // A cancelled call no longer needs a verdict.
        const leave = () => decide({ is: 'own' });
        const entry = { visitor, problem, failures, decide };
        accused.add(entry);
        signal.addEventListener('abort', leave, { once: true });
        if (signal.aborted) leave();
        changed();
      }),
    /** Lets a call leave as this probe; false if none of them may. */
    probeWith(number: number, mayProbe: (subject: string) => boolean): boolean {
      const chosen = [...waiting].find(({ visitor }) => mayProbe(visitor.subject));
      chosen?.go(null, number);
      return chosen !== undefined;
    },
    letAllLeave(): void {
      for (const { go } of [...waiting]) go(null);
    },
    /** Judges those of which something is known by now; null leaves one as it is. */
    judgeAll(verdictOf: (failures: readonly FailedAttempt[]) => Verdict | null): void {
      for (const { decide, failures } of [...accused]) {
        const verdict = verdictOf(failures);
        if (verdict !== null) decide(verdict);
      }
    },
    refuseAll(problem: Problem): void {
      for (const { go } of [...waiting]) go(problem);
      for (const { decide } of [...accused]) decide({ is: 'refused', problem });
    },
  };
}
