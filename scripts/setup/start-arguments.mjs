/** Reads just enough of the command line to know what to set up. The app reads the rest. */

const OPTIONS_WITH_VALUE = ['--data-dir'];

/**
 * Whether these arguments name a command, known or not; commands run without a window, and the app refuses unknown ones.
 *
 * @param {string[]} args
 */
export function isWindowless(args) {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return true;
  return firstWord(args) !== undefined;
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
