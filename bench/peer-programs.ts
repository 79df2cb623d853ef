/** What else turns documents into text: programs of Debian's packages, each started for each file. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface PeerText {
  readonly text: string;
  /** Null where it did not have the machine to itself. */
  readonly ms: number | null;
  readonly peakMb: number | null;
}

/** Texts by the files' places in the list; null for a file that the program does not read. */
export type PeerTexts = readonly (PeerText | null)[];

/** A program is given up then, with all that it started. */
const MOST_SECONDS = 30;
/** One rich text file made pandoc take 20 GB, and the machine stood still. */
export const MOST_BYTES = 4_000_000_000;
const sheetsScript = fileURLToPath(new URL('./peers/sheets.sh', import.meta.url));
const mailScript = fileURLToPath(new URL('./peers/mail.py', import.meta.url));
const richTextScript = fileURLToPath(new URL('./peers/unrtf.sh', import.meta.url));
const messageScript = fileURLToPath(new URL('./peers/message.sh', import.meta.url));

const commands = {
  pandoc: (path: string, from: string) =>
    ['pandoc', '--from', from, '--to', 'plain', '--wrap', 'none', path].concat(
      from === 'html' || from === 'epub' ? '--standalone' : [],
    ),
  w3m: (path: string) => ['w3m', '-dump', '-T', 'text/html', '-I', 'UTF-8', '-O', 'UTF-8', '-cols', '100000', path],
  antiword: (path: string) => ['antiword', '-m', 'UTF-8.txt', '-w', '0', path],
  catdoc: (path: string) => ['catdoc', '-d', 'utf-8', '-w', path],
  xls2csv: (path: string) => ['xls2csv', '-d', 'utf-8', path],
  ssconvert: (path: string) => ['sh', sheetsScript, path],
  catppt: (path: string) => ['catppt', '-d', 'utf-8', path],
  unrtf: (path: string) => ['sh', richTextScript, path],
  'python plain': (path: string) => ['python3', mailScript, 'plain', path],
  'python html': (path: string) => ['python3', mailScript, 'html', path],
  'msgconvert plain': (path: string) => ['sh', messageScript, 'plain', path],
  'msgconvert html': (path: string) => ['sh', messageScript, 'html', path],
} as const;
export type Program = keyof typeof commands;

/**
 * @param from the format's name for pandoc.
 * @throws if the program is missing.
 */
export function readByProgram(program: Program, path: string, from = ''): Promise<PeerText | null> {
  // GNU time tells how much memory it took, in its last line.
  const bounded = ['timeout', '-s', 'KILL', String(MOST_SECONDS), 'prlimit', `--data=${MOST_BYTES}`];
  const args = ['-f', '%M', ...bounded, ...commands[program](path, from)];
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    execFile('/usr/bin/time', args, { encoding: 'buffer', maxBuffer: 1e9 }, (error, out, told) => {
      const words = told.toString('latin1');
      if (error?.code === 'ENOENT' || /(?:timeout|prlimit): failed to (?:run|execute)/.test(words)) {
        reject(new Error(`${program}, time, timeout or prlimit is missing; they are Debian packages.`));
        return;
      }
      const peakMb = Number(/(\d+)\s*$/.exec(words)?.[1]) / 1_024;
      resolve(error === null ? { text: out.toString('utf8'), ms: performance.now() - startedAt, peakMb } : null);
    });
  });
}
