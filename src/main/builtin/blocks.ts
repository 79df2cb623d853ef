import { linesOf, type Span } from './span.ts';

/** A paragraph, heading, list item or table row: no sentence crosses its border. */
export type Block = Span;

const listMarker = /^\s*(?:[-*+•‣◦–·]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)/;
const heading = /^\s{0,3}#{1,6}\s+/;
const ruler = /^[\s=\-_*~+|:]{3,}$/;
const fence = /^\s*(?:```|~~~)/;
const endsSentence = /[.!?…。！？｡:;,][\s"'”’»)\]」』]*$/u;
const startsAfresh = /^[\s"'“‘«„([「『]*[\p{Lu}\p{Lo}\p{N}]/u;

/**
 * The blocks of the prose spans, in order. Lines are joined to paragraphs as a reader does: a line that stops
 * well short of the usual width, without the end of a sentence and before a fresh start, stands by itself.
 */
export function blocksOf(text: string, prose: readonly Span[]): Block[] {
  const width = usualWidth(text, prose);
  const blocks: Block[] = [];
  for (const span of prose) addBlocks(text, span, width, blocks);
  return blocks;
}

function addBlocks(text: string, prose: Span, width: number, blocks: Block[]): void {
  let open: { start: number; end: number } | null = null;
  let fenced = false;
  const close = (): void => {
    if (open !== null) blocks.push(open);
    open = null;
  };
  for (const line of linesOf(text, prose.start, prose.end)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 200));
    const short = line.end - line.start < width * 0.6;
    if (fence.test(content)) {
      close();
      fenced = !fenced && text.indexOf(content.trim().slice(0, 3), line.end) !== -1;
      continue;
    }
    if (fenced) continue;
    if (content.trim() === '' || (ruler.test(content) && line.end - line.start <= 200)) {
      close();
      continue;
    }
    const marker = heading.exec(content) ?? listMarker.exec(content);
    if (marker !== null || isTableRow(content)) close();
    const start = line.start + (marker?.[0].length ?? 0);
    if (open === null) open = { start, end: line.end };
    else open.end = line.end;
    if (heading.test(content) || isTableRow(content)) close();
    else if (short && !endsSentence.test(text.slice(Math.max(line.start, line.end - 20), line.end))) {
      if (startsAfresh.test(text.slice(line.end, line.end + 40).replace(/^\r?\n/, ''))) close();
    }
  }
  close();
}

function isTableRow(line: string): boolean {
  return /\|[^|]*\|/.test(line);
}

/** The width that nine lines in ten stay within, in characters; at least 40. */
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
