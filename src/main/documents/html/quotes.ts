import type { TextWriter } from '../text-writer.ts';
import { writeApart } from '../write-apart.ts';
import type { HtmlAttributes } from './looks.ts';

/** Stand in lines of their own around what is quoted while a text is written; they are taken out of what a page holds. */
const [OPEN, CLOSE] = ['\u000e', '\u000f'];
const signs = new RegExp(`[${OPEN}${CLOSE}]`, 'g');
const deepest = 20;

/** Marks what a mail quotes. Other indented passages are no quotations. */
export function createQuotes(writer: TextWriter) {
  const open: boolean[] = [];

  return {
    open(attributes: HtmlAttributes): void {
      open.push(isQuote(attributes));
      if (open.at(-1)) writeApart(writer, OPEN, 1);
    },
    close(): void {
      if (open.pop()) writeApart(writer, CLOSE, 1);
    },
  };
}

/** A text of a page in which nothing looks like an edge of a quotation. */
export function withoutQuoteSigns(text: string): string {
  return text.replace(signs, '');
}

/** As Apple Mail, Thunderbird, Gmail, Yahoo and Proton write them: `gmail_quote`, `yahoo_quoted`, `mailQuote`. */
function isQuote({ type, class: classes = '' }: HtmlAttributes): boolean {
  const words = classes.slice(0, 500).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  return type?.toLowerCase() === 'cite' || /(?<![a-z\d])(?:quote[ds]?|cite[ds]?)(?![a-z\d])/i.test(words);
}

/** A text with `> ` before each line that is quoted, once for each time. */
export function withQuotes(text: string): string {
  if (!text.includes(OPEN)) return text;
  const lines: string[] = [];
  let depth = 0;
  let begins = false;
  for (const line of text.split('\n')) {
    const [opened, closed] = [countOf(line, OPEN), countOf(line, CLOSE)];
    // Nothing parts a quotation from its edges.
    if (closed > 0 && lines.at(-1) === quoted('', depth)) lines.pop();
    depth = Math.max(0, depth + opened - closed);
    const shown = withoutQuoteSigns(line);
    const isLeftOut = shown === '' && (line !== '' || begins);
    begins = opened > 0 || (begins && shown === '');
    if (!isLeftOut) lines.push(quoted(shown, depth));
  }
  return lines.join('\n').trim();
}

function quoted(line: string, depth: number): string {
  return depth === 0 ? line : `${'>'.repeat(Math.min(deepest, depth))} ${line}`.trimEnd();
}

function countOf(line: string, sign: string): number {
  return line.split(sign).length - 1;
}
