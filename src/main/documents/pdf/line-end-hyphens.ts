/**
 * Joins words split at a line end. A soft hyphen always splits a word. A plain hyphen may belong to it, as in
 * "part-time", so the rest of the text decides: the word as it is written elsewhere; else, in a text whose lines often
 * end so, a word is split unless both its halves are words of their own. If pdf.js dropped a soft hyphen, two halves that
 * occur nowhere else are joined if the whole does.
 */
export function joinParted(text: string): string {
  const joined = text.replace(/\u00ad[ \t]*\n[ \t]*(?=\p{L})/gu, '');
  if (!/\p{L}[-\u2010]?\n\p{Ll}/u.test(joined)) return joined;
  let splits = 0;
  const whole = joined.replace(split, () => {
    splits += 1;
    return ' ';
  });
  const counts = countWords(whole);
  const count = (word: string) => counts.get(word.toLowerCase()) ?? 0;
  const isHyphenated = splits >= LEAST_SPLIT && splits >= LEAST_SHARE * (joined.match(/\n/g)?.length ?? 0);
  return joined.replace(parted, (found, start: string, hyphen: string, end: string, signs: string) => {
    const isOne =
      hyphen === ''
        ? count(start) === 1 && count(end) === 1 && count(start + end) > 0
        : count(`${start}-${end}`) === 0 &&
          (count(start + end) > 0 || (isHyphenated && (count(start) === 0 || count(end) === 0)));
    return isOne ? `${start}${end}${signs}\n` : found;
  });
}

/** A word split at a line end: its start, hyphen, end, and any signs right after it. */
const parted = /(\p{L}[\p{L}\p{M}]*)([-\u2010]?)\n(\p{Ll}[\p{L}\p{M}]*)(\S*)[ \n]?/gu;

/** A word that certainly ends with a hyphen at a line end. */
const split = /(?<![\p{L}\p{M}])\p{L}[\p{L}\p{M}]*[-\u2010]\n\p{Ll}[\p{L}\p{M}]*/gu;

/** If lines end with a hyphen more often than this, whoever set the text splits words: compounds are far rarer there. */
const LEAST_SHARE = 0.02;
const LEAST_SPLIT = 3;

function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
