import type { Span } from './span.ts';

/** Shorter comments and strings are labels, not sentences. */
const MIN_PROSE_WORDS = 5;
/** Longest string literal read, in characters. */
const MAX_STRING = 2_000;

const closers: Readonly<Record<string, string>> = { '/*': '*/', '<!--': '-->', '"""': '"""', "'''": "'''" };

/**
 * The comments and string literals in source code that read like sentences. Knows the delimiters that common languages
 * share, not their grammars: a mistake costs one sentence at most.
 */
export function proseInCode(text: string): Span[] {
  const spans: Span[] = [];
  const unclosed = new Set<string>();
  const mark = /\/\*|<!--|"""|'''|\/\/|#|--|["'`]/g;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const found = spanAt(text, match[0], match.index, unclosed);
    if (found === null) continue;
    mark.lastIndex = Math.max(found.next, match.index + 1);
    if (countWords(text, found.span) >= MIN_PROSE_WORDS) spans.push(found.span);
  }
  return spans;
}

interface Found {
  readonly span: Span;
  readonly next: number;
}

function spanAt(text: string, mark: string, at: number, unclosed: Set<string>): Found | null {
  const closer = closers[mark];
  if (closer !== undefined) return blockComment(text, mark, closer, at, unclosed);
  if (mark === '//' || mark === '#' || mark === '--') return lineComments(text, mark, at);
  return stringLiteral(text, mark, at);
}

/** Searches for the end of an unclosed delimiter only once, so that a hostile file cannot make this quadratic. */
function blockComment(text: string, mark: string, closer: string, at: number, unclosed: Set<string>): Found | null {
  if (unclosed.has(mark)) return null;
  const end = text.indexOf(closer, at + mark.length);
  if (end === -1) {
    unclosed.add(mark);
    return null;
  }
  return { span: { start: at + mark.length, end }, next: end + closer.length };
}

/** A line comment, together with the lines below it that contain only comments of the same kind. */
function lineComments(text: string, mark: string, at: number): Found | null {
  if (at > 0 && !/\s/.test(text.charAt(at - 1))) return null;
  let end = lineEnd(text, at);
  for (;;) {
    let next = end + 1;
    while (text.charAt(next) === ' ' || text.charAt(next) === '\t') next += 1;
    if (next >= text.length || !text.startsWith(mark, next)) break;
    end = lineEnd(text, next);
  }
  return { span: { start: at + mark.length, end }, next: end };
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

function stringLiteral(text: string, quote: string, at: number): Found | null {
  const limit = Math.min(text.length, at + MAX_STRING);
  for (let position = at + 1; position < limit; position += 1) {
    const character = text.charAt(position);
    if (character === '\\') position += 1;
    else if (character === quote) return { span: { start: at + 1, end: position }, next: position + 1 };
    else if (character === '\n' && quote !== '`') return null;
  }
  return null;
}

function countWords(text: string, span: Span): number {
  const sample = text.slice(span.start, Math.min(span.end, span.start + 400));
  return sample.match(/(?<![\p{L}\p{N}_])\p{L}{2,}(?![\p{L}\p{N}_(])/gu)?.length ?? 0;
}
