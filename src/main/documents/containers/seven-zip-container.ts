import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile, notAFile, tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { type ArchiveEntry, archiveOf } from './archive.ts';
import type { Container, Source } from './container.ts';
import type { SevenZipFormat } from './seven-zip.ts';
import { type ListedFile, listSevenZip } from './seven-zip-listing.ts';
import { createSevenZipUnpacking, type SevenZipUnpacking, type Sized } from './seven-zip-unpacking.ts';

/** The format of an archive that 7-Zip reads, by how it begins; null if it is none. */
export function sevenZipFormat(head: Buffer): SevenZipFormat | null {
  const start = head.toString('latin1', 0, 8);
  if (start.startsWith('7z\xbc\xaf\x27\x1c')) return '7z';
  if (start === 'Rar!\x1a\x07\x01\0') return 'rar5';
  return start.startsWith('Rar!\x1a\x07\0') ? 'rar' : null;
}

/** The files in a 7-Zip or RAR archive. */
export async function openSevenZip(
  source: Source,
  format: SevenZipFormat,
  limits: ExtractLimits,
): Promise<Result<Container, Problem>> {
  const files = await listSevenZip(source, format, limits);
  if (!files.ok) return files;
  const bomb = bombIn(files.value, source, limits);
  if (bomb !== null) return err(bomb);
  const unpacking = createSevenZipUnpacking(source, format, files.value.filter(hasContent));
  const entries = files.value.map((file) => archiveEntry(file, unpacking, limits));
  return await archiveOf(entries, limits);
}

/** Of a gigabyte, each file is unpacked with all that lies before it: more than that has to be worth it. */
const MOST_WITHOUT_QUESTION = 1_000_000_000;

function bombIn(files: readonly ListedFile[], { size }: Source, limits: ExtractLimits): Problem | null {
  const bytes = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  const limitBytes = Math.max(MOST_WITHOUT_QUESTION, size * limits.maxUnpackRatio);
  return bytes > limitBytes ? problem('file_too_large', { what: 'archive', bytes, limitBytes }) : null;
}

function hasContent(file: ListedFile): file is Sized {
  return !file.isFolder && file.bytes !== null && file.linksTo === '';
}

function archiveEntry(file: ListedFile, unpacking: SevenZipUnpacking, limits: ExtractLimits): ArchiveEntry {
  const unpack: ArchiveEntry['unpack'] = async () =>
    hasContent(file) ? await unpacking.unpack(file) : ok(Buffer.alloc(0));
  return {
    name: file.path,
    isFolder: file.isFolder,
    linksTo: targetOf(file, unpack),
    bytes: file.bytes,
    problem: whyNotUnpacked(file, limits),
    unpack,
  };
}

const LONGEST_TARGET = 4_096;

/** 7-Zip's own archives keep where a link leads as its content; a RAR archive says it, from its root for a hard link. */
function targetOf(file: ListedFile, unpack: ArchiveEntry['unpack']): ArchiveEntry['linksTo'] {
  if (file.linksTo !== '') return async () => file.linksTo;
  if (file.type !== 'l' || file.isEncrypted || (file.bytes ?? LONGEST_TARGET) >= LONGEST_TARGET) return null;
  return async () => {
    const target = await unpack();
    return target.ok ? target.value.toString('utf8') : 'a place that is damaged';
  };
}

function whyNotUnpacked(file: ListedFile, limits: ExtractLimits): Problem | null {
  if (file.type === 'p') return notAFile('pipe');
  if ('bcs'.includes(file.type)) return notAFile('device');
  if (file.isEncrypted) return problem('file_encrypted', { format: 'member' });
  if (file.bytes === null) return damagedFile({ what: 'member' }, 'The archive does not say how large it is.');
  return file.bytes > limits.maxFileBytes ? tooLargeFile(file.bytes, limits.maxFileBytes) : null;
}
