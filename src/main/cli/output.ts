import { access, constants, lstat, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StoreUpdate } from '../../shared/app-data.ts';
import { whereWritten } from '../common/export-file.ts';
import { droppedArea } from '../documents/dropped-area.ts';

/** Writes no faster than the reader reads, and ends quietly when the reader closes the pipe (`| head`). */
export async function writeAll(pieces: AsyncIterable<string>, out: Writable & { isTTY?: boolean }): Promise<void> {
  try {
    const shown = out.isTTY === true ? harmless(pieces) : pieces;
    await pipeline(Readable.from(shown), out, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/**
 * Control characters except tabs and line ends (a bare carriage return would let text overwrite its line), and what
 * reorders text or breaks lines.
 */
const CONTROL = /\r(?!\n)|(?![\r\n\t])\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** Makes text from a model or a file safe for a terminal. Each piece consists of whole lines. */
async function* harmless(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.replaceAll(CONTROL, '\uFFFD');
}

/** Puts text on one line and removes control characters and marks that reorder text. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
}

/** Where progress and warnings go. */
export interface Progress {
  readonly isTerminal: boolean;
  /** Whole lines. */
  write(lines: string): void;
  /** Replaces the previous status; only for a terminal. */
  showStatus(line: string): void;
}

const COLUMNS_WHEN_UNKNOWN = 80;

/** On a terminal the status is the last line; anything else is written below it. */
export function progressOn(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }): Progress {
  let stands = false;
  // What a message quotes (a file name, what a server said) must not control the terminal.
  const safe = (text: string) => (stream.isTTY === true ? text.replaceAll(CONTROL, '\uFFFD') : text);
  return {
    isTerminal: stream.isTTY === true,
    write(lines) {
      stream.write(stands && !lines.startsWith('\n') ? `\n${safe(lines)}` : safe(lines));
      stands = false;
    },
    showStatus(line) {
      // If the terminal wrapped the line, it could not be erased completely.
      stream.write(`\r\x1b[K${safe(line).slice(0, (stream.columns || COLUMNS_WHEN_UNKNOWN) - 1)}`);
      stands = true;
    },
  };
}

/** Local time as `2026-03-01 14:05:09`: the Swedish locale formats dates like ISO 8601. */
export function localTime(time: number): string {
  return new Date(time).toLocaleString('sv-SE');
}

/** Reports the update of an older history: its start, and then every tenth. */
export function createUpdateReporter(stream: Pick<Progress, 'write'>): (update: StoreUpdate) => void {
  let lastTenth = 0;
  return (update) => {
    if (update.stage === 'copying') {
      stream.write('Updating the history to this version, after making a copy of it.\n');
      return;
    }
    const tenth = update.total === 0 ? 0 : Math.floor((update.done / update.total) * 10);
    const what =
      update.stage === 'updating' ? 'Updating the history' : 'Recovering what can be read of the damaged history';
    if (tenth > lastTenth) stream.write(`${what}: ${tenth * 10} %\n`);
    lastTenth = tenth;
  };
}

/** Returns a sentence if results could not be written to `file`; checked before anything is sent. */
export async function whyNotWritable(file: string): Promise<string | null> {
  const folder = dirname(await whereWritten(file));
  try {
    await access(folder, constants.W_OK);
  } catch {
    return `Results cannot be written to ${file}: the folder ${folder} does not exist or is not writable.`;
  }
  const existing = await stat(file).catch(() => null);
  if (existing?.isDirectory()) return `Results cannot be written to ${file}: it is a folder.`;
  return existing === null || existing.isFile() ? null : `Results cannot be written to ${file}: it is not a file.`;
}

/** Returns a sentence if the results would overwrite one of the inputs, under whatever name or link. */
export async function whyOverwriting(file: string, paths: readonly string[]): Promise<string | null> {
  const target = await whereWritten(file);
  const read = await Promise.all(paths.map((path) => realpath(path).catch(() => null)));
  if (read.includes(target)) {
    return `The results would overwrite ${file}, which is one of the inputs. Choose another file.`;
  }
  // A file named as itself holds the results of an earlier run; behind a link lies something else.
  const isLink = (await lstat(file).catch(() => null))?.isSymbolicLink() === true;
  return isLink && (await (await droppedArea(paths)).holds(target))
    ? `The results would overwrite ${target}, to which ${file} is a link, and which is among the inputs. Choose another file.`
    : null;
}
