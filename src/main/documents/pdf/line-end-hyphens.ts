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
  return (/\p{L}[-\u2010]?[\n\u2028]\p{Ll}/u.test(joined) ? withoutSplits(joined) : joined).replaceAll(LINE_BREAK, ' ');
}

function withoutSplits(joined: string): string {
  const splits: string[] = [];
  const whole = joined.replace(split, (found) => {
    splits.push(found);
    return ' ';
  });
  const words = countWords(whole);
  const isHyphenated =
    splits.length >= LEAST_SPLIT && splits.length >= LEAST_SHARE * (joined.match(/[\n\u2028]/g)?.length ?? 0);
  const splitsPairs = isHyphenated && splitsPairsOfWords(splits, words);
  return joined.replace(
    parted,
    (found, start: string, hyphen: string, lineEnd: string, end: string, signs: string, after: string) => {
      const [first, last] = [words.count(start), words.count(end)];
      const isOne =
        hyphen === ''
          ? first === 1 && last === 1 && words.count(start + end) > 0
          : words.count(`${start}-${end}`) === 0 &&
            (words.count(start + end) > 0 ||
              (isHyphenated && (first === 0 || last === 0 || (splitsPairs && !words.isInCompound(start, end)))));
      return isOne ? `${start}${end}${signs}${after === '\n' ? after : lineEnd}` : found;
    },
  );
}

/** A word split at a line end: its start, hyphen, end, any signs right after it, and what parts it from the next. */
const parted = /(\p{L}[\p{L}\p{M}]*)([-\u2010]?)([\n\u2028])(\p{Ll}[\p{L}\p{M}]*)([^\s|]*)([ \n\u2028]?)/gu;

/** A word that certainly ends with a hyphen at a line end. */
const split = /(?<![\p{L}\p{M}])\p{L}[\p{L}\p{M}]*[-\u2010][\n\u2028]\p{Ll}[\p{L}\p{M}]*/gu;

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
function splitsPairsOfWords(splits: readonly string[], words: Words): boolean {
  const pairs = splits.filter((found) => {
    const [start = '', end = ''] = found.split(/[-\u2010][\n\u2028]/);
    return words.count(start) > 0 && words.count(end) > 0 && words.count(`${start}-${end}`) === 0;
  });
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
