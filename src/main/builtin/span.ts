/** A range of text by UTF-16 offsets: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const blank = /\s/u;

/** The span without leading and trailing white space, or null if nothing is left. */
export function trimSpan(text: string, span: Span): Span | null {
  let { start, end } = span;
  while (start < end && blank.test(text.charAt(start))) start += 1;
  while (end > start && blank.test(text.charAt(end - 1))) end -= 1;
  return start < end ? { start, end } : null;
}

/** Every line of `[from, to)`, without its line break. */
export function* linesOf(text: string, from = 0, to = text.length): Generator<Span> {
  let start = from;
  while (start < to) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 || newline >= to ? to : newline;
    yield { start, end: end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end };
    start = end + 1;
  }
}
