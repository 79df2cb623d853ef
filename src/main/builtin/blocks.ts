import { linesOf, type Span } from './span.ts';

/** A paragraph, heading, list item or table row; no sentence spans two of them. */
export type Block = Span;

const listMarker = /^\s*(?:[-*+•‣◦–·]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)/;
const heading = /^\s{0,3}#{1,6}\s+/;
/** As the readers of presentations and workbooks write where a slide or sheet begins: only its title is its own. */
const place = /^## (?:Slide \d+(?: \(hidden\))?(?:: |$)|Sheet: )/;
const quote = /^\s{0,3}>(?:\s?>)*\s*/;
const ruler = /^[\s=\-_*~+|:]{3,}$/;
const fenceMark = /^\s*(```|~~~)/;
const endsSentence = /[.!?…。！？｡:;,][\s"'”’»)\]」』]*$/u;
const startsAfresh = /^[\s"'“‘«„([「『]*[\p{Lu}\p{Lo}\p{N}]/u;

/**
 * The blocks of the prose spans, in order. Lines are joined into paragraphs as a reader would: a line that stops well
 * short of the usual width, does not end a sentence and precedes a fresh start is a block of its own.
 */
export function* blocksOf(text: string, prose: readonly Span[]): Generator<Block> {
  const width = usualWidth(text, prose);
  for (const span of prose) yield* joinedLines(text, span, width);
}

function* joinedLines(text: string, prose: Span, width: number): Generator<Block> {
  let lines: LineOfBlock[] = [];
  for (const line of proseLines(text, prose)) {
    const part = lineAsBlock(text, line, width);
    if (lines.length > 0 && (part === null || part.begins || part.quoteDepth !== lines[0]?.quoteDepth)) {
      yield around(lines);
      lines = [];
    }
    if (part === null) continue;
    lines.push(part);
    if (part.ends) {
      yield around(lines);
      lines = [];
    }
  }
  if (lines.length > 0) yield around(lines);
}

function around(lines: readonly Span[]): Block {
  return { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
}

interface LineOfBlock extends Span {
  /** No line before (`begins`) or after it (`ends`) belongs to the same block. */
  readonly begins: boolean;
  readonly ends: boolean;
  /** How often it is quoted, as in the answer to a mail; 0 for the writer's own words. */
  readonly quoteDepth: number;
}

/** Characters of a line examined to determine its kind. */
const LINE_HEAD = 200;

/** A line without its marker, or null if it contains nothing to read. */
function lineAsBlock(text: string, line: Span, width: number): LineOfBlock | null {
  const length = line.end - line.start;
  const head = text.slice(line.start, Math.min(line.end, line.start + LINE_HEAD));
  if (head.trim() === '' || (length <= LINE_HEAD && ruler.test(head))) return null;
  const quoted = quote.exec(head)?.[0] ?? '';
  const own = head.slice(quoted.length);
  if (own.trim() === '') return null;
  const title = place.exec(own) ?? heading.exec(own);
  const marker = title ?? listMarker.exec(own);
  const alone = title !== null || isTableRow(own);
  const start = line.start + quoted.length + (marker?.[0].length ?? 0);
  if (start >= line.end) return null;
  return {
    start,
    end: line.end,
    quoteDepth: quoted.split('>').length - 1,
    begins: marker !== null || alone,
    ends: alone || (length < width * 0.6 && standsAlone(text, line)),
  };
}

/** Does not end a sentence, and the next line is a fresh start: a title, an address, a list entry. */
function standsAlone(text: string, line: Span): boolean {
  const tail = text.slice(Math.max(line.start, line.end - 20), line.end);
  const next = text.slice(line.end, line.end + 40).replace(/^\r?\n/, '');
  return !endsSentence.test(tail) && startsAfresh.test(next);
}

/** The lines of a span, without the contents of fenced code. An unclosed fence is an ordinary line. */
function* proseLines(text: string, span: Span): Generator<Span> {
  let fence: string | null = null;
  for (const line of linesOf(text, span.start, span.end)) {
    const mark = fenceMark.exec(text.slice(line.start, Math.min(line.end, line.start + LINE_HEAD)))?.[1];
    if (mark === undefined) {
      if (fence === null) yield line;
    } else if (fence !== null) {
      if (fence === mark) fence = null;
    } else if (text.indexOf(mark, line.end) !== -1) {
      fence = mark;
      // An empty line, so that what follows the code is a new paragraph.
      yield { start: line.start, end: line.start };
    }
  }
}

function isTableRow(line: string): boolean {
  return /\|[^|]*\|/.test(line);
}

/** The width of nine lines in ten, in characters; at least 40. */
function usualWidth(text: string, prose: readonly Span[]): number {
  const widths: number[] = [];
  for (const span of prose) {
    for (const line of linesOf(text, span.start, span.end)) {
      if (line.end - line.start > 0) widths.push(line.end - line.start);
    }
  }
  widths.sort((a, b) => a - b);
  return Math.max(40, widths[Math.floor(widths.length * 0.9)] ?? 0);
}
