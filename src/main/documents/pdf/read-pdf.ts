import { getResolvedPDFJS } from 'unpdf';
import type { Places } from '../../../shared/places.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile } from '../file-problems.ts';
import { PLACE_MARK, partPlaces } from '../place-marks.ts';
import { readSigns } from '../symbol-fonts.ts';
import { type Annotation, filledIn, marksOn, type PageMarks } from './annotations.ts';
import { readCMap } from './cmaps.ts';
import { type Complaints, collectComplaints } from './complaints.ts';
import { type ContentItem, contentOf } from './content-items.ts';
import { type DamagedPage, damagedPages, leftOutWords } from './damaged-pages.ts';
import { wrongLetters } from './doubtful-letters.ts';
import { type DrawnPage, layOut } from './layout.ts';
import { joinParted } from './line-end-hyphens.ts';
import { boldFontsOf } from './line-looks.ts';
import { type NumberColumn, type NumberedPage, numberColumn, numberedPages } from './line-numbers.ts';
import { type ImagePage, isImagePage, isOnlyImages } from './page-images.ts';
import type { PageLine } from './page-line.ts';
import { pageTexts } from './page-texts.ts';
import { rulesOf } from './rules.ts';

type Pdfjs = Awaited<ReturnType<typeof getResolvedPDFJS>>;
export type PdfDocument = Awaited<ReturnType<Pdfjs['getDocument']>['promise']>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** Loads what reads PDFs. It is large: threads that read none do without. */
export async function loadPdfReader(): Promise<void> {
  await pdfjs();
}

/** @throws if pdf.js is not as set-up leaves it: without its additions, letters would be lost silently. */
async function pdfjs(): Promise<Pdfjs> {
  const loaded = await getResolvedPDFJS();
  Reflect.set(globalThis, 'readsTextAlone', true);
  const told: unknown = Reflect.get(globalThis, 'pdfjsLib');
  if (typeof told === 'object' && told !== null && 'tellsActualText' in told) return loaded;
  throw new Error('pdf.js is not changed for Docket: run `node scripts/setup.mjs`.');
}

export interface PdfText {
  readonly text: string;
  readonly places: Places;
  /** Pages without usable text, counted from 1, which an image may have instead. */
  readonly unread?: readonly number[];
  readonly notes: readonly ReadingNote[];
  /** Running heads, feet and page numbers that are left out because they stand on an earlier page, and numbers of lines. */
  readonly repeats: readonly string[];
}

/**
 * The text of a PDF page by page, each followed by its form values and typed notes. A page that cannot be read fails
 * the whole document: half a document must not pass for a whole one.
 */
export async function readPdf(bytes: Buffer, options: PdfOptions = {}): Promise<Result<PdfText, Problem>> {
  return await readingAlone(() => readAlone(bytes, options));
}

export interface PdfOptions {
  /** Damaged pages that the person chose to do without. */
  readonly withoutPages?: readonly number[];
  /** One without any text is read as one of pictures: letters may be drawn as lines. Otherwise it fails. */
  readonly wordless?: boolean;
  /** Files attached to it are read apart from it. */
  readonly apart?: boolean;
}

/** Waits for those that are read before. */
export async function readingAlone<T>(read: () => Promise<T>): Promise<T> {
  const done = reading.then(read);
  reading = done.catch(() => undefined);
  return await done;
}

/** A thread reads one PDF at a time, because pdf.js warnings do not say which document they are about. */
let reading: Promise<unknown> = Promise.resolve();

async function readAlone(
  bytes: Buffer,
  { withoutPages = [], apart = false, wordless = false }: PdfOptions,
): Promise<Result<PdfText, Problem>> {
  const holdsImages = bytes.includes('/Subtype /Image') || bytes.includes('/Subtype/Image');
  const complaints = collectComplaints();
  try {
    const document = await openPdf(bytes);
    try {
      const attached = (await document.getAttachments())?.size ?? 0;
      const elsewhere = whyElsewhere((await document.getMetadata()).info, attached);
      if (elsewhere !== null) return err(elsewhere);
      const read = await readPages(document, complaints, withoutPages);
      return read.ok ? await finished(read.value, { attached, apart, wordless, holdsImages, complaints }) : read;
    } finally {
      await document.loadingTask.destroy();
    }
  } catch (error) {
    return err(openingProblem(error));
  } finally {
    complaints.stop();
  }
}

/**
 * Opens a PDF with everything disabled that could load, run or draw something. Takes ownership of the bytes' memory.
 */
export async function openPdf(bytes: Buffer): Promise<PdfDocument> {
  const { getDocument, VerbosityLevel } = await pdfjs();
  return await getDocument({
    data: new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength),
    verbosity: VerbosityLevel.INFOS,
    // If true, text in a missing font would be lost; the other errors it stops at are caught as complaints.
    stopAtErrors: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    useWorkerFetch: false,
    enableXfa: false,
    BinaryDataFactory: BundledData,
  }).promise;
}

/** Serves the bundled character maps to pdf.js, and nothing else. */
class BundledData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl') throw new Error(`${filename} is not loaded.`);
    return await readCMap(filename.replace(/\.bcmap$/, ''));
  }
}

interface ReadPage extends ImagePage {
  readonly lines: readonly PageLine[];
  /** Of a page whose lines may be numbered in the margin. */
  readonly numbered: NumberedPage | null;
  /** What is filled in on it, a line each. */
  readonly filled: readonly string[];
  /** Glyphs whose font does not say which letters they draw; pdf.js gives them as control characters. */
  readonly missing: number;
  readonly marks: PageMarks;
  /** It is damaged, and the text is read without it. */
  readonly isLeftOut: boolean;
}

/** A damaged page does not keep the others from being read: the person is told of all that are damaged. */
async function readPages(
  document: PdfDocument,
  complaints: Complaints,
  withoutPages: readonly number[],
): Promise<Result<readonly ReadPage[], Problem>> {
  const read: ReadPage[] = [];
  const damaged: DamagedPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await wholePage(document, number, complaints);
    if (page.ok) read.push(page.value);
    else {
      damaged.push({ number, detail: page.error });
      read.push(leftOutPage);
    }
  }
  const mayBeLeftOut = damaged.length < read.length && damaged.every(({ number }) => withoutPages.includes(number));
  return damaged.length === 0 || mayBeLeftOut ? ok(read) : err(damagedPages(damaged, document.numPages));
}

const leftOutPage: ReadPage = {
  text: '',
  lines: [],
  numbered: null,
  filled: [],
  imageShare: 0,
  missing: 0,
  marks: { comments: 0, marked: 0, files: 0 },
  isLeftOut: true,
};

/** A page, or why it cannot be read in full. */
async function wholePage(
  document: PdfDocument,
  number: number,
  complaints: Complaints,
): Promise<Result<ReadPage, string>> {
  try {
    const page = await document.getPage(number);
    const read = await readPage(page);
    page.cleanup();
    const lost = complaints.take('text_lost');
    return lost === null ? ok(read) : err(lost);
  } catch (error) {
    complaints.take('text_lost');
    return err(String(error));
  }
}

async function readPage(page: PdfPage): Promise<ReadPage> {
  const { normalizeUnicode } = await pdfjs();
  const content = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
  const { runs, imageArea, paths } = contentOf(content.items as readonly ContentItem[]);
  const annotations: readonly Annotation[] = await page.getAnnotations();
  let missing = 0;
  const drawn = { runs, boldFonts: boldFontsOf(content.styles), rules: rulesOf(paths) };
  const lines: PageLine[] = [];
  for (const line of layOut(drawn)) {
    const printed = printedOf(line.text, normalizeUnicode);
    missing += printed.match(/[^\P{Cc}\n\t]/gu)?.length ?? 0;
    const text = shownOf(printed);
    if (text !== '') lines.push({ ...line, text });
  }
  const column = numberColumn(runs);
  const numbered = column === null ? null : { column, without: linesWithout(drawn, column, normalizeUnicode) };
  const filled = filledIn(annotations)
    .map(tidy)
    .filter((part) => part !== '');
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const area = (right - left) * (top - bottom);
  const text = [...lines.map((line) => line.text), ...filled].join('\n');
  const imageShare = area > 0 ? imageArea / area : 0;
  return { text, lines, numbered, filled, imageShare, missing, marks: marksOn(annotations), isLeftOut: false };
}

function linesWithout(
  drawn: DrawnPage,
  column: NumberColumn,
  normalizeUnicode: (text: string) => string,
): readonly PageLine[] {
  return layOut({ ...drawn, runs: drawn.runs.map((run) => (column.runs.has(run) ? { ...run, str: '' } : run)) })
    .map((line) => ({ ...line, text: shownOf(printedOf(line.text, normalizeUnicode)) }))
    .filter(({ text }) => text !== '');
}

function printedOf(text: string, normalizeUnicode: (text: string) => string): string {
  return isPlain(text) ? text : composed(normalizeUnicode(text));
}

function shownOf(printed: string): string {
  return isPlain(printed) ? printed.trim() : tidy(withGaps(printed));
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Letters and their marks as one. A mark drawn before the space to its letter is that letter's, where the line runs left. */
function composed(text: string): string {
  const letters = text.replace(/[\ufe80-\ufefc]+/g, (forms) => forms.normalize('NFKC'));
  return letters.replace(/(?<=[\p{Script=Hebrew}\p{Script=Arabic}])( +)(\p{Mn}+)/gu, '$2$1').normalize('NFC');
}

interface About {
  readonly attached: number;
  readonly apart: boolean;
  readonly wordless: boolean;
  readonly holdsImages: boolean;
  readonly complaints: Complaints;
}

async function finished(read: readonly ReadPage[], about: About): Promise<Result<PdfText, Problem>> {
  const printed = read
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
  const missing = read.reduce((total, page) => total + page.missing, 0);
  const unusable = whyUnusable(printed, missing, about.holdsImages);
  if (unusable === 'no_text' && !about.wordless)
    return err(problem('file_no_text', { what: 'pdf_pages', pages: read.length }));
  if (unusable !== null || isOnlyImages(read)) return ok(allUnread(read, pdfNotes(read, about)));
  const numbered = numberedPages(read.map((page) => page.numbered));
  const { texts, repeats } = pageTexts(
    read.map((page, at) => (numbered.has(at) ? (page.numbered?.without ?? page.lines) : page.lines)),
  );
  const signs = readSigns(withPageMarks(read.map((page, index) => textOfPage(page, index, texts[index]))), null);
  const { text, starts } = partPlaces(joinParted(signs.text));
  const unknown: readonly ReadingNote[] =
    signs.unknown === 0 ? [] : [{ code: 'signs_unknown', params: { count: signs.unknown } }];
  const notes = [
    ...pdfNotes(read, about),
    ...leftOutLines(repeats),
    ...leftOutNumbers(numbered.size, read.length),
    ...missingLetters(missing, text),
    ...(await wrongLetters(text)),
    ...unknown,
  ];
  const places: Places = { unit: 'page', starts, names: null };
  const isUnread = (page: ReadPage) => isImagePage(page) || (about.holdsImages && isEmpty(page));
  const unread = read.flatMap((page, index) => (isUnread(page) ? [index + 1] : []));
  const left = [...repeats.flat(), ...[...numbered].flatMap((at) => numbersOf(read[at]))];
  return ok({ text, places, notes, repeats: left, ...(unread.length === 0 ? {} : { unread }) });
}

function allUnread(read: readonly ReadPage[], notes: readonly ReadingNote[]): PdfText {
  const unread = read.flatMap(({ isLeftOut }, index) => (isLeftOut ? [] : [index + 1]));
  return { text: '', places: { unit: 'page', starts: read.map(() => 0), names: null }, unread, notes, repeats: [] };
}

function textOfPage({ filled, isLeftOut }: ReadPage, index: number, printed = ''): string {
  if (isLeftOut) return leftOutWords(index + 1);
  return [printed, ...filled].filter((part) => part !== '').join('\n');
}

function isEmpty({ text, isLeftOut }: ReadPage): boolean {
  return text === '' && !isLeftOut;
}

/** Pages with an empty line between those that have text. */
function withPageMarks(pages: readonly string[]): string {
  const first = pages.findIndex((page) => page !== '');
  return pages.map((page, at) => `${page !== '' && at > first ? '\n\n' : ''}${PLACE_MARK}${page}`).join('');
}

/** Notes on what is missing from the text or may differ on the page. */
function pdfNotes(
  read: readonly ReadPage[],
  { attached, apart, holdsImages, complaints }: About,
): readonly ReadingNote[] {
  const sum = (count: (marks: PageMarks) => number) => read.reduce((total, { marks }) => total + count(marks), 0);
  const files = attached + sum((marks) => marks.files);
  const comments = sum((marks) => marks.comments);
  const marked = sum((marks) => marks.marked);
  const notes = notesOn(read, holdsImages);
  if (files > 0 && !apart) notes.push({ code: 'files_attached', params: { count: files } });
  if (comments + marked > 0) notes.push({ code: 'pdf_marks', params: { comments, marked } });
  for (const code of ['letters_doubtful', 'file_repaired', 'form_not_read', 'marks_not_read'] as const) {
    if (complaints.first(code) !== null) notes.push({ code, params: {} });
  }
  return notes;
}

function leftOutLines(repeats: readonly (readonly string[])[]): readonly ReadingNote[] {
  const lines = repeats.flat().length;
  const pages = repeats.filter(({ length }) => length > 0).length;
  return lines === 0 ? [] : [{ code: 'running_lines_left_out', params: { lines, pages, of: repeats.length } }];
}

function numbersOf(page: ReadPage | undefined): readonly string[] {
  return [...(page?.numbered?.column.runs ?? [])].map(({ str }) => str);
}

function leftOutNumbers(pages: number, of: number): readonly ReadingNote[] {
  return pages === 0 ? [] : [{ code: 'line_numbers_left_out', params: { pages, of } }];
}

/** With a sign for the letters that are missing in the middle of a word, which would read like another word. */
function withGaps(printed: string): string {
  return printed.replace(/(?<=[\p{L}\p{M}])[^\P{Cc}\n\t]+(?=[\p{L}\p{M}])/gu, '\ufffd');
}

/** Removes control characters, and white space that was only positioning. */
function tidy(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\p{Cc}/gu, (control) => (control === '\n' || control === '\t' ? control : ''))
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Whether a PDF is a collection of files behind a cover page. @param info its metadata. */
export function isPortfolio(info: object): boolean {
  return Reflect.get(info, 'IsCollectionPresent') === true;
}

/** Why the pages are only a cover around the real document; `null` if they are the document. */
function whyElsewhere(info: object, attached: number): Problem | null {
  const is = (name: string) => Reflect.get(info, name) === true;
  if (is('IsXFAPresent') && !is('IsAcroFormPresent')) {
    return problem('file_unsupported', { what: 'xfa_form' });
  }
  if (!isPortfolio(info) || attached === 0) return null;
  return problem('file_unsupported', { what: 'portfolio', files: attached });
}

/** Why its pages have to be looked at to be read, or are empty; null if their text is of use. */
function whyUnusable(text: string, missing: number, holdsImages: boolean): 'no_text' | 'images' | 'fonts' | null {
  if (text === '' && missing === 0) return holdsImages ? 'images' : 'no_text';
  const unmapped = missing + (text.match(/\ufffd(?:(?![\p{L}\p{M}])|(?<![\p{L}\p{M}]\ufffd))|\p{Co}/gu)?.length ?? 0);
  return unmapped <= (text.length + missing) * 0.3 ? null : 'fonts';
}

/** A stray glyph or two stands for a tab or the end of a cell; fonts without letters lack whole words. */
const LEAST_MISSING = 5;
const LEAST_MISSING_SHARE = 0.001;

function missingLetters(count: number, text: string): readonly ReadingNote[] {
  const isTold = count >= LEAST_MISSING && count >= text.length * LEAST_MISSING_SHARE;
  return isTold ? [{ code: 'letters_missing', params: { count } }] : [];
}

function notesOn(read: readonly ReadPage[], holdsImages: boolean): ReadingNote[] {
  const numbersOf = (is: (page: ReadPage) => boolean) => read.flatMap((page, at) => (is(page) ? [at + 1] : []));
  const empty = numbersOf(isEmpty);
  const leftOut = numbersOf(({ isLeftOut }) => isLeftOut);
  const images = numbersOf(isImagePage);
  const notes: ReadingNote[] = [];
  if (leftOut.length > 0) notes.push({ code: 'pages_missing', params: { pages: leftOut, of: read.length } });
  if (empty.length > 0 && holdsImages) {
    notes.push({ code: 'pages_without_text', params: { pages: empty, of: read.length } });
  }
  if (images.length > 0) notes.push({ code: 'pages_as_images', params: { pages: images, of: read.length } });
  return notes;
}

function openingProblem(error: unknown): Problem {
  if (error instanceof Error && error.name === 'PasswordException') {
    return problem('file_encrypted', { format: 'pdf' });
  }
  return damagedFile({ what: 'pdf' }, String(error));
}
