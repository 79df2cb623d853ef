/** Whether there is a display to open a window on, and the virtual one that tests use instead. */

import { SetupProblem } from './report.mjs';

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 */
export function hasDisplay(platform = process.platform, env = process.env) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

export function requireDisplay() {
  if (hasDisplay()) return;
  throw new SetupProblem(
    'There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). `npm start -- batch PATH` works on the same data without a window; `xvfb-run -a npm start` uses a virtual display.',
  );
}

/**
 * @param {import('./processes.mjs').Program} program
 * @param {{ hasOne: boolean }} display
 * @returns {import('./processes.mjs').Program}
 */
export function withDisplay(program, display = { hasOne: hasDisplay() }) {
  if (display.hasOne) return program;
  return { command: 'xvfb-run', args: ['-a', '-s', '-screen 0 1600x1000x24', program.command, ...program.args] };
}
