import type { EvidencePlace } from '../../shared/answer.ts';
import type { StoredText } from '../../shared/kept-file.ts';
import type { QuotedWords } from '../../shared/quoted-words.ts';
import { findQuotations, toPlace } from '../recipes/find-quotation.ts';

/**
 * Where words that a reply quotes are in the text of a file: at the line that is named, or else where they are first. Null
 * for those that are not in it. Nothing is matched that is not there word for word, as with the quotations of a batch.
 */
export async function findQuoted(
  content: StoredText | null,
  quoted: readonly QuotedWords[],
): Promise<readonly (EvidencePlace | null)[]> {
  if (content === null) return quoted.map(() => null);
  const { text, places } = content;
  const onLines = quoted.map((one) => onItsLine(content, one));
  const others = quoted.flatMap(({ words }, at) => (onLines[at] === null ? [words] : []));
  const found = await findQuotations(text, places, others);
  return quoted.map(({ words }, at) => onLines[at] ?? found.get(words) ?? null);
}

/** Words of a sentence that begins on a line, which Markdown shows without its line ends. */
function onItsLine({ text, places }: StoredText, { words, line }: QuotedWords): EvidencePlace | null {
  const from = line === null ? null : startOfLine(text, line);
  const parts = words.split(/\s+/u).filter((word) => word !== '');
  if (from === null || parts.length === 0) return null;
  const escaped = parts.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
  const pattern = new RegExp(escaped.join('\\s+'), 'gu');
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? null : toPlace(text, places, { start: match.index, end: match.index + match[0].length });
}

/** Null for a line that the text does not have. */
function startOfLine(text: string, line: number): number | null {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return null;
    start = end + 1;
  }
  return start;
}
