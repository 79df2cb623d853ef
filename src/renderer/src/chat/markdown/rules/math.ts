import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** A longer formula in a line is none. */
const LONGEST_IN_LINE = 2_000;

interface Delimiters {
  readonly open: string;
  readonly close: string;
}

const inLine: readonly Delimiters[] = [
  { open: '\\(', close: '\\)' },
  { open: '\\[', close: '\\]' },
  { open: '$$', close: '$$' },
];
const onLinesOfItsOwn: readonly Delimiters[] = [
  { open: '\\[', close: '\\]' },
  { open: '$$', close: '$$' },
];
const environment = /^\\begin\{([a-zA-Z]+\*?)\}/;

/** Formulas are taken out before Markdown reads their backslashes and stars as its own. */
export function addMath(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'math', mathInLine);
  md.block.ruler.after('fence', 'math', mathBlock, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

/** What was looked for is remembered with the text that is read, so that no stretch is searched once for each opening mark. */
interface Searched {
  /** From where on no closing mark stands, by mark. */
  readonly misses: Map<string, number>;
  /** The last one found, and from where. */
  readonly hits: Map<string, { readonly from: number; readonly found: number }>;
}

const memory = new WeakMap<object, Searched>();

function searchedOf(state: object): Searched {
  const known = memory.get(state) ?? { misses: new Map(), hits: new Map() };
  memory.set(state, known);
  return known;
}

function mathInLine(state: StateInline, silent: boolean): boolean {
  const first = state.src[state.pos];
  if (first !== '\\' && first !== '$') return false;
  const end = endInLine(state);
  if (end === null) return false;
  if (!silent) state.push('math_inline', '', 0).content = state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

function endInLine(state: StateInline): number | null {
  const { src, pos } = state;
  const marks = inLine.find(({ open }) => src.startsWith(open, pos));
  if (marks !== undefined) {
    const close = closeOf(state, marks.close, pos + marks.open.length);
    const content = src.slice(pos + marks.open.length, close ?? pos);
    if (close === null || content.trim() === '' || (marks.open === '\\[' && isLabel(content))) return null;
    return close + marks.close.length;
  }
  return src[pos] === '$' ? endOfDollars(state) : null;
}

/** Brackets escaped for their own sake: `\\[1\\]`, `\\[PDF\\]`. */
function isLabel(content: string): boolean {
  return /^[\d\s,–-]+$/.test(content) || (/^[\p{L}\p{N}\s.,'’-]+$/u.test(content) && /\p{L}{3}/u.test(content));
}

function closeOf(state: StateInline, close: string, from: number): number | null {
  const found = indexOfClose(state, close, from);
  return found < 0 || found + close.length > state.posMax || found - from > LONGEST_IN_LINE ? null : found;
}

function indexOfClose(state: StateInline, close: string, from: number): number {
  const { misses, hits } = searchedOf(state);
  if (from >= (misses.get(close) ?? Number.POSITIVE_INFINITY)) return -1;
  const hit = hits.get(close);
  if (hit !== undefined && hit.from <= from && from <= hit.found) return hit.found;
  const found = state.src.indexOf(close, from);
  if (found < 0) misses.set(close, from);
  else hits.set(close, { from, found });
  return found;
}

/** As Pandoc reads them, and never money: `$5 and $6`. */
function endOfDollars(state: StateInline): number | null {
  const { src, pos } = state;
  if (/[\s$]/.test(src[pos + 1] ?? ' ') || /[\w$\\]/.test(src[pos - 1] ?? '')) return null;
  let close = closeOf(state, '$', pos + 1);
  while (close !== null && src[close - 1] === '\\') close = closeOf(state, '$', close + 1);
  if (close === null || close - pos > LONGEST_IN_LINE) return null;
  const content = src.slice(pos + 1, close);
  if (/\s$/.test(content) || /[\d$]/.test(src[close + 1] ?? '') || content.includes('\n\n')) return null;
  return isFormula(content) ? close + 1 : null;
}

/** A number with a word behind it is a price, and words alone are words. */
function isFormula(content: string): boolean {
  if (/[\\^_{}]/.test(content)) return true;
  if (/^\d[\d.,]*\s*[\p{L}]*[-–/]?$/u.test(content)) return false;
  return /[=+*/<>|]/.test(content) ? !/[\p{L}]{4,}/u.test(content) : /^[\p{L}]'*(?:\([^()]{1,12}\))?$/u.test(content);
}

function mathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = lineOf(state, startLine);
  if (first[0] !== '\\' && first[0] !== '$') return false;
  const end = endOfBlock(state, first, startLine, endLine);
  if (end === null) return false;
  if (silent) return true;
  const token = state.push('math_block', '', 0);
  token.map = [startLine, end];
  token.content = state.getLines(startLine, end, state.sCount[startLine] ?? 0, false).trimEnd();
  state.line = end;
  return true;
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

function marksOf(first: string): Delimiters | undefined {
  const name = environment.exec(first)?.[1];
  if (name !== undefined) return { open: `\\begin{${name}}`, close: `\\end{${name}}` };
  return onLinesOfItsOwn.find(({ open }) => first.startsWith(open));
}

/** The line behind the one that ends with the closing mark; blank lines and the block's end come before none. */
function endOfBlock(state: StateBlock, first: string, startLine: number, endLine: number): number | null {
  const marks = marksOf(first);
  if (marks === undefined) return null;
  const { misses } = searchedOf(state);
  if (startLine < (misses.get(marks.close) ?? 0)) return null;
  for (let line = startLine; line < endLine && !state.isEmpty(line); line += 1) {
    if ((state.sCount[line] ?? 0) < state.blkIndent) break;
    const text = line === startLine ? first.slice(marks.open.length) : lineOf(state, line);
    const close = text.indexOf(marks.close);
    if (close < 0) continue;
    return text.slice(close + marks.close.length).trim() === '' ? line + 1 : null;
  }
  misses.set(marks.close, endOfRun(state, startLine, endLine));
  return null;
}

function endOfRun(state: StateBlock, startLine: number, endLine: number): number {
  let line = startLine;
  while (line < endLine && !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent) line += 1;
  return line;
}
