import type { Places } from '../../../shared/places.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { hasWords, pictureMark, withoutMarks, withPicturesNotRead } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import { htmlToText } from '../html/html-to-text.ts';
import type { HtmlAttributes } from '../html/looks.ts';
import { readingParts, type ZipParts } from '../packed/zip-parts.ts';
import { decodeText } from '../text/decode-text.ts';
import { chapterTitles } from './chapter-titles.ts';
import { createLargePictures, type LargePictures, picturePaths } from './large-pictures.ts';
import { documentsAmong, linkedPaths } from './linked-documents.ts';
import { type EpubPackage, packagePathOf, readPackage } from './package.ts';
import { encryptedPaths } from './protection.ts';

export interface EpubText {
  readonly text: string;
  readonly places: Places;
  readonly notes: readonly ReadingNote[];
  /** Its pages are pictures. */
  readonly isWordless?: boolean;
}

const containerPath = 'META-INF/container.xml';
const encryptionPath = 'META-INF/encryption.xml';
const longestName = 80;
const apartMark = '[Outside the reading order]';

/**
 * The text of a book: its documents in reading order, each once and a place of its own. At the end, marked, are those
 * outside of it that a link leads to: notes and large tables, for the most part.
 * @param container the path of the file that says where the book begins.
 */
export async function readEpub(
  parts: ZipParts,
  container: string,
  pictureParts: ZipParts,
): Promise<Result<EpubText, Problem>> {
  return await readingParts(
    async () => await readBook(parts, container, createLargePictures(pictureParts)),
    (detail) => damagedFile({ what: 'document' }, detail),
  );
}

async function readBook(
  parts: ZipParts,
  container: string,
  pictures: LargePictures,
): Promise<Result<EpubText, Problem>> {
  const folder = container.slice(0, -containerPath.length);
  const inFolder = packagePathOf(await textAt(parts, container));
  const path = folder + (inFolder ?? '');
  if (inFolder === null || !parts.has(path)) return err(damagedFile({ what: 'document' }, 'The book has no package.'));
  const book = readPackage(await textAt(parts, path), path);
  const locked = encryptedPaths(await textAt(parts, folder + encryptionPath), folder);
  if (book.spine.some((one) => locked.has(one))) return err(problem('file_encrypted', { format: 'book' }));
  const titles = await titlesOf(parts, book.contents);
  const isReadable = (one: string) => parts.has(one) && !locked.has(one);
  const { chapters, notes, images } = await readChapters(parts, book, [...titles.keys()], isReadable, pictures);
  if (chapters.length === 0) {
    return err(images > 0 ? problem('file_no_text', { what: 'images' }) : problem('file_empty', { what: 'document' }));
  }
  const head = [`Title: ${book.title}`, `Author: ${book.authors.join(', ')}`].filter((line) => !line.endsWith(': '));
  const isWordless = chapters.every(({ isPicture }) => isPicture);
  return ok({ ...joined(head.join('\n'), chapters, titles), notes, ...(isWordless ? { isWordless } : {}) });
}

async function textAt(parts: ZipParts, path: string): Promise<string> {
  return decodeText(await parts.bytes(path))?.text ?? '';
}

async function titlesOf(parts: ZipParts, contents: readonly string[]): Promise<ReadonlyMap<string, string>> {
  for (const path of contents) {
    const titles = chapterTitles(await textAt(parts, path), path);
    if (titles.size > 0) return titles;
  }
  return new Map();
}

interface Chapter {
  readonly path: string;
  readonly text: string;
  /** Its text are the marks of pictures. */
  readonly isPicture: boolean;
  /** It is outside the reading order. */
  readonly isApart: boolean;
}

/**
 * @param titled paths that the table of contents leads to.
 * @param isReadable whether the book holds a part, and no program of a seller is needed to read it.
 */
async function readChapters(
  parts: ZipParts,
  { spine, types, contents }: EpubPackage,
  titled: readonly string[],
  isReadable: (path: string) => boolean,
  pictures: LargePictures,
) {
  const chapters: Chapter[] = [];
  const notes: ReadingNote[] = [];
  const inOrder = new Set([...spine, ...contents]);
  const apart = new Set(documentsAmong(types).filter((path) => !inOrder.has(path)));
  let images = 0;

  /** Returns the paths that links on the page lead to. */
  async function read(path: string, isApart: boolean): Promise<readonly string[]> {
    const page = await textAt(parts, path);
    await pictures.look(page, path);
    const markOfPicture = (attributes: HtmlAttributes) => pictures.mark(attributes, path);
    const { text, notes: own } = htmlToText(asXhtml(page), { markOfPicture });
    notes.push(...own);
    const isPicture = !hasWords(text);
    const shown = isPicture ? picturesOn(page, path, parts) : text;
    if (shown !== '') chapters.push({ path, text: shown.replaceAll('\f', '\n'), isPicture, isApart });
    else if (types.get(path)?.startsWith('image/') === true || /<(?:\w+:)?(?:img|image|svg)\b/i.test(page)) images += 1;
    return apart.size === 0 ? [] : linkedPaths(page, path);
  }

  const linked = new Set<string>();
  const present = spine.filter((path) => parts.has(path));
  for (const path of present) for (const target of await read(path, false)) linked.add(target);
  for (const path of titled) linked.add(path);
  // What is added while it is gone through is gone through, too.
  for (const path of linked) {
    if (!isReadable(path) || !apart.delete(path)) continue;
    for (const target of await read(path, true)) linked.add(target);
  }
  const missing = spine.length - present.length;
  if (missing > 0) notes.push({ code: 'chapters_missing', params: { count: missing } });
  if (apart.size > 0) notes.push({ code: 'chapters_apart', params: { count: apart.size } });
  return { chapters, notes: withPicturesNotRead(notes, images + pictures.notRead()), images };
}

/** The marks of the pictures on a page, or of the page, if it is one: of scanned books and comics, that is all there is. */
function picturesOn(page: string, path: string, parts: ZipParts): string {
  const paths = [path, ...picturePaths(page, path)];
  const marks = paths.filter((one) => parts.has(one)).map(pictureMark);
  return [...new Set(marks)].filter((mark) => mark !== '').join('\n\n');
}

/** Chapters are XHTML, though not all say so. Their titles repeat that of the book. */
function asXhtml(page: string): string {
  const body = page.replace(/<title\b[^>]{0,1000}>[^<]{0,10000}<\/title>/i, '');
  return /^\s*<\?xml\s/.test(body) ? body : `<?xml version="1.0"?>${body}`;
}

function joined(head: string, chapters: readonly Chapter[], titles: ReadonlyMap<string, string>) {
  const starts: number[] = [];
  const names: string[] = [];
  let text = head === '' ? '' : `${head}\n\n`;
  const pieces = [text];
  let length = text.length;
  for (const chapter of chapters) {
    starts.push(starts.length === 0 ? 0 : length);
    names.push(titles.get(chapter.path) ?? (chapter.isPicture ? 'Picture' : firstWordsOf(chapter.text)));
    const marked = chapter.isApart ? `${apartMark}\n\n${chapter.text}` : chapter.text;
    text = starts.length === chapters.length ? marked : `${marked}\n\n`;
    pieces.push(text);
    length += text.length;
  }
  const places: Places = { unit: 'chapter', starts, names };
  return { text: pieces.join(''), places };
}

function firstWordsOf(text: string): string {
  const [line = ''] = withoutMarks(text).trim().split('\n', 1);
  return line.length > longestName ? `${line.slice(0, longestName).trimEnd()}…` : line;
}
