/** How much of real and of known PDFs is read, in which order, and how fast, beside pdftotext, MuPDF and pdf.js by itself. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runChild } from './child.ts';
import { createSeries, DOCKET, type Metric, type Section, type Series } from './metric.ts';
import type { Plan } from './plan.ts';
import type { ReadingReport, ReadingTask } from './reading-child.ts';
import { realPdfs } from './real-pdfs.ts';
import { inTempFolder } from './temp-folder.ts';
import { compareWords, type WordMeasures, wordsInBoth } from './word-measures.ts';
import { type WrittenPdf, writtenPdfs } from './written-pdfs.ts';

const POPPLER = 'pdftotext';
const MUPDF = 'MuPDF';
const PDFJS = 'pdf.js alone';
const contenders = { [DOCKET]: 'docket', [POPPLER]: 'pdftotext', [MUPDF]: 'mutool', [PDFJS]: 'pdfjs' } as const;
type Contender = keyof typeof contenders;

/** With fewer characters in the reference, one word would weigh as much as a book. */
const LEAST_CHARACTERS = 200;
/** If another reader finds fewer of its words, pdftotext gives what is not on the page, or no letters. */
const LEAST_AGREED = 0.5;

interface ReadFile {
  readonly text: string;
  /** Lines that Docket read and left out, as they stand on an earlier page: running heads, page numbers. */
  readonly repeats: string;
  readonly ms: number | null;
}

type ReadFiles = Readonly<Record<Contender, readonly ReadFile[]>>;

export function measurePdf(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const real = realPdfs(join(folder, 'real'), plan.pdf.perPackage);
  const written = writtenPdfs(join(folder, 'written'));
  const readReal = await readAll(real, join(folder, 'real texts'), plan);
  const readWritten = await readAll(
    written.map(({ path }) => path),
    join(folder, 'written texts'),
    plan,
  );
  const compared = real.flatMap((path, at) => comparedReal(path, at, readReal, plan));
  const known = written.map((file, at) => comparedWritten(file, at, readWritten, plan));
  return {
    title: 'PDF',
    method: [
      `${compared.length} PDFs of ${real.length} from Debian's packages, by as many writers as were found, at most ${plan.pdf.perPackage} of each package: those that all four read and of which pdftotext gives at least ${LEAST_CHARACTERS} characters, half of whose words MuPDF finds, too. recall: share of pdftotext's words that were read; precision: share of the words read that are pdftotext's; order: share of pdftotext's pairs of neighbouring words that are neighbours. Means over files; words are folded by NFKC and case. agreed: share of the words on which pdftotext and MuPDF agree. Docket keeps a running head, a running foot and page numbers once; the others repeat them on each page. What it leaves out so counts as read, from its own list of these lines, behind its text.`,
      'Some of what is counted as lost is no word on the page: pdftotext reads the angle brackets of TeX’s fonts as h and i, drops ligatures of some fonts (“nitions” for “definitions”), parts Polish letters from accents drawn apart, and joins every compound at a line end (“attributeset”). Or it is written in another way: exponents over an index, the logo of TeX. All three are measured so.',
      'overPeer: median over the files of the time divided by pdftotext’s. Docket reads on its built thread, already started, and pdftotext is started for each file.',
      `known: the Universal Declaration of Human Rights in 22 languages, each written by LibreOffice and by Chromium: ${known.length} PDFs, compared with the text itself. lowest: the language that is read worst, by the mean of its writers.`,
    ],
    metrics: [...realMetrics(compared), ...knownMetrics(written, known)],
  };
}

async function readAll(files: readonly string[], folder: string, plan: Plan): Promise<ReadFiles> {
  const read = async (name: Contender): Promise<readonly ReadFile[]> => {
    const texts = join(folder, contenders[name]);
    mkdirSync(texts, { recursive: true });
    plan.say(`pdf: ${files.length} files, ${name}`);
    const task: ReadingTask = { contender: contenders[name], files, folder: texts };
    const times = await runChild<ReadingReport>('./reading-child.ts', task);
    const textAt = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    return times.map((ms, at) => ({
      ms,
      text: textAt(join(texts, `${at}.txt`)),
      repeats: textAt(join(texts, `${at}.repeats.txt`)),
    }));
  };
  return {
    [DOCKET]: await read(DOCKET),
    [POPPLER]: await read(POPPLER),
    [MUPDF]: await read(MUPDF),
    [PDFJS]: await read(PDFJS),
  };
}

interface RealMeasures extends WordMeasures {
  readonly agreed: number;
  readonly overPeer: number;
}

type Compared = Readonly<Partial<Record<Contender, RealMeasures>>>;

function comparedReal(path: string, at: number, read: ReadFiles, plan: Plan): readonly Compared[] {
  const peer = read[POPPLER][at];
  if (peer === undefined || peer.ms === null || peer.text.length < LEAST_CHARACTERS) return [];
  const agreed = wordsInBoth(peer.text, read[MUPDF][at]?.text ?? '');
  if (compareWords(agreed, peer.text).recall < LEAST_AGREED) {
    plan.say(`pdf: ${basename(path)} is not compared: pdftotext and MuPDF read different words`);
    return [];
  }
  const compared: Partial<Record<Contender, RealMeasures>> = {};
  for (const name of [DOCKET, MUPDF, PDFJS] as const) {
    const own = read[name][at];
    if (own === undefined || own.ms === null) {
      plan.say(`pdf: ${basename(path)} was not read by ${name}`);
      return [];
    }
    const text = `${own.text}\n${own.repeats}`;
    const measures = compareWords(text, peer.text);
    compared[name] = { ...measures, agreed: compareWords(text, agreed).recall, overPeer: own.ms / peer.ms };
  }
  const recall = compared[DOCKET]?.recall ?? 0;
  if (recall < 0.95) plan.say(`pdf: ${basename(path)}: recall ${recall.toFixed(3)}`);
  return [compared];
}

type ComparedKnown = Readonly<Record<Contender, WordMeasures>>;

function comparedWritten(file: WrittenPdf, at: number, read: ReadFiles, plan: Plan): ComparedKnown {
  const compare = (name: Contender) => compareWords(read[name][at]?.text ?? '', file.text);
  const compared = {
    [DOCKET]: compare(DOCKET),
    [POPPLER]: compare(POPPLER),
    [MUPDF]: compare(MUPDF),
    [PDFJS]: compare(PDFJS),
  };
  const recalls = Object.entries(compared).map(([name, { recall }]) => `${name} ${recall.toFixed(3)}`);
  plan.say(`pdf: ${file.writer}, ${file.language}: recall ${recalls.join(', ')}`);
  return compared;
}

const higher = { unit: '', better: 'higher', digits: 4 } as const;

function realMetrics(compared: readonly Compared[]): readonly Metric[] {
  const values = (measure: keyof RealMeasures, names: readonly Contender[] = [DOCKET, MUPDF, PDFJS]) =>
    seriesOf(names, (name) => compared.map((file) => file[name]?.[measure] ?? 0));
  return [
    { name: 'extract.recall.pdf', ...higher, series: meansOf(values('recall')), aim: atLeast(0.992) },
    { name: 'extract.precision.pdf', ...higher, series: meansOf(values('precision')), aim: atLeast(0.991) },
    { name: 'extract.order.pdf', ...higher, series: meansOf(values('order')) },
    { name: 'extract.recall.pdf.agreed', ...higher, series: meansOf(values('agreed', [DOCKET, PDFJS])) },
    {
      name: 'extract.timeOverPeer.pdf',
      unit: '',
      better: 'lower',
      digits: 2,
      series: values('overPeer'),
      aim: { text: '≤ 1.5', met: (medians) => (medians[DOCKET] ?? Number.NaN) <= 1.5 },
    },
  ];
}

function knownMetrics(written: readonly WrittenPdf[], known: readonly ComparedKnown[]): readonly Metric[] {
  const all = [DOCKET, POPPLER, MUPDF, PDFJS] as const;
  const languages = [...new Set(written.map(({ language }) => language))];
  const ofLanguage = (language: string, name: Contender) =>
    mean(known.filter((_, at) => written[at]?.language === language).map((file) => file[name].recall));
  const means = (measure: keyof WordMeasures) =>
    seriesOf(all, (name) => [mean(known.map((file) => file[name][measure]))]);
  return [
    { name: 'extract.recall.pdf.known', ...higher, series: means('recall'), aim: atLeast(0.985) },
    { name: 'extract.precision.pdf.known', ...higher, series: means('precision') },
    { name: 'extract.order.pdf.known', ...higher, series: means('order') },
    {
      name: 'extract.recall.pdf.known.lowest',
      ...higher,
      series: seriesOf(all, (name) => [Math.min(...languages.map((language) => ofLanguage(language, name)))]),
      aim: atLeast(0.95),
    },
  ];
}

function atLeast(limit: number): NonNullable<Metric['aim']> {
  return { text: `≥ ${limit}`, met: (medians) => (medians[DOCKET] ?? Number.NaN) >= limit };
}

function seriesOf(names: readonly Contender[], valuesOf: (name: Contender) => readonly number[]): Series {
  const series = createSeries();
  for (const name of names) for (const value of valuesOf(name)) series.add(name, value);
  return series.values;
}

function meansOf(series: Series): Series {
  return Object.fromEntries(Object.entries(series).map(([name, values]) => [name, [mean(values)]]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
