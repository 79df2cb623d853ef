/** How much of real and of known documents of every format is read, in which order, and how fast, beside other programs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runChild } from './child.ts';
import {
  type Compared,
  comparedReadings,
  countedWords,
  documentMetrics,
  LEAST_WORDS,
  type ReadFiles,
} from './document-metrics.ts';
import { type DocumentFormat, partsOf, peers, readByPeers } from './document-peers.ts';
import type { DocumentsReport, DocumentsTask } from './documents-child.ts';
import { DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { realDocuments, realFormats } from './real-documents.ts';
import { inTempFolder } from './temp-folder.ts';
import { writtenDocuments } from './written-documents.ts';

/** A part for each format, so that one can be measured alone and a finished one is kept. */
export const documentParts: Readonly<Record<string, (plan: Plan) => Promise<Section>>> = Object.fromEntries(
  ([...realFormats, 'txt'] as const).map((format) => [
    `documents.${format}`,
    (plan: Plan) => inTempFolder((folder) => measureFormat(format, plan, folder)),
  ]),
);

/** Files whose reading is timed. */
const TIMED = 25;
/** So many of the files that were read worst are named. */
const NAMED = 5;

async function measureFormat(format: DocumentFormat, plan: Plan, folder: string): Promise<Section> {
  const files = format === 'txt' ? [] : realDocuments(format, plan.documents.perFormat, haveWords(format), plan.say);
  const written = writtenDocuments(format, join(folder, 'written'));
  const read = async (name: string, paths: readonly string[], timed: number): Promise<ReadFiles> => {
    plan.say(`documents: ${paths.length} ${name} files of ${format}`);
    const docket = await readByDocket(paths, join(folder, `${name} read`));
    const others = await readByPeers(format, paths, timed, join(folder, `${name} peers`));
    return { format, files: paths, docket, peers: others, parts: partsOf(format, paths) };
  };
  const real = await read('real', files, TIMED);
  const known = await read(
    'known',
    written.map(({ path }) => path),
    0,
  );
  const compared = comparedReadings(real);
  tellWorst(compared.get(DOCKET) ?? [], files, plan);
  if (plan.documents.keep !== null) keepTexts(real, compared.get(DOCKET) ?? [], join(plan.documents.keep, format));
  return {
    title: 'Documents',
    method: [...method, formatWords(real, compared.get(DOCKET)?.length ?? 0)],
    metrics: documentMetrics(real, compared, { ...known, known: written.map(({ text }) => text) }),
  };
}

/** Of files without XML it is known only once they are read. */
const haveWords = (format: DocumentFormat) => (paths: readonly string[]) =>
  partsOf(format, paths).map((parts) => parts === null || countedWords(parts.text, format).length >= LEAST_WORDS);

const method = [
  'Real documents, which those who make office programs, converters and mail programs test with (sources of Debian packages and books in them), in turns from each package, without those made to do harm.',
  'There is no truth about a real document, so other programs are the measure: recall is the share of the words that all of the others give that a program reads, precision the share of its words that any of the others gives, order the share of the pairs of neighbouring words of the first other program. Where there are two other programs, each is measured in the same way by Docket and the rest. Means over the files of which the others agree on ten words; words are folded by NFKC and case, without soft hyphens, and marks of Docket such as [Header] are left out. Of workbooks and presentations, only words that begin with a letter count: numbers, dates, errors of formulas and the labels of charts are written in another way on purpose, and some programs calculate anew; of mails, their dates do not count. Where a format has XML or bytes that words can be taken from (all but pages and mails), those words are one of the others: what a program only draws is not missed, what no program shows but the file has is not held against one. Formats of numbers and references to cells are no words; what slides repeat (footers, what layouts and masters print) counts once, and their numbers, dates that change by themselves and prompts do not. Names, addresses, alternative texts of pictures and what a file keeps of earlier saves are neither missed nor held against a program.',
  'Mails: one that has its text twice, plain and as a page, is read twice by the same library, once by either (a page by w3m, without what stands for its pictures): a word that only one of them has, such as the addresses of links, is neither missed nor held against a program; a text with less than half of the other one’s words only says that there is another one, and does not count. Names of attached files are words, those of pictures in the text are not; of what is attached, mails and texts are compared with the mail, and documents of other formats are left out on both sides, as each of them is measured by itself. A mail that the library itself reports as broken (parts that never begin, headers that do not end) is not compared: it counts as not read by it.',
  'timeOverPeer: median over 25 files of Docket’s time divided by the first program’s, each with the machine to itself; Docket reads on its built thread, already started, and the programs are started for each file (LibreOffice and Chromium for all 25). memoryMb: the most that Docket’s process took for all files of a format, and the program for one of them. LibreOffice is read by way of a PDF and pdftotext; of Chromium, the text that is seen of a page, without a network, is taken. A program is given up on after 30 s or with 4 GB.',
  'known: the Universal Declaration of Human Rights in 22 languages, written by LibreOffice (mails, pages and texts by a few lines of the benchmark), compared with the text itself.',
];

function formatWords({ format, files, docket, peers: read }: ReadFiles, compared: number): string {
  if (files.length === 0) return `${format}: known texts only.`;
  const failed = read.map(({ name, texts }) => `${name} ${texts.filter((text) => text === null).length}`);
  const codes = docket.problems.filter((code) => code !== null);
  const reasons = [...new Set(codes)].map((code) => `${code} ${codes.filter((each) => each === code).length}`);
  return (
    `${format}: ${files.length} files, ${compared} of them compared with ${peers[format].join(', ')}. ` +
    `Not read: ${[`Docket ${codes.length}${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`, ...failed].join('; ')}.`
  );
}

function tellWorst(compared: readonly Compared[], files: readonly string[], plan: Plan): void {
  for (const measure of ['recall', 'precision'] as const) {
    const worst = compared.toSorted((one, other) => one[measure] - other[measure]).slice(0, NAMED);
    for (const { at, [measure]: value } of worst)
      plan.say(`documents: ${measure} ${value.toFixed(4)} of ${basename(files[at] ?? '')}`);
  }
}

/** For whoever looks into differences: what each program read of each file, and a list of the measures. */
function keepTexts({ files, docket, peers: read }: ReadFiles, compared: readonly Compared[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [at, text] of docket.texts.entries()) {
    writeFileSync(join(folder, `${at}.${DOCKET}.txt`), text);
    for (const { name, texts } of read) writeFileSync(join(folder, `${at}.${name}.txt`), texts[at]?.text ?? '');
  }
  const measures = new Map(compared.map((file) => [file.at, file]));
  const list = files.map((path, at) => ({ path, problem: docket.problems[at], ...measures.get(at), at }));
  writeFileSync(join(folder, 'files.json'), JSON.stringify(list, null, 1));
}

async function readByDocket(files: readonly string[], folder: string): Promise<ReadFiles['docket']> {
  mkdirSync(folder, { recursive: true });
  if (files.length === 0) return { ms: [], problems: [], peakMb: 0, texts: [] };
  const task: DocumentsTask = { files, folder };
  const report = await runChild<DocumentsReport>('./documents-child.ts', task);
  return { ...report, texts: files.map((_, at) => readFileSync(join(folder, `${at}.txt`), 'utf8')) };
}
