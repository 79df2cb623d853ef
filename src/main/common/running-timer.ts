/** The longest single step. */
const STEP_MS = 1_000;
/** A short time-out is split into this many steps, so that each is small in comparison. */
const STEPS = 4;
/** A step this late was not delayed by a busy thread: the process was suspended. */
const STOOD_STILL_MS = 2_000;

/**
 * A timer that counts only the time in which this process could run. An ordinary timer fires as soon as the machine
 * wakes up, before data that has already arrived is read (on macOS and Windows its clock keeps running during sleep).
 */
export interface RunningTimer {
  /** Starts counting again, up to a new limit. */
  restart(ms: number): void;
  stop(): void;
}

/** @param onEnd receives whether the process was suspended in the meantime. */
export function startRunningTimer(ms: number, onEnd: (stoodStill: boolean) => void): RunningTimer {
  let limit = ms;
  let left = ms;
  let stoodStill = false;
  /** The current step began before the last restart. */
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
    // Called for every piece of a reply, so the current step is left running.
    restart: (next) => {
      limit = next;
      left = next;
      stoodStill = false;
      restarted = true;
    },
    stop: () => clearTimeout(timer),
  };
}
