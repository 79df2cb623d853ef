import type { Entry, ZipFile } from 'yauzl';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok } from '../../../shared/result.ts';
import { damagedFile, tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { unpack } from '../packed/zip-parts.ts';
import type { ArchiveEntry } from './archive.ts';

const MADE_ON_UNIX = 3;
const TYPE_BITS = 0o170_000;
const LINK_TYPE = 0o120_000;

/** An entry of a ZIP file, with whether and how it is unpacked. */
export function archiveEntry(zip: ZipFile, entry: Entry, limits: ExtractLimits): ArchiveEntry {
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
