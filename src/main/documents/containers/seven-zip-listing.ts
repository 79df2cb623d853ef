import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import type { Source } from './container.ts';
import { hasEncryptedNames } from './encrypted-names.ts';
import { runSevenZip, type SevenZipFormat } from './seven-zip.ts';

/** A file of an archive, as 7-Zip lists it. */
export interface ListedFile {
  readonly path: string;
  readonly isFolder: boolean;
  /** Null if the archive does not say. */
  readonly bytes: number | null;
  /** In hexadecimal; empty if there is none. */
  readonly checksum: string;
  readonly method: string;
  readonly isEncrypted: boolean;
  /** The letter that Unix has for it: `-`, `d` for a folder, `l` for a link, others for devices. */
  readonly type: string;
  /** Where a link leads that is no file of its own; empty if it is none. */
  readonly linksTo: string;
}

type Fields = ReadonlyMap<string, string>;

/** Some password: without one, it would ask. */
export const NO_PASSWORD = '-pnone';

/** The files of an archive in its order, folders included. */
export async function listSevenZip(
  source: Source,
  format: SevenZipFormat,
  limits: ExtractLimits,
): Promise<Result<readonly ListedFile[], Problem>> {
  if (hasEncryptedNames(source, format)) return err(problem('file_encrypted', { format: 'archive' }));
  const listing = createListing(limits.maxMembers);
  const run = await runSevenZip(source, ['l', '-slt', '-sccUTF-8', NO_PASSWORD, `-t${format}`], listing.add);
  const { archive, files } = listing.end();
  if (files.length > limits.maxMembers) {
    return err(problem('file_too_large', { what: 'members', count: files.length, limit: limits.maxMembers }));
  }
  if (archive?.get('Multivolume') === '+') return err(problem('file_unsupported', { what: 'volumes' }));
  if (run.succeeded) return ok(files.flatMap(listedFile));
  return err(damagedFile({ what: 'archive' }, run.outOfMemory ? 'It takes too much memory to list.' : run.errors));
}

/** Takes lines of `name = value` apart: first those of the archive, then, after a line, those of each file. */
function createListing(maxFiles: number) {
  const blocks: Map<string, string>[] = [];
  let rest = Buffer.alloc(0);
  let current: Map<string, string> | null = null;

  const take = (line: string) => {
    const [, name, value = ''] = /^([A-Z][A-Za-z -]*) =(?: (.*))?$/.exec(line) ?? [];
    if (name === undefined) {
      current = null;
      return;
    }
    if (current === null) {
      current = new Map();
      blocks.push(current);
    }
    current.set(name, value);
  };

  return {
    add: (part: Buffer) => {
      const end = part.lastIndexOf(10) + 1;
      if (end === 0) {
        rest = Buffer.concat([rest, part]);
      } else {
        const lines = Buffer.concat([rest, part.subarray(0, end)]).toString('utf8');
        rest = Buffer.from(part.subarray(end));
        for (const line of lines.split('\n').slice(0, -1)) take(line.replace(/\r$/, ''));
      }
      return blocks.length <= maxFiles + 2;
    },
    end: (): { readonly archive: Fields | null; readonly files: readonly Fields[] } => {
      const [archive = null, ...files] = blocks;
      return { archive, files };
    },
  };
}

function listedFile(fields: Fields): readonly ListedFile[] {
  const path = fields.get('Path');
  // Streams that Windows keeps beside a file are none of the files that people see.
  if (path === undefined || fields.get('Alternate Stream') === '+') return [];
  const [flags = '', mode = ''] = (fields.get('Attributes') ?? '').split(' ');
  const size = fields.get('Size') ?? '';
  const type = mode === '' ? '-' : mode.slice(0, 1);
  return [
    {
      path,
      isFolder: fields.get('Folder') === '+' || flags.includes('D') || type === 'd',
      bytes: /^\d+$/.test(size) ? Number(size) : null,
      checksum: fields.get('CRC') ?? '',
      method: fields.get('Method') ?? '',
      isEncrypted: fields.get('Encrypted') === '+',
      type,
      linksTo: ['Symbolic Link', 'Hard Link', 'Copy Link'].map((name) => fields.get(name) ?? '').find(Boolean) ?? '',
    },
  ];
}
