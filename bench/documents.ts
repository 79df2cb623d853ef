/** How much of real and of known documents of every format is read, in which order, and how fast, beside other programs. */
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runChild } from './child.ts';
import { type ReadFormat, realMetrics, writtenMetrics } from './document-metrics.ts';
import type { DocumentsReport, DocumentsTask } from './documents-child.ts';
import type { Section } from './metric.ts';
import { type OfficeWay, type Program, readByOffice, readByProgram } from './peer-programs.ts';
import type { Plan } from './plan.ts';
import { type RealFormat, realDocuments, realFormats } from './real-documents.ts';
import { inTempFolder } from './temp-folder.ts';
import { type WrittenDocument, writtenDocuments } from './written-documents.ts';

/** Which programs say what words a document has; times are compared with those of the first. */
interface Peers {
  readonly programs: readonly Program[];
  /** The format's name for pandoc. */
  readonly from?: string;
  readonly office?: OfficeWay;
}

/** Saved messages have no peer: what converts them to mails keeps their text as it is. */
const peers: Readonly<Record<Exclude<RealFormat, 'msg'>, Peers>> = {
  docx: { programs: ['pandoc'], from: 'docx', office: 'pages' },
  odt: { programs: ['pandoc'], from: 'odt', office: 'pages' },
  rtf: { programs: ['pandoc'], from: 'rtf', office: 'pages' },
  doc: { programs: ['antiword', 'catdoc'], office: 'pages' },
  xlsx: { programs: ['ssconvert'] },
  ods: { programs: ['ssconvert'] },
  xls: { programs: ['ssconvert', 'xls2csv'] },
  pptx: { programs: [], office: 'pages' },
  odp: { programs: [], office: 'pages' },
  ppt: { programs: ['catppt'], office: 'pages' },
  epub: { programs: ['pandoc'], from: 'epub' },
  html: { programs: ['w3m', 'pandoc'], from: 'html' },
  eml: { programs: ['python'] },
  mbox: { programs: ['python'] },
};

export function measureDocuments(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const real = realDocuments(plan.documents.perFormat, plan.say);
  const read: ReadFormat[] = [];
  for (const format of realFormats) read.push(await readReal(format, real[format], join(folder, format), plan));
  const written = writtenDocuments(join(folder, 'written'), plan.say);
  const readWritten = await readByDocket(
    written.map(({ path }) => path),
    join(folder, 'written texts'),
  );
  const files = read.reduce((sum, one) => sum + one.files.length, 0);
  const failed = read.flatMap(({ docket }) => docket.problems.filter((code) => code === 'unexpected'));
  return {
    title: 'Documents',
    method: [
      `${files} real documents of ${realFormats.length} formats, which those who make office programs, converters and mail programs test with (sources of Debian packages, at most ${plan.documents.perFormat} of a format, without those made to do harm). ${failed.length} of them ended in a fault of Docket's.`,
      'There is no truth about a real document, so other programs are the measure: recall is the share of the words that all of them give that Docket reads, precision the share of its words that any of them gives, order the share of the first one’s pairs of neighbouring words. Means over the files of which the programs agree on ten words; words are folded by NFKC and case, and marks such as [Header] are left out. Of workbooks, only words with a letter count: numbers and dates are written in another way on purpose.',
      `The programs: ${Object.entries(peers).map(peerWords).join('; ')}. timeOverPeer: median over the files of Docket’s time divided by the first program’s; Docket reads on its built thread, already started, and the programs are started for each file. memoryMb: the most that Docket’s process took for all files of a format, and the program for one of them.`,
      'known: the Universal Declaration of Human Rights in 22 languages in every format, written by LibreOffice (mails, pages and texts by a few lines of the benchmark), compared with the text itself.',
    ],
    metrics: [...read.flatMap(realMetrics), ...writtenMetrics(byFormat(written, readWritten.texts))],
  };
}

function peerWords([format, { programs, office }]: readonly [string, Peers]): string {
  return `${format} ${[...programs, ...(office === undefined ? [] : ['LibreOffice'])].join(', ')}`;
}

async function readReal(format: RealFormat, files: readonly string[], folder: string, plan: Plan): Promise<ReadFormat> {
  plan.say(`documents: ${files.length} real files of ${format}`);
  const docket = await readByDocket(files, join(folder, 'docket'));
  for (const [at, code] of docket.problems.entries())
    if (code === 'unexpected' || code === 'extract_memory' || code === 'extract_timeout')
      plan.say(`documents: ${basename(files[at] ?? '')}: ${code}`);
  if (format === 'msg') return { format, files, docket, peers: [] };
  const { programs, office, from = '' } = peers[format];
  const named = programs.map((name) => ({ name, texts: readByProgram(name, files, from) }));
  const byOffice = office === undefined ? [] : [{ name: 'LibreOffice', texts: readByOffice(files, office, folder) }];
  return { format, files, docket, peers: [...named, ...byOffice] };
}

async function readByDocket(files: readonly string[], folder: string): Promise<ReadFormat['docket']> {
  mkdirSync(folder, { recursive: true });
  const task: DocumentsTask = { files, folder };
  const report = await runChild<DocumentsReport>('./documents-child.ts', task);
  return { ...report, texts: files.map((_, at) => readFileSync(join(folder, `${at}.txt`), 'utf8')) };
}

function byFormat(written: readonly WrittenDocument[], texts: readonly string[]) {
  const formats = new Map<string, { readonly read: string; readonly text: string }[]>();
  for (const [at, { format, text }] of written.entries())
    formats.set(format, [...(formats.get(format) ?? []), { read: texts[at] ?? '', text }]);
  return formats;
}
