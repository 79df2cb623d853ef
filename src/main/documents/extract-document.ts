import { createHash } from 'node:crypto';
import type { Inside } from '../../shared/inside.ts';
import type { Places } from '../../shared/places.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { ReadingNote, ReadingNoteCode } from '../../shared/reading-note.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import { readCompound } from './compound/read-compound.ts';
import { type LocatedFiles, readLocated } from './containers/located.ts';
import { type Located, nameOf } from './containers/location.ts';
import { openContainer, openedKinds } from './containers/open-container.ts';
import { sourceOfBytes } from './containers/source.ts';
import type { Content, ReadInner } from './content.ts';
import { createEmbeddedPictures, picturedBy } from './drawings/embedded-pictures.ts';
import { hasWords, type Picture, partPictures, withPicturesNotRead } from './drawings/pictures.ts';
import { damagedFile, extensionOf, tooDeep } from './file-problems.ts';
import { type DocumentFormat, textFormatOf } from './format.ts';
import { htmlToText } from './html/html-to-text.ts';
import { pictureInAddress, shownSize } from './html/images.ts';
import { furtherImages } from './images/further-images.ts';
import { type ImageFormat, isImageFormat, readImagePages } from './images/image-pages.ts';
import type { ExtractLimits } from './limits.ts';
import { isMail } from './mail/is-mail.ts';
import { isMailbox } from './mail/mailbox.ts';
import { readMail, readMailbox } from './mail/read-mail.ts';
import { isFlatOdf, readFlatOdf } from './odf/read-odf.ts';
import { readPdf } from './pdf/read-pdf.ts';
import { markPlaces, partPlaces } from './place-marks.ts';
import { readZip } from './read-zip.ts';
import { isRtf, readRtf } from './rtf/read-rtf.ts';
import {
  certainSignature,
  holdsPdfHeader,
  isCompoundFile,
  isPdf,
  isPdfBehindLines,
  isZip,
  likelySignature,
  type Signature,
} from './signature.ts';
import { type DecodedText, decodeText } from './text/decode-text.ts';
import { textlessDocument } from './textless-document.ts';
import { type VisibleText, visibleText } from './visible-text.ts';

/**
 * The full text of one file, apart from its unread pages. Nothing is ever truncated: a file that cannot be read in full
 * is a `Problem`.
 */
export interface ExtractedDocument extends Omit<Content, 'pictured'> {
  /** Pictures in it whose words are to be recognised; absent without any. */
  readonly pictures?: UnreadPictures;
  /** Length of the text, in UTF-16 code units. */
  readonly characters: number;
  /** Estimated number of tokens. */
  readonly tokens: number;
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

/** Pictures in a document, and where they are: parts of the package, or in the file itself. */
export interface UnreadPictures {
  readonly in: 'package' | 'file';
  readonly all: readonly Picture[];
}

/** The problem of a file that decodes to no text. */
function textless(format: DocumentFormat, bytes: number): Problem {
  return format === 'html'
    ? problem('file_no_text', { what: 'html' })
    : problem('file_empty', { what: bytes === 0 ? 'no_bytes' : 'white_space' });
}

export interface DocumentRequest {
  /** Where it lies in the file at the path; in none by default. */
  readonly inside?: Inside;
  /** Files and folders that the file at the path must lie in, whatever links lead to it; anywhere by default. */
  readonly roots?: readonly string[] | null;
  /** Documents in it are read apart, and left out of its text. */
  readonly apart?: boolean;
  /** Damaged pages that a PDF is read without; none by default. */
  readonly withoutPages?: readonly number[];
  /** A PDF without any text is read as one of pictures; otherwise it fails. */
  readonly wordless?: boolean;
  /** Receives the file's size in bytes before its content is processed. */
  readonly onSize?: (bytes: number) => void;
  /** What it is read from; keeps containers open from one to the next. */
  readonly files?: LocatedFiles;
}

/**
 * Reads one file and extracts its text. The content decides the format, not the name. Expected failures are problems
 * with the codes `file_*`; only bugs throw. A hostile file can take a lot of time and memory: call this on a thread
 * that can be killed.
 */
export async function extractDocument(
  path: string,
  limits: ExtractLimits,
  {
    inside = [],
    roots = null,
    apart = false,
    withoutPages = [],
    wordless = false,
    onSize,
    files,
  }: DocumentRequest = {},
): Promise<Result<ExtractedDocument, Problem>> {
  const located = { path, inside, roots };
  const file = await (files === undefined ? readLocated(located, limits) : files.read(located));
  if (!file.ok) return file;
  const bytes = file.value.length;
  onSize?.(bytes);
  const sha256 = createHash('sha256').update(file.value).digest('hex');
  const content = await readContent(file.value, nameOf(located), limits, {
    depth: 0,
    containers: inside.length,
    apart,
    withoutPages,
    wordless,
  });
  if (!content.ok) return content;
  const { text, places, pictures: all, notes: unseen } = withPlaces(content.value);
  if (content.value.unread === undefined && !/[^\s\p{Cf}]/u.test(text))
    return err(textless(content.value.format, bytes));
  const { pictured, ...document } = content.value;
  const isApart = apart ? await areApart(document.notes, file.value, nameOf(located), limits) : null;
  const notes = [...document.notes.filter(({ code }) => code !== isApart), ...unseen, ...signatureNotes(located)];
  const measured = { characters: text.length, tokens: estimateTokens(text), bytes, sha256 };
  const pictures: UnreadPictures = { in: pictured === 'package' ? 'package' : 'file', all };
  return ok({ ...document, text, places, notes, ...measured, ...(all.length === 0 ? {} : { pictures }) });
}

/** The note on objects if they are files of their own in this file; null if no note says that there are any, or none can be told apart. */
async function areApart(
  notes: readonly ReadingNote[],
  bytes: Buffer,
  name: string,
  limits: ExtractLimits,
): Promise<ReadingNoteCode | null> {
  if (!notes.some(({ code }) => code === 'objects_not_read')) return null;
  const opened = await openContainer(sourceOfBytes(bytes), name, limits);
  return opened.ok && (opened.value?.members.length ?? 0) > 0 ? 'objects_not_read' : null;
}

/** Of a file that a signature encloses. */
function signatureNotes({ path, inside }: Pick<Located, 'path' | 'inside'>): readonly ReadingNote[] {
  const isEnclosed = inside.length > 0 && /\.p7[ms]?$/i.test(nameOf({ path, inside: inside.slice(0, -1) }));
  return isEnclosed ? [{ code: 'signatures_not_checked', params: { count: 1 } }] : [];
}

/** The pictures that lie in a mail or page itself and are marked in its text, by the SHA-256 of their bytes. */
export async function picturesInFile(
  bytes: Buffer,
  name: string,
  limits: ExtractLimits,
): Promise<ReadonlyMap<string, Buffer>> {
  const how = { depth: 0, containers: 0, apart: true, withoutPages: [], wordless: false };
  const content = await readContent(bytes, name, limits, how);
  const pictured = content.ok ? content.value.pictured : undefined;
  return pictured === undefined || pictured === 'package' ? new Map() : pictured;
}

/** What is visible of a text, and where its places and pictures then are. */
function withPlaces({
  text,
  places,
  pictured,
}: Content): VisibleText & Pick<Content, 'places'> & { readonly pictures: readonly Picture[] } {
  const { text: marked, notes } = visibleText(places === null ? text : markPlaces(text, places.starts));
  const placed = places === null ? { text: marked, starts: [] } : partPlaces(marked);
  const { text: seen, pictures, starts } = partPictures(placed.text, pictured, placed.starts);
  return { text: seen, places: places === null ? null : { ...places, starts }, pictures, notes };
}

interface How {
  /** How many documents it lies in that it is read with. */
  readonly depth: number;
  /** How many containers it was taken out of. */
  readonly containers: number;
  /** Documents in it are left out. */
  readonly apart: boolean;
  /** Damaged pages that it is read without. */
  readonly withoutPages: readonly number[];
  readonly wordless: boolean;
  /** How many Word documents it is a part of. */
  readonly chunks?: number;
}

/** A document that is merged into others, which are merged, goes no deeper. */
const MOST_CHUNKS = 2;

async function readContent(
  bytes: Buffer,
  path: string,
  limits: ExtractLimits,
  how: How,
): Promise<Result<Content, Problem>> {
  const { depth, containers, apart } = how;
  const foreign = (signature: Signature) =>
    foreignProblem(signature, path, containers < limits.maxContainers ? null : limits.maxContainers);
  const inner = apart ? null : readInner(limits, { ...how, depth: depth + 1, withoutPages: [], wordless: false });
  if (isPdf(bytes)) return await readPdfContent(bytes, how);
  if (isZip(bytes)) return await readZip(bytes, limits, foreign, readChunk(limits, how));
  if (isCompoundFile(bytes)) return await readCompound(bytes, foreign, inner);
  if (isRtf(bytes)) return rtfContent(bytes);
  if (isMailbox(bytes)) return await readMailbox(bytes, inner);
  if (isMail(bytes, path)) return await readMail(bytes, inner);
  if (isFlatOdf(bytes)) return await readFlatOdf(bytes);
  const certain = certainSignature(bytes);
  if (certain !== null) return foreignContent(certain, bytes, foreign);
  if (isPdfBehindLines(bytes)) return await readPdfContent(bytes, how);
  // Archives of text files look like text apart from their NULs.
  if (bytes.subarray(0, 4_096).includes(0) && likelySignature(bytes) !== null)
    return binaryContent(bytes, path, foreign);
  const decoded = decodeText(bytes);
  if (decoded !== null) return ok(textContent(decoded, path));
  if (holdsPdfHeader(bytes)) return await readPdfContent(bytes, how);
  return binaryContent(bytes, path, foreign);
}

async function readPdfContent(bytes: Buffer, how: How): Promise<Result<Content, Problem>> {
  const pdf = await readPdf(bytes, how);
  if (!pdf.ok) return pdf;
  const { repeats: _, ...read } = pdf.value;
  return ok({ ...read, format: 'pdf', encoding: null });
}

function readInner(limits: ExtractLimits, how: How): ReadInner {
  return async (bytes, name) => {
    if (how.depth > limits.maxDepth) return err(tooDeep(limits.maxDepth));
    const inner = await readContent(bytes, name, limits, how);
    return inner.ok ? withoutPictures(inner.value) : inner;
  };
}

/** Reads the parts of a Word document that are in other formats, which are its text wherever documents in it are read. */
function readChunk(limits: ExtractLimits, how: How): ReadInner {
  const { chunks = 0 } = how;
  if (chunks >= MOST_CHUNKS) return async () => err(tooDeep(MOST_CHUNKS));
  return readInner(limits, { ...how, depth: how.depth + 1, withoutPages: [], wordless: false, chunks: chunks + 1 });
}

/** Only pages of files are recognised, not those of documents inside others. */
function withoutPictures({ unread = [], isWordless = false, pictured, ...content }: Content): Result<Content, Problem> {
  const { text, pictures, starts } = partPictures(content.text, pictured, content.places?.starts);
  const count = unread.length + pictures.length;
  if (count > 0 && (text === '' || isWordless))
    return err(problem('file_no_text', { what: 'images_inside', pages: count }));
  const places = content.places === null ? null : { ...content.places, starts };
  return ok({ ...content, text, places, notes: withPicturesNotRead(content.notes, pictures.length) });
}

function rtfContent(bytes: Buffer): Result<Content, Problem> {
  const { images, hasObjects, ...read } = readRtf(bytes);
  if (read.text === '')
    return err(images > 0 ? problem('file_no_text', { what: 'images' }) : textlessDocument(hasObjects));
  return ok({ ...read, format: 'rtf', encoding: null, places: null, ...wordless(read.text) });
}

/** Whether all the words there may be are in pictures. */
function wordless(marked: string): Pick<Content, 'isWordless'> {
  return hasWords(marked) ? {} : { isWordless: true };
}

function textContent({ text, encoding, notes }: DecodedText, path: string): Content {
  const format = textFormatOf(path, text);
  if (format !== 'html') return { text, format, encoding, places: null, notes };
  const pictures = createEmbeddedPictures();
  const page = htmlToText(text, {
    markOfPicture: (attributes) => {
      const picture = pictureInAddress(attributes.src ?? '');
      return picture === null ? '' : pictures.mark(picture, shownSize(attributes));
    },
  });
  const all = withPicturesNotRead([...notes, ...page.notes], pictures.notRead());
  return { text: page.text, format, encoding, places: null, notes: all, ...picturedBy(pictures) };
}

/** An image has no text until it is recognised; nothing else of a known kind has any. */
type Foreign = (signature: Signature) => Problem;

function foreignContent(signature: Signature, bytes: Buffer, foreign: Foreign): Result<Content, Problem> {
  const { kind } = signature;
  return isImageFormat(kind) ? imageContent(bytes, kind) : err(foreign(signature));
}

function imageContent(bytes: Buffer, format: ImageFormat): Result<Content, Problem> {
  const pages = readImagePages(bytes, format);
  if (!pages.ok) return pages;
  const unread = pages.value.map((_, index) => index + 1);
  const places: Places | null = unread.length === 1 ? null : { unit: 'page', starts: unread.map(() => 0), names: null };
  const count = furtherImages(bytes, format);
  const notes: readonly ReadingNote[] = count === 0 ? [] : [{ code: 'further_images_not_read', params: { count } }];
  return ok({ text: '', format, encoding: null, places, unread, notes });
}

/**
 * A known kind of file that Docket does not read: unsupported under its own extension, mislabelled under another.
 * @param tooDeepAt how many containers it may lie in, if it lies in that many; null if an archive here is opened in a batch.
 */
function foreignProblem(signature: Signature, path: string, tooDeepAt: number | null): Problem {
  const extension = extensionOf(path);
  if (extension === '' || signature.extensions.includes(extension)) {
    const { kind } = signature;
    if (!openedKinds.has(kind)) return problem('file_unsupported', { what: 'kind', kind });
    return tooDeepAt === null ? problem('file_unsupported', { what: 'archive_here', kind }) : tooDeep(tooDeepAt);
  }
  return problem('file_binary', { named: extension, kind: signature.kind });
}

function binaryContent(bytes: Buffer, path: string, foreign: Foreign): Result<Content, Problem> {
  const likely = likelySignature(bytes);
  return likely === null ? err(binaryProblem(path)) : foreignContent(likely, bytes, foreign);
}

function binaryProblem(path: string): Problem {
  const extension = extensionOf(path);
  if (extension === '.pdf' || extension === '.docx') {
    return damagedFile({ what: 'beginning', named: extension });
  }
  return problem('file_binary', { named: null, kind: null });
}
