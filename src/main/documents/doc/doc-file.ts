import type { CompoundFile } from '../compound/compound-file.ts';
import { createItemCounter } from '../docx/numbering.ts';
import { symbolFontOf } from '../symbol-fonts.ts';
import { type Fib, rangesOf, readFib, type SubDocument, type Table } from './fib.ts';
import { type Formatting, readFormatting } from './formatting.ts';
import { readDocLists } from './lists.ts';
import { type Pieces, readPieces } from './pieces.ts';
import { type Positions, readPositions } from './plc.ts';
import { type Changes, changesOf, mergedOver } from './properties.ts';
import { readStyleSheet } from './style-sheet.ts';

const MOST_TIMES_READ = 3;
const FEW_CHARACTERS = 10_000;

/** Characters of the same formatting. */
export interface TextRun {
  readonly from: number;
  readonly text: string;
  readonly looks: Changes;
}

export type DocFile = ReturnType<typeof openDoc>;

/** The text of a Word document, and all that is said about it. Throws if it is damaged. */
export function openDoc(file: CompoundFile, stream: Buffer) {
  const streamNamed = (name: string): Buffer => {
    const entry = file.root.children.find((child) => child.name === name && child.kind === 'stream');
    return entry === undefined ? Buffer.alloc(0) : file.read(entry);
  };
  const fib: Fib = readFib(stream);
  const tables = streamNamed(fib.tables);
  const data = streamNamed('Data');
  const tableOf = (table: Table): Buffer => {
    const { at, size } = fib.placeOf(table);
    return tables.subarray(at, at + size);
  };
  const pieces = readPieces(tableOf('pieces'), stream);
  const styles = readStyleSheet(tableOf('styles'));
  const characters = readFormatting(tableOf('characters'), stream, 'characters');
  const paragraphs = readFormatting(tableOf('paragraphs'), stream, 'paragraphs');
  const ranges = rangesOf(fib.lengths);
  let charactersLeft = pieces.text.length * MOST_TIMES_READ + FEW_CHARACTERS;

  /** Notes and boxes that share their text would inflate a small file. */
  function* runs(from: number, to: number, paragraph: Changes): Generator<TextRun> {
    charactersLeft -= to - from;
    if (charactersLeft < 0) throw new Error('Parts of the text overlap.');
    yield* runsOf({ pieces, characters, styles }, from, to, paragraph);
  }

  /** What is said about the paragraph that ends with this character. */
  function paragraphAt(end: number): Changes {
    const run = paragraphs(pieces.placeOf(end));
    if (run === null) return {};
    const own = changesOf(run.properties);
    const moved = own.elsewhere === undefined ? {} : changesOf(elsewhere(data, own.elsewhere));
    return mergedOver(styles.of(run.style), mergedOver(own, moved));
  }

  return {
    text: pieces.text,
    data,
    fonts: readFonts(tableOf('fonts')),
    items: createItemCounter(readDocLists(tables, fib.placeOf('lists'), fib.placeOf('listOverrides'))),
    paragraphAt,
    runsOf: runs,
    rangeOf: (part: SubDocument) => ranges[part].map((at) => Math.min(at, pieces.text.length)) as [number, number],
    positions: (table: Table, recordBytes: number): Positions => readPositions(tableOf(table), recordBytes),
    tableOf,
    stream,
  };
}

interface Sources {
  readonly pieces: Pieces;
  readonly characters: Formatting;
  readonly styles: ReturnType<typeof readStyleSheet>;
}

function* runsOf(
  { pieces, characters, styles }: Sources,
  from: number,
  to: number,
  paragraph: Changes,
): Generator<TextRun> {
  for (let at = from; at < to; ) {
    const piece = pieces.of(at);
    if (piece === null) return;
    const place = pieces.placeOf(at);
    const known = characters(place);
    // In a damaged file, one may end before it begins.
    const run = known !== null && known.end > place ? known : null;
    const left = run === null ? piece.to - at : Math.ceil((run.end - place) / piece.width);
    const end = Math.min(to, piece.to, at + left);
    const own = run === null ? {} : changesOf(run.properties);
    const styled = own.characterStyle === undefined ? paragraph : mergedOver(paragraph, styles.of(own.characterStyle));
    yield { from: at, text: pieces.text.slice(at, end), looks: mergedOver(styled, own) };
    at = end;
  }
}

function elsewhere(data: Buffer, at: number): Buffer {
  return at + 2 > data.length ? Buffer.alloc(0) : data.subarray(at + 2, at + 2 + data.readUInt16LE(at));
}

const [COUNT_BYTES, NAME_AT] = [4, 40];

/** The fonts whose letters are symbols, by their number. */
function readFonts(bytes: Buffer) {
  const fonts = new Map<number, ReturnType<typeof symbolFontOf>>();
  for (let at = COUNT_BYTES, index = 0; at < bytes.length; index += 1) {
    const end = at + 1 + (bytes[at] ?? 0);
    const name = bytes.toString('utf16le', Math.min(at + NAME_AT, end), end).replace(/\0.*$/s, '');
    fonts.set(index, symbolFontOf(name));
    at = end;
  }
  return fonts;
}
