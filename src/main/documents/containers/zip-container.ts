import type { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReader, getFileNameLowLevel, RandomAccessReader, type ZipFile } from 'yauzl';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile, extensionOf } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { isOdf } from '../odf/read-odf.ts';
import { packedKindOf } from '../packed/packed-kind.ts';
import { zipSize, zipTailBytes } from '../packed/zip-end.ts';
import { createZipParts, readEntries } from '../packed/zip-parts.ts';
import { zipSignature } from '../signature.ts';
import { archiveOf } from './archive.ts';
import type { Container, Source } from './container.ts';
import { embeddedParts } from './embedded-parts.ts';
import { isOfficeName } from './may-hold-files.ts';
import { decodeNames } from './member-names.ts';
import { bytesOf } from './unpacked-stream.ts';
import { archiveEntry } from './zip-entry.ts';

/**
 * The files in a ZIP archive, or those embedded in a document that has this form; null if there are none in it, or if it is
 * a program. Other programs' documents have that form, too: they are archives only by name.
 */
export async function openZip(
  source: Source,
  name: string,
  limits: ExtractLimits,
): Promise<Result<Container | null, Problem>> {
  try {
    const zip = await open(source);
    if (zip.entryCount > limits.maxMembers) {
      return err(problem('file_too_large', { what: 'members', count: zip.entryCount, limit: limits.maxMembers }));
    }
    const entries = named(await readEntries(zip));
    if (await isDocument(zip, entries, name, limits)) return ok(await embeddedParts({ zip, entries }, limits));
    return await archiveOf(
      entries.map((entry) => archiveEntry(zip, entry, limits)),
      limits,
    );
  } catch (error) {
    if (/multi-disk/.test(String(error))) return err(problem('file_unsupported', { what: 'volumes' }));
    return err(damagedFile({ what: 'archive' }, String(error)));
  }
}

function open(source: Source): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
  const tail = Buffer.alloc(Math.min(zipTailBytes, source.size));
  const size = zipSize(tail.subarray(0, source.readAt(tail, source.size - tail.length)), source.size);
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(new SourceReader(source), size, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });
}

class SourceReader extends RandomAccessReader {
  readonly #source: Source;

  constructor(source: Source) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return bytesOf(this.#source, start, end);
  }
}

const UTF_8_FLAG = 0x800;

/** Gives entries their names as text: with `decodeStrings`, one odd name would make all of them unreadable. */
function named(entries: readonly Entry[]): readonly Entry[] {
  const unmarked = entries.filter((entry) => markedName(entry) === null);
  const decoded = decodeNames(unmarked.map(({ fileNameRaw }) => fileNameRaw));
  const names = new Map(unmarked.map((entry, at) => [entry, decoded[at]]));
  for (const entry of entries) entry.fileName = markedName(entry) ?? names.get(entry) ?? '';
  return entries;
}

/** The name of an entry that says how it is encoded, or has it in UTF-8 beside it. */
function markedName({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string | null {
  if ((generalPurposeBitFlag & UTF_8_FLAG) !== 0) return fileNameRaw.toString('utf8');
  const hasUnicodePath = extraFields.some(({ id }) => id === 0x7075);
  if (!hasUnicodePath) return null;
  const asMarked = getFileNameLowLevel(0, fileNameRaw, extraFields, true);
  // Of a field that belongs to another name, the library goes back to the name itself, in CP437.
  return asMarked === getFileNameLowLevel(0, fileNameRaw, [], true) ? null : asMarked;
}

async function isDocument(
  zip: ZipFile,
  entries: readonly Entry[],
  name: string,
  limits: ExtractLimits,
): Promise<boolean> {
  if (isOfficeName(name)) return true;
  const parts = createZipParts({ zip, entries }, limits);
  const kind = await packedKindOf(parts).catch(() => null);
  if (kind !== null || isOdf(parts)) return true;
  return extensionOf(name) !== '.zip' && zipSignature(parts.paths).kind !== 'zip';
}
