/** Reads just enough of the command line to know what to set up. The app reads the rest. */

const WINDOWLESS = ['batch', 'history'];
const OPTIONS_WITH_VALUE = ['--data-dir'];

/**
 * Whether these arguments select a command that runs without a window.
 *
 * @param {string[]} args
 */
export function isWindowless(args) {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return true;
  return WINDOWLESS.includes(firstWord(args) ?? '');
}

/** @param {string[]} args */
function firstWord(args) {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (OPTIONS_WITH_VALUE.includes(arg)) i++;
    else if (!arg.startsWith('-')) return arg;
  }
  return undefined;
}
