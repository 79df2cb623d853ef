/** Between lines that are one in the text, such as those of a cell, until words split at their ends are joined. */
export const LINE_BREAK = '\u2028';

/**
 * Joins words split at a line end, also within what is one line. A soft hyphen always splits a word. A plain hyphen may belong to it, as in
 * "part-time", so the rest of the text decides: the word as it is written elsewhere; else, in a text whose lines often
 * end so, a word is split unless both its halves are words of their own and compounds are as frequent as such words are
 * at line ends. If pdf.js dropped a soft hyphen, two halves that occur nowhere else are joined if the whole does.
 */
export function joinParted(text: string): string {
  const joined = text.replace(/\u00ad[ \t]*[\n\u2028][ \t]*(?=\p{L})/gu, '');
  const parted = partedWords(joined);
  return (parted.length === 0 ? joined : withoutSplits(joined, parted)).replaceAll(LINE_BREAK, ' ');
}

function withoutSplits(joined: string, parted: readonly PartedWord[]): string {
  const splits = parted.filter(({ hyphen }) => hyphen !== '');
  const words = countWords(withoutWords(joined, splits));
  const isHyphenated =
    splits.length >= LEAST_SPLIT && splits.length >= LEAST_SHARE * (joined.match(/[\n\u2028]/g)?.length ?? 0);
  const splitsPairs = isHyphenated && splitsPairsOfWords(splits, words);
  const isOne = ({ start, hyphen, end }: PartedWord) => {
    const [first, last] = [words.count(start), words.count(end)];
    return hyphen === ''
      ? first === 1 && last === 1 && words.count(start + end) > 0
      : words.count(`${start}-${end}`) === 0 &&
          (words.count(start + end) > 0 ||
            (isHyphenated && (first === 0 || last === 0 || (splitsPairs && !words.isInCompound(start, end)))));
  };
  return withJoined(joined, parted.filter(isOne));
}

/** A word that may be split at a line end. */
interface PartedWord {
  readonly start: string;
  readonly hyphen: string;
  readonly end: string;
  /** Where its hyphen, or else the line end, stands in the text. */
  readonly at: number;
}

/** The words with a line end in them, with or without a hyphen before it, that go on in small letters. */
function partedWords(text: string): readonly PartedWord[] {
  const words: PartedWord[] = [];
  const rest = /\p{Ll}[\p{L}\p{M}]*/uy;
  for (const { index: lineEnd } of text.matchAll(/[\n\u2028]/g)) {
    rest.lastIndex = lineEnd + 1;
    const end = rest.exec(text)?.[0];
    if (end === undefined) continue;
    const hyphen = /[-\u2010]/.exec(text.charAt(lineEnd - 1))?.[0] ?? '';
    const at = lineEnd - hyphen.length;
    const start = wordBefore(text, at);
    if (start !== '') words.push({ start, hyphen, end, at });
  }
  return words;
}

/** The letters right before a place in a text, with their marks. */
function wordBefore(text: string, end: number): string {
  let start = end;
  for (let letter = letterBefore(text, start); /^[\p{L}\p{M}]$/u.test(letter); letter = letterBefore(text, start)) {
    start -= letter.length;
  }
  return text.slice(start, end).replace(/^\p{M}+/u, '');
}

function letterBefore(text: string, end: number): string {
  const last = text.charAt(end - 1);
  return /[\udc00-\udfff]/.test(last) ? text.slice(Math.max(0, end - 2), end) : last;
}

/** The text without the words that are certainly split. */
function withoutWords(text: string, splits: readonly PartedWord[]): string {
  return replaced(
    text,
    splits.map(({ start, hyphen, end, at }) => {
      return { from: at - start.length, to: at + hyphen.length + 1 + end.length, text: ' ' };
    }),
  );
}

/** The text with these words in one, and the line end behind them. */
function withJoined(text: string, words: readonly PartedWord[]): string {
  const rest = /([^\s|]*)([ \n\u2028]?)/y;
  return replaced(
    text,
    words.map(({ hyphen, end, at }) => {
      rest.lastIndex = at + hyphen.length + 1 + end.length;
      const [, signs = '', after] = rest.exec(text) ?? [];
      const lineEnd = after === '\n' ? after : text.charAt(at + hyphen.length);
      return { from: at, to: rest.lastIndex, text: end + signs + lineEnd };
    }),
  );
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Of replacements that overlap, the first is made. */
function replaced(text: string, replacements: readonly Replacement[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { from, to, text: other } of replacements) {
    if (from < done) continue;
    pieces.push(text.slice(done, from), other);
    done = to;
  }
  return pieces.join('') + text.slice(done);
}

/** If lines end with a hyphen more often than this, whoever set the text splits words: compounds are far rarer there. */
const LEAST_SHARE = 0.02;
const LEAST_SPLIT = 3;
/** Of words within lines, so many come to stand across the end of one. */
const ACROSS_LINES = 0.1;

interface Words {
  count(word: string): number;
  /** How many of the words have a hyphen. */
  readonly compounds: number;
  /** Whether another compound begins or ends like this one. */
  isInCompound(start: string, end: string): boolean;
}

/** Whether splits into two words are too many to be the compounds that happen to stand at a line end. */
function splitsPairsOfWords(splits: readonly PartedWord[], words: Words): boolean {
  const pairs = splits.filter(
    ({ start, end }) => words.count(start) > 0 && words.count(end) > 0 && words.count(`${start}-${end}`) === 0,
  );
  return pairs.length >= 1 + 2 * ACROSS_LINES * words.compounds;
}

function countWords(text: string): Words {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const compounds = [...counts].filter(([word]) => /[-\u2010]/.test(word));
  const firsts = new Set(compounds.map(([word]) => word.slice(0, word.search(/[-\u2010]/))));
  const lasts = new Set(
    compounds.map(([word]) => word.slice(Math.max(word.lastIndexOf('-'), word.lastIndexOf('\u2010')) + 1)),
  );
  return {
    count: (word) => counts.get(word.toLowerCase()) ?? 0,
    compounds: compounds.reduce((sum, [, count]) => sum + count, 0),
    isInCompound: (start, end) => firsts.has(start.toLowerCase()) || lasts.has(end.toLowerCase()),
  };
}
