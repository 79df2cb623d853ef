import { getResolvedPDFJS } from 'unpdf';
import { type Problem, problem } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readCMap } from './cmaps.ts';
import { damagedFile } from './file-problems.ts';
import { layOut } from './pdf-layout.ts';

type Pdfjs = Awaited<ReturnType<typeof getResolvedPDFJS>>;
type PdfDocument = Awaited<ReturnType<Pdfjs['getDocument']>['promise']>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

export interface PdfText {
  readonly text: string;
  readonly pages: number;
  readonly notes: readonly ReadingNote[];
}

/**
 * The text of a PDF, page after page, with the values of its form fields and typed notes after each page's text.
 * A page that cannot be read fails the whole document: half a document must not pass for one.
 */
export async function readPdf(bytes: Buffer): Promise<Result<PdfText, Problem>> {
  const text = reading.then(() => readAlone(bytes));
  reading = text.catch(() => undefined);
  return await text;
}

/** One PDF at a time is read in a thread, because its parser's complaints do not say whom they are about. */
let reading: Promise<unknown> = Promise.resolve();

async function readAlone(bytes: Buffer): Promise<Result<PdfText, Problem>> {
  const holdsImages = bytes.includes('/Subtype /Image') || bytes.includes('/Subtype/Image');
  const complaints = collectComplaints();
  try {
    const document = await openPdf(bytes);
    try {
      const attached = (await document.getAttachments())?.size ?? 0;
      const elsewhere = whyElsewhere((await document.getMetadata()).info, attached);
      if (elsewhere !== null) return err(elsewhere);
      const read = await readPages(document, holdsImages, complaints.lostText);
      return read.ok ? ok({ ...read.value, notes: [...read.value.notes, ...noteOnAttached(attached)] }) : read;
    } finally {
      await document.loadingTask.destroy();
    }
  } catch (error) {
    return err(openingProblem(error));
  } finally {
    complaints.stop();
  }
}

/** Opens with everything off that could load, run or draw something. Takes over the bytes' memory. */
async function openPdf(bytes: Buffer): Promise<PdfDocument> {
  const pdfjs = await getResolvedPDFJS();
  return await pdfjs.getDocument({
    data: new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength),
    verbosity: pdfjs.VerbosityLevel.INFOS,
    stopAtErrors: true,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    useWorkerFetch: false,
    enableXfa: false,
    BinaryDataFactory: BundledData,
  }).promise;
}

/** Answers what pdf.js asks for while it reads: character maps from the bundle, nothing else from anywhere. */
class BundledData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl') throw new Error(`${filename} is not loaded.`);
    return await readCMap(filename.replace(/\.bcmap$/, ''));
  }
}

async function readPages(
  document: PdfDocument,
  holdsImages: boolean,
  lostText: () => string | null,
): Promise<Result<PdfText, Problem>> {
  const pages = document.numPages;
  const texts: string[] = [];
  for (let number = 1; number <= pages; number += 1) {
    try {
      const page = await document.getPage(number);
      texts.push(await readPage(page));
      page.cleanup();
    } catch (error) {
      return err(damagedPage(number, pages, String(error)));
    }
    const lost = lostText();
    if (lost !== null) return err(damagedPage(number, pages, lost));
  }
  const text = texts.filter((page) => page !== '').join('\n\n');
  const unusable = unusableText(text, pages, holdsImages);
  return unusable === null ? ok({ text, pages, notes: notesOn(texts, holdsImages) }) : err(unusable);
}

async function readPage(page: PdfPage): Promise<string> {
  const content = await page.getTextContent();
  const printed = layOut(content.items.filter((item) => 'str' in item));
  const filledIn = (await page.getAnnotations()).map(annotationText);
  return [printed, ...filledIn]
    .map(tidy)
    .filter((part) => part !== '')
    .join('\n');
}

interface Annotation {
  readonly subtype?: string;
  readonly fieldType?: string;
  readonly fieldName?: string;
  readonly alternativeText?: string;
  readonly fieldValue?: unknown;
  readonly contentsObj?: { readonly str?: string };
}

/** What someone typed into or onto the page; it is not in the page's own text. */
function annotationText(annotation: Annotation): string {
  if (annotation.subtype === 'FreeText') return annotation.contentsObj?.str ?? '';
  if (annotation.fieldType !== 'Tx' && annotation.fieldType !== 'Ch') return '';
  const values = [annotation.fieldValue].flat().filter((value) => typeof value === 'string' && value !== '');
  if (values.length === 0) return '';
  return `${annotation.alternativeText || annotation.fieldName || 'Field'}: ${values.join(', ')}`;
}

/** Takes out what is no character, and white space that only stood for a place on the page. */
function tidy(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\p{Cc}/gu, (control) => (control === '\n' || control === '\t' ? control : ''))
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Why the pages are not the document, only a cover around it; `null` when they are. */
function whyElsewhere(info: object, attached: number): Problem | null {
  const is = (name: string) => Reflect.get(info, name) === true;
  if (is('IsXFAPresent') && !is('IsAcroFormPresent')) {
    return problem('file_unsupported', { what: 'xfa_form' });
  }
  if (!is('IsCollectionPresent') || attached === 0) return null;
  return problem('file_unsupported', { what: 'portfolio', files: attached });
}

function noteOnAttached(count: number): ReadingNote[] {
  return count === 0 ? [] : [{ code: 'files_attached', params: { count } }];
}

function unusableText(text: string, pages: number, holdsImages: boolean): Problem | null {
  if (text === '') return problem('file_no_text', { what: holdsImages ? 'pdf_images' : 'pdf_pages', pages });
  const unmapped = text.match(/[\p{Co}\ufffd]/gu)?.length ?? 0;
  if (unmapped <= text.length * 0.3) return null;
  return problem('file_no_text', { what: 'pdf_fonts' });
}

function notesOn(texts: readonly string[], holdsImages: boolean): ReadingNote[] {
  const empty = texts.flatMap((text, index) => (text === '' ? [index + 1] : []));
  if (empty.length === 0 || !holdsImages) return [];
  return [{ code: 'pages_without_text', params: { pages: empty, of: texts.length } }];
}

function openingProblem(error: unknown): Problem {
  if (error instanceof Error && error.name === 'PasswordException') {
    return problem('file_encrypted', { format: 'pdf' });
  }
  return damagedFile({ what: 'pdf' }, String(error));
}

function damagedPage(number: number, pages: number, detail: string): Problem {
  return damagedFile({ what: 'pdf_page', page: number, pages }, detail);
}

/**
 * pdf.js repairs what it can and tells only the console when a compressed stream broke off. Listening there is the
 * one way to learn that text was lost. Nothing reaches the real console meanwhile.
 */
function collectComplaints() {
  const original = { info: console.info, warn: console.warn, log: console.log };
  let lost: string | null = null;
  const listen = (message: unknown): void => {
    if (lost === null && /in flate stream|in LZW stream|in ASCII85 stream/i.test(String(message))) {
      lost = String(message);
    }
  };
  Object.assign(console, { info: listen, warn: listen, log: listen });
  return { lostText: () => lost, stop: () => Object.assign(console, original) };
}
