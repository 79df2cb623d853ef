import type { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReader, getFileNameLowLevel, RandomAccessReader, type ZipFile } from 'yauzl';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile, extensionOf, tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { isOdf } from '../odf/read-odf.ts';
import { packedKindOf } from '../packed/packed-kind.ts';
import { zipSize, zipTailBytes } from '../packed/zip-end.ts';
import { createZipParts, readEntries, unpack } from '../packed/zip-parts.ts';
import { zipSignature } from '../signature.ts';
import { type ArchiveEntry, archiveOf } from './archive.ts';
import type { Container, Source } from './container.ts';
import { decodeNames } from './member-names.ts';
import { bytesOf } from './unpacked-stream.ts';

/**
 * The files in a ZIP archive; null if it is a document in the form of one, or a program. Other programs' documents have
 * that form, too: they are archives only by name.
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
    if (await isDocument(zip, entries, name, limits)) return ok(null);
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
  const parts = createZipParts({ zip, entries }, limits);
  const kind = await packedKindOf(parts).catch(() => null);
  if (kind !== null || isOdf(parts)) return true;
  return extensionOf(name) !== '.zip' && zipSignature(parts.paths).kind !== 'zip';
}

const MADE_ON_UNIX = 3;
const TYPE_BITS = 0o170_000;
const LINK_TYPE = 0o120_000;

function archiveEntry(zip: ZipFile, entry: Entry, limits: ExtractLimits): ArchiveEntry {
  const { fileName, uncompressedSize, versionMadeBy, externalFileAttributes } = entry;
  const mode = versionMadeBy >>> 8 === MADE_ON_UNIX ? externalFileAttributes >>> 16 : 0;
  const unpacked = () =>
    unpack(zip, entry).then(ok, (error: unknown) => err(damagedFile({ what: 'member' }, String(error))));
  const isLink = (mode & TYPE_BITS) === LINK_TYPE && !entry.isEncrypted() && uncompressedSize < 4_096;
  return {
    name: fileName,
    isFolder: /[\\/]$/.test(fileName),
    linksTo: isLink ? async () => (await unpack(zip, entry)).toString('utf8') : null,
    bytes: uncompressedSize,
    problem: whyNotUnpacked(entry, limits),
    unpack: unpacked,
  };
}

/** Methods by which parts are stored or packed: nothing else is ever met but for very large or very unusual archives. */
const STORED = 0;
const DEFLATED = 8;

const methods: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

function whyNotUnpacked(entry: Entry, limits: ExtractLimits): Problem | null {
  const { compressionMethod: method, uncompressedSize } = entry;
  if (entry.isEncrypted()) return problem('file_encrypted', { format: 'member' });
  if (uncompressedSize > limits.maxFileBytes) return tooLargeFile(uncompressedSize, limits.maxFileBytes);
  if (method === STORED || method === DEFLATED) return null;
  return problem('file_unsupported', { what: 'packing', method: methods[method] ?? `method ${method}` });
}
