import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataState, languageCodes } from '../../shared/recognition-languages.ts';

const ENDING = '.traineddata';
/** Data that is no language: for how a page lies, and for formulas. */
const noLanguages: ReadonlySet<string> = new Set(['osd', 'equ']);

/** The languages whose data lies in a folder; none if it cannot be read. */
export async function languagesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .filter((code) => languageCodes(code)?.length === 1 && !noLanguages.has(code));
}

export function languageFile(folder: string, code: string): string {
  return join(folder, `${code}${ENDING}`);
}

/** The parts that such a file can have, as Tesseract numbers them, and the one that reads lines by a neural network. */
const MOST_PARTS = 64;
const NETWORK_PART = 17;
const COUNT_BYTES = 4;
const OFFSET_BYTES = 8;

/** Looks at the table of contents that the file begins with: its parts must lie inside of it. Null if it is not there. */
export async function stateOfData(path: string): Promise<DataState | null> {
  // Without O_NONBLOCK, opening a pipe of that name would block for ever.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => null);
  if (handle === null) return null;
  try {
    return await stateOfOpen(handle);
  } catch {
    return 'damaged';
  } finally {
    await handle.close();
  }
}

async function stateOfOpen(handle: FileHandle): Promise<DataState> {
  const stats = await handle.stat();
  if (!stats.isFile()) return 'damaged';
  const head = Buffer.alloc(COUNT_BYTES + MOST_PARTS * OFFSET_BYTES);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  const count = bytesRead < COUNT_BYTES ? 0 : head.readUInt32LE(0);
  const end = COUNT_BYTES + count * OFFSET_BYTES;
  if (count === 0 || count > MOST_PARTS || bytesRead < end) return 'damaged';
  const offsets = Array.from({ length: count }, (_, part) =>
    Number(head.readBigInt64LE(COUNT_BYTES + part * OFFSET_BYTES)),
  );
  if (offsets.some((offset) => offset !== -1 && (offset < end || offset >= stats.size))) return 'damaged';
  return (offsets[NETWORK_PART] ?? -1) === -1 ? 'too_old' : 'good';
}
