/** A part of a text that looks like an object or a list of JSON. */
export interface Span {
  readonly text: string;
  /** The text ends inside it. */
  readonly isCut: boolean;
  /** Keys that stand twice in the same object. */
  readonly repeated: readonly string[];
}

/** More are the work of a model that runs away. */
const MOST_SPANS = 40;
/** Openings that turn out not to begin anything. Each costs a pass over the text. */
const MOST_FALSE_STARTS = 8;
/** What nests deeper is no answer. */
const DEEPEST = 50;

/**
 * All parts of a text that may be JSON, outermost only, in one pass for each. The whole text comes first if it is a
 * string of JSON.
 */
export function jsonSpans(text: string): readonly Span[] {
  const whole = text.replace(/^\uFEFF/, '').trim();
  if (whole.startsWith('"')) return [{ text: whole, isCut: false, repeated: [] }, ...spansIn(whole)];
  return spansIn(whole);
}

function spansIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  let falseStarts = 0;
  for (let from = nextOpening(text, 0); from >= 0 && spans.length < MOST_SPANS; ) {
    const { end, repeated } = spanFrom(text, from);
    const isCut = end < 0;
    if (isCut) falseStarts += 1;
    spans.push({ text: isCut ? withoutFence(text.slice(from)) : text.slice(from, end), isCut, repeated });
    if (falseStarts > MOST_FALSE_STARTS) break;
    // What looks cut may be a brace in a sentence, so that the JSON is yet to come.
    from = nextOpening(text, isCut ? from + 1 : end);
  }
  return spans;
}

function nextOpening(text: string, from: number): number {
  const found = /[[{]/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? -1;
}

/** A reply may be cut although its fence is closed. */
function withoutFence(text: string): string {
  return text.replace(/\n```\s*$/, '');
}

interface End {
  /** Behind the closing bracket; -1 if there is none. */
  readonly end: number;
  readonly repeated: readonly string[];
}

/** JSON that breaks off, with what is open closed. It is valid unless it breaks off in a word, or before a value. */
export function closed(text: string): string {
  const open: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = stringEnd(text, at + 1);
      if (end < 0) return `${withoutHalfEscape(text)}"${open.reverse().join('')}`;
      at = end - 1;
    } else if (character === '{') open.push('}');
    else if (character === '[') open.push(']');
    else if (character === '}' || character === ']') open.pop();
  }
  return text + open.reverse().join('');
}

function withoutHalfEscape(text: string): string {
  return text.replace(/(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?$/, '$1');
}

const STRING_END = /["\\]/g;

/** Follows the brackets outside of strings. */
function spanFrom(text: string, start: number): End {
  const keysAt: Set<string>[] = [];
  const repeated: string[] = [];
  for (let at = start; at < text.length; ) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = stringEnd(text, at + 1);
      if (end < 0) break;
      const key = isKey(text, end) ? text.slice(at + 1, end - 1) : null;
      const keys = keysAt.at(-1);
      if (key !== null && keys?.has(key)) repeated.push(key);
      if (key !== null) keys?.add(key);
      at = end;
      continue;
    }
    if (character === '{' || character === '[') keysAt.push(new Set());
    if (keysAt.length > DEEPEST) break;
    if (character === '}' || character === ']') {
      keysAt.pop();
      if (keysAt.length === 0) return { end: at + 1, repeated };
    }
    at += 1;
  }
  return { end: -1, repeated: [] };
}

/** Behind the closing quotation mark; -1 if there is none. */
function stringEnd(text: string, from: number): number {
  for (let at = from; ; ) {
    STRING_END.lastIndex = at;
    const found = STRING_END.exec(text);
    if (found === null) return -1;
    if (found[0] === '"') return found.index + 1;
    at = found.index + 2;
  }
}

function isKey(text: string, after: number): boolean {
  const next = /\S/g;
  next.lastIndex = after;
  return next.exec(text)?.[0] === ':';
}
