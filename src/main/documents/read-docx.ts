import { type Problem, problem } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText } from './decode-text.ts';
import { readLists, readStyleLists } from './docx-numbering.ts';
import { type DocxContent, docxText } from './docx-text.ts';
import { damagedFile } from './file-problems.ts';
import type { ExtractLimits } from './limits.ts';
import { unpackParts, type ZipContents } from './zip-parts.ts';

export interface DocxText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
}

const mainPart = /^word\/document\d*\.xml$/;
const drawnPart = /^word\/(?:diagrams\/data|charts\/chart)\d*\.xml$/;
const otherParts = /^word\/(?:footnotes|endnotes|numbering|styles)\d*\.xml$/;

export function isWordDocument(contents: ZipContents): boolean {
  return contents.entries.some((entry) => mainPart.test(entry.fileName));
}

/**
 * The text of a Word document. Headers, footers, comments, charts and what tracked changes deleted are not part of it.
 * Only the parts with text are unpacked, within the limits; what the document links to is never looked at.
 */
export async function readDocx(contents: ZipContents, limits: ExtractLimits): Promise<Result<DocxText, Problem>> {
  const unpacked = await unpackParts(contents, (name) => mainPart.test(name) || otherParts.test(name), limits);
  if (!unpacked.ok) return unpacked;
  try {
    const part = (name: RegExp | string): string => xmlOf(unpacked.value, name);
    const { text, holds } = docxText({
      document: part(mainPart),
      footnotes: part('footnotes'),
      endnotes: part('endnotes'),
      lists: readLists(part('numbering')),
      styleLists: readStyleLists(part('styles')),
    });
    if (holds.has('otherFormats')) return err(mixedDocx());
    if (holds.has('otherDocuments')) return err(masterDocx());
    if (text === '') return err(textlessDocx(contents));
    return ok({ text, notes: notesOn(holds, contents) });
  } catch (error) {
    return err(damagedDocx(String(error)));
  }
}

function xmlOf(parts: Readonly<Record<string, Uint8Array>>, name: RegExp | string): string {
  const pattern = typeof name === 'string' ? new RegExp(`^word/${name}\\d*\\.xml$`) : name;
  const found = Object.entries(parts).find(([path]) => pattern.test(path));
  if (found === undefined) return '';
  const decoded = decodeText(Buffer.from(found[1]));
  if (decoded === null || decoded.invalidSequences > 0) throw new Error(`${found[0]} is not text.`);
  return decoded.text;
}

/** What a reader of the text should know is not in it, or not as it is on the paper. */
function notesOn(holds: ReadonlySet<DocxContent>, { entries }: ZipContents): ReadingNote[] {
  const holdsDrawings = entries.some((entry) => drawnPart.test(entry.fileName));
  const notes: ReadingNote[] = [];
  if (holds.has('equations')) notes.push({ code: 'equations_as_symbols', params: {} });
  if (holds.has('comments')) notes.push({ code: 'comments_not_read', params: {} });
  if (holdsDrawings) notes.push({ code: 'drawings_not_read', params: {} });
  return notes;
}

/** As report generators write them; Word merges such parts when it saves. */
function mixedDocx(): Problem {
  return problem(
    'file_unsupported',
    'This Word document is put together from parts in another format, which Docket does not read. ' +
      'Open it in Word, save it again, which makes them part of it, and add that.',
  );
}

/** Its parts lie beside it; the text between them is a part as well. */
function masterDocx(): Problem {
  return problem(
    'file_unsupported',
    'This is a Word master document: its text is in other documents. ' +
      'Open it in Word, expand and unlink its subdocuments in the outline view, save it, and add that. Or add the others.',
  );
}

function textlessDocx(contents: ZipContents): Problem {
  return contents.entries.some((entry) => entry.fileName.startsWith('word/media/'))
    ? problem(
        'file_no_text',
        'This Word document holds images and no text. Run text recognition (OCR) on them, then add the result.',
      )
    : problem('file_empty', 'This Word document holds no text. Check that it is the right file.');
}

function damagedDocx(detail: string): Problem {
  return damagedFile(
    'This Word document is damaged: its text cannot be read in full. ' +
      'Open it in Word or LibreOffice, save it again, and add that.',
    detail,
  );
}
