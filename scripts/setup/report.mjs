/**
 * What set-up reports in the terminal. Everything goes to stderr, so that the stdout of a command such as
 * `npm start -- batch` contains only its results.
 */

/** A failure that the user can act on: its message gives the cause and the way out. */
export class SetupProblem extends Error {}

const PREFIX = '[docket] ';
const SECONDS_BETWEEN_PLAIN_LINES = 15;

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${PREFIX}${line}\n`);
}

/**
 * Announces a long step and shows that it is still running: one line updated in place on a terminal, an occasional line
 * in a log file.
 *
 * @template T
 * @param {string} label what is being done, and how long it usually takes
 * @param {(update: (detail: string) => void) => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function longStep(label, step) {
  const startedAt = Date.now();
  const isTerminal = process.stderr.isTTY === true;
  const clearLine = () => isTerminal && process.stderr.write('\r\u001b[K');
  let detail = '';
  let lastPlainLineAt = startedAt;
  say(`${label} …`);

  const timer = setInterval(() => {
    const line = [label, detail, `${secondsSince(startedAt)} s`].filter(Boolean).join(' · ');
    if (isTerminal) {
      process.stderr.write(`\r\u001b[K${PREFIX}${line}`);
    } else if (Date.now() - lastPlainLineAt >= SECONDS_BETWEEN_PLAIN_LINES * 1000) {
      lastPlainLineAt = Date.now();
      say(line);
    }
  }, 500);

  try {
    const result = await step((text) => {
      detail = text;
    });
    clearLine();
    say(`${label}: done in ${secondsSince(startedAt)} s`);
    return result;
  } catch (error) {
    clearLine();
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** @param {number} startedAt */
function secondsSince(startedAt) {
  return ((Date.now() - startedAt) / 1000).toFixed(0);
}
