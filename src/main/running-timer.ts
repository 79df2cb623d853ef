/** The longest step that is taken at a time. */
const STEP_MS = 1_000;
/** So many steps make up a short time, so that each is small against it. */
const STEPS = 4;
/** A step that ends this late did not wait for a busy thread: the process stood still. */
const STOOD_STILL_MS = 2_000;

/**
 * A timer that counts only the time in which this process could run. An ordinary one is due at once when a machine
 * wakes up, before anything that has arrived meanwhile is read (and on macOS and Windows its clock goes on in sleep).
 */
export interface RunningTimer {
  /** Counts from the beginning, and up to another time. */
  restart(ms: number): void;
  stop(): void;
}

/** @param onEnd is told whether the process stood still meanwhile. */
export function startRunningTimer(ms: number, onEnd: (stoodStill: boolean) => void): RunningTimer {
  let limit = ms;
  let left = ms;
  let stoodStill = false;
  /** The step that is under way began before the last restart. */
  let restarted = false;
  let timer = setStep();

  function setStep(): NodeJS.Timeout {
    const step = Math.min(STEP_MS, limit / STEPS, left);
    return setTimeout(endStep, step, step, performance.now());
  }

  function endStep(step: number, begunAt: number): void {
    const isLate = performance.now() - begunAt - step > STOOD_STILL_MS;
    if (isLate) stoodStill = true;
    else if (!restarted) left -= step;
    restarted = false;
    if (left > 0) timer = setStep();
    else onEnd(stoodStill);
  }

  return {
    // Called for every piece of a reply, so the step that is under way goes on.
    restart: (next) => {
      limit = next;
      left = next;
      stoodStill = false;
      restarted = true;
    },
    stop: () => clearTimeout(timer),
  };
}
