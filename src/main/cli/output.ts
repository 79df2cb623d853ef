import { access, constants, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StoreUpdate } from '../../shared/data.ts';

/** Writes no faster than is read, and ends quietly when the reader has seen enough (`| head`). */
export async function writeAll(pieces: AsyncIterable<string>, out: Writable & { isTTY?: boolean }): Promise<void> {
  try {
    const shown = out.isTTY === true ? harmless(pieces) : pieces;
    await pipeline(Readable.from(shown), out, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/** What a terminal obeys, but tabs and the ends of lines: a bare carriage return has the line written over. */
const CONTROL = /\r(?!\n)|(?![\r\n\t])\p{Cc}/gu;

/** Text of a model or a file on a terminal. Each piece is whole lines. */
async function* harmless(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.replaceAll(CONTROL, '\uFFFD');
}

/** On one line, and without what a terminal obeys. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Swedish writes a date as ISO 8601 does: 2026-03-01 14:05:09, here in the time of this place. */
export function localTime(time: number): string {
  return new Date(time).toLocaleString('sv-SE');
}

/** Tells how far the update of an older history has come: that it began, and each tenth of the way. */
export function createUpdateReporter(stream: Writable): (update: StoreUpdate) => void {
  let lastTenth = 0;
  return (update) => {
    if (update.stage === 'copying') {
      stream.write('Updating the history to this version; a copy of what it was is made first.\n');
      return;
    }
    const tenth = update.total === 0 ? 0 : Math.floor((update.done / update.total) * 10);
    const what =
      update.stage === 'updating' ? 'Updating the history' : 'Taking over what can be read of the damaged history';
    if (tenth > lastTenth) stream.write(`${what}: ${tenth * 10} %\n`);
    lastTenth = tenth;
  };
}

/** A sentence when results could not be written to a file; said before anything is sent. */
export async function whyNotWritable(file: string): Promise<string | null> {
  const folder = dirname(resolve(file));
  try {
    await access(folder, constants.W_OK);
  } catch {
    return `Results cannot be written to ${file}: the folder ${folder} does not exist or may not be written to.`;
  }
  const existing = await stat(file).catch(() => null);
  return existing?.isDirectory() ? `Results cannot be written to ${file}: it is a folder.` : null;
}

/** A sentence when the results would take the place of what is to be read, whatever name or link leads to it. */
export async function whyOverwriting(file: string, paths: readonly string[]): Promise<string | null> {
  const real = (path: string) => realpath(path).catch(() => null);
  const target = await real(file);
  if (target === null) return null;
  const read = await Promise.all(paths.map(real));
  return read.includes(target)
    ? `Results would be written over ${file}, which is to be read. Name another file.`
    : null;
}
