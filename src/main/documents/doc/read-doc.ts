import WordExtractor from 'word-extractor';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile } from '../file-problems.ts';
import { readSigns } from '../symbol-fonts.ts';

export interface DocText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
}

const unfiltered = { filterUnicode: false } as const;

/**
 * The text of a Word 97–2003 document: headers, body, text boxes, notes, footers.
 * @param stream the stream `WordDocument` of the file.
 */
export async function readDoc(file: Buffer, stream: Buffer): Promise<Result<DocText, Problem>> {
  if (isEncrypted(stream)) return err(problem('file_encrypted', { format: 'office' }));
  try {
    const document = await new WordExtractor().extract(file);
    const footers = cleaned(document.getFooters(unfiltered));
    const headers = cleaned(document.getHeaders({ ...unfiltered, includeFooters: false }));
    const pieces = [
      marked('Header', headers),
      cleaned(document.getBody(unfiltered)),
      marked('Text box', cleaned(document.getTextboxes(unfiltered))),
      marked('Footnotes', cleaned(document.getFootnotes(unfiltered))),
      marked('Endnotes', cleaned(document.getEndnotes(unfiltered))),
      marked('Footer', footers),
    ];
    const joined = pieces.filter((piece) => piece !== '').join('\n\n');
    const { text, unknown } = readSigns(joined, null);
    if (text === '') return err(problem('file_empty', { what: 'document' }));
    return ok({ text, notes: notesOn(document.getAnnotations(unfiltered), unknown) });
  } catch (error) {
    return err(damagedFile({ what: 'document' }, String(error)));
  }
}

function notesOn(comments: string, unknownSigns: number): ReadingNote[] {
  const notes: (ReadingNote | false)[] = [
    { code: 'old_word', params: {} },
    comments.trim() !== '' && { code: 'comments_not_read', params: {} },
    unknownSigns > 0 && { code: 'signs_unknown', params: { count: unknownSigns } },
  ];
  return notes.filter((note) => note !== false);
}

function marked(name: string, text: string): string {
  return /[\p{L}\p{N}]/u.test(text) ? `[${name}] ${text}` : '';
}

/** The library's text, with table rows in lines of cells and without control characters. */
function cleaned(text: string): string {
  return text
    .replaceAll('\u001e', '-')
    .replace(softHyphens, '')
    .split('\n')
    .map((line) => (line.endsWith('\t') ? line.split('\t').slice(0, -1).join(' | ') : line))
    .join('\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What the library (1.0.4) writes for the optional hyphens in words, by a fault of its own. */
const softHyphens = /(?<=\p{L}\p{M}*)undefined(?=\p{L})/gu;

const FLAGS_AT = 0x0a;
const ENCRYPTED = 0x0100;

/** The header of the text says so; the library would read the letters as they are. */
function isEncrypted(stream: Buffer): boolean {
  return stream.length >= FLAGS_AT + 2 && (stream.readUInt16LE(FLAGS_AT) & ENCRYPTED) !== 0;
}
