/** Which programs read a format beside Docket, and what they read of documents. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readByBrowser } from './browser-program.ts';
import { readByOffice } from './office-program.ts';
import { type PeerText, type PeerTexts, type Program, readByProgram } from './peer-programs.ts';
import type { RealFormat } from './real-documents.ts';

export type DocumentFormat = RealFormat | 'txt';
export type PeerName = Program | keyof typeof forMany;

/** They start once for several files. */
const forMany = { LibreOffice: readByOffice, Chromium: readByBrowser } as const;

/** Times are compared with those of the first. */
export const peers: Readonly<Record<DocumentFormat, readonly PeerName[]>> = {
  docx: ['pandoc', 'LibreOffice'],
  odt: ['pandoc', 'LibreOffice'],
  rtf: ['pandoc', 'unrtf', 'LibreOffice'],
  doc: ['antiword', 'catdoc', 'LibreOffice'],
  xlsx: ['ssconvert'],
  ods: ['ssconvert'],
  xls: ['ssconvert', 'xls2csv'],
  pptx: ['LibreOffice'],
  odp: ['LibreOffice'],
  ppt: ['catppt', 'LibreOffice'],
  epub: ['pandoc'],
  html: ['w3m', 'pandoc', 'LibreOffice', 'Chromium'],
  eml: ['python plain', 'python html'],
  mbox: ['python plain', 'python html'],
  msg: ['msgconvert plain', 'msgconvert html'],
  txt: [],
};

const formatsWithParts = new Set<DocumentFormat>([
  'docx',
  'odt',
  'rtf',
  'xlsx',
  'ods',
  'pptx',
  'odp',
  'epub',
  'doc',
  'xls',
  'ppt',
] as const);
const partsScript = fileURLToPath(new URL('./peers/parts.py', import.meta.url));

/** The words in a file's XML or bytes, whatever they mean there. */
export interface Parts {
  readonly text: string;
  /** What only some programs give: names of sheets, pictures and authors, addresses, what was there before the last save. */
  readonly more: string;
}

/** Null where they are not to be had. */
export function partsOf(format: DocumentFormat, files: readonly string[]): readonly (Parts | null)[] {
  if (!formatsWithParts.has(format)) return files.map(() => null);
  // All at once would be more than a string can hold.
  return inGroups(files, FOR_ONE_START).flatMap(partsOfSome);
}

function partsOfSome(files: readonly string[]): readonly (Parts | null)[] {
  const read: readonly (readonly [string, string] | null)[] = JSON.parse(
    execFileSync('python3', [partsScript], { input: JSON.stringify(files), encoding: 'utf8', maxBuffer: 1e9 }),
  );
  return read.map((parts) => (parts === null ? null : { text: parts[0], more: parts[1] }));
}

/** So many of the others are read at the same time. */
const AT_ONCE = 2;
/** So many documents are given to one start of those that start once for several. */
const FOR_ONE_START = 25;

export interface PeerReading {
  readonly name: PeerName;
  readonly texts: PeerTexts;
}

/**
 * @param timed of so many files, spread over all of them, the first peer has the machine to itself.
 * @param folder for what LibreOffice writes.
 */
export async function readByPeers(
  format: DocumentFormat,
  files: readonly string[],
  timed: number,
  folder: string,
): Promise<readonly PeerReading[]> {
  const readings = peers[format].map((name) => ({ name, texts: files.map((): PeerText | null => null) }));
  const step = Math.ceil(files.length / timed);
  const jobs = readings.flatMap(({ name, texts }, place) => {
    const isTimed = (at: number): boolean => timed > 0 && place === 0 && at % step === 0;
    const all = [...files.keys()];
    const read = async (some: readonly number[], alone: boolean): Promise<void> => {
      const paths = some.map((at) => files[at] ?? '');
      const got = await readSome(name, format, paths, join(folder, `${name} ${some[0]}`));
      for (const [index, at] of some.entries()) texts[at] = withTime(got[index] ?? null, alone);
    };
    const of = (some: readonly number[], alone: boolean) =>
      inGroups(some, startsOnce(name) ? FOR_ONE_START : 1).map((group) => ({
        alone,
        run: () => read(group, alone),
      }));
    return [
      ...of(all.filter(isTimed), true),
      ...of(
        all.filter((at) => !isTimed(at)),
        false,
      ),
    ];
  });
  for (const job of jobs) if (job.alone) await job.run();
  const waiting = jobs.filter(({ alone }) => !alone).values();
  const work = async () => {
    for (const job of waiting) await job.run();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return readings;
}

function readSome(
  name: PeerName,
  format: DocumentFormat,
  files: readonly string[],
  folder: string,
): Promise<PeerTexts> {
  if (startsOnce(name)) return forMany[name](files, folder);
  return Promise.all(files.map((path) => readByProgram(name, path, format)));
}

function startsOnce(name: PeerName): name is keyof typeof forMany {
  return name in forMany;
}

function withTime(read: PeerText | null, alone: boolean): PeerText | null {
  return read === null || alone ? read : { ...read, ms: null };
}

function inGroups<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
