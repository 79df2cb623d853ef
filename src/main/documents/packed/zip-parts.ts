import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { zipSize, zipTailBytes } from './zip-end.ts';

const openZip = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer);

/** Ratios mean nothing for small parts: a repeated line compresses a thousandfold. */
const ratioAppliesFromBytes = 1_000_000;

/** The table of contents of a ZIP file, within the entry limit. Nothing is unpacked. */
export interface ZipContents {
  readonly zip: ZipFile;
  readonly entries: readonly Entry[];
}

/** Parts of a packed document, each unpacked when it is asked for. */
export interface ZipParts {
  readonly paths: readonly string[];
  readonly has: (path: string) => boolean;
  /** An empty buffer if there is no such part. Throws a {@link RefusedPart}. */
  readonly bytes: (path: string) => Promise<Buffer>;
}

/** Thrown for a part that is not unpacked, with why. */
export class RefusedPart extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super('A part of a packed document cannot be read.');
    this.problem = problem;
  }
}

/** The parts of a ZIP file. The limit on their sizes applies to all that are asked for. Names may differ in capitals. */
export function createZipParts({ zip, entries }: ZipContents, limits: ExtractLimits): ZipParts {
  const byName = new Map(entries.map((entry) => [entry.fileName.toLowerCase(), entry]));
  let unpacked = 0;
  return {
    paths: entries.map((entry) => entry.fileName),
    has: (path) => byName.has(path.toLowerCase()),
    async bytes(path) {
      const entry = byName.get(path.toLowerCase());
      if (entry === undefined) return Buffer.alloc(0);
      unpacked += entry.uncompressedSize;
      const refused = refusal([entry], unpacked, limits);
      if (refused !== null) throw new RefusedPart(refused);
      return await unpack(zip, entry).catch((error: unknown) => {
        throw new RefusedPart(damagedZip(error));
      });
    },
  };
}

/** Reads with such parts: what is refused or `damaged` becomes a problem. */
export async function readingParts<T>(
  read: () => Promise<Result<T, Problem>>,
  damaged: (detail: string) => Problem,
): Promise<Result<T, Problem>> {
  try {
    return await read();
  } catch (error) {
    return err(error instanceof RefusedPart ? error.problem : damaged(String(error)));
  }
}

export async function listZip(bytes: Buffer, limits: ExtractLimits): Promise<Result<ZipContents, Problem>> {
  try {
    const whole = bytes.subarray(0, zipSize(bytes.subarray(-zipTailBytes), bytes.length));
    const zip = await openZip(whole, { lazyEntries: true });
    if (zip.entryCount > limits.maxZipEntries) {
      return err(problem('file_too_large', { what: 'parts', count: zip.entryCount, limit: limits.maxZipEntries }));
    }
    return ok({ zip, entries: await readEntries(zip) });
  } catch (error) {
    return err(damagedZip(error));
  }
}

/**
 * Unpacks the wanted parts. Declared sizes are checked before anything is unpacked, and each part must then match its
 * declared size and checksum.
 */
export async function unpackParts(
  { zip, entries }: ZipContents,
  isWanted: (name: string) => boolean,
  limits: ExtractLimits,
): Promise<Result<Record<string, Uint8Array>, Problem>> {
  const wanted = entries.filter((entry) => isWanted(entry.fileName));
  const total = wanted.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const refused = refusal(wanted, total, limits);
  if (refused !== null) return err(refused);
  const parts: Record<string, Uint8Array> = Object.create(null);
  try {
    for (const entry of wanted) parts[entry.fileName] = await unpack(zip, entry);
    return ok(parts);
  } catch (error) {
    return err(damagedZip(error));
  }
}

/** @param total bytes that are unpacked with these parts. */
function refusal(entries: readonly Entry[], total: number, limits: ExtractLimits): Problem | null {
  if (entries.some((entry) => entry.isEncrypted())) {
    return problem('file_encrypted', { format: 'zip' });
  }
  if (total > limits.maxUnpackedBytes) {
    return problem('file_too_large', { what: 'unpacked', bytes: total, limitBytes: limits.maxUnpackedBytes });
  }
  const steep = entries.find(
    (entry) =>
      entry.uncompressedSize > ratioAppliesFromBytes &&
      entry.uncompressedSize > entry.compressedSize * limits.maxUnpackRatio,
  );
  if (steep === undefined) return null;
  const ratio = Math.round(steep.uncompressedSize / Math.max(1, steep.compressedSize));
  return problem('file_too_large', { what: 'ratio', count: ratio, limit: limits.maxUnpackRatio });
}

/** All entries; without an error, as many as its table of contents says. */
export function readEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });
}

/** Unpacks a part, which has to be what its entry says. */
export function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const bytes = Buffer.concat(chunks);
        if (crc32(bytes) === entry.crc32) resolve(bytes);
        else reject(new Error(`${entry.fileName} does not match its checksum.`));
      });
      stream.once('error', reject);
    });
  });
}

function damagedZip(error: unknown): Problem {
  return damagedFile({ what: 'zip' }, String(error));
}
