/**
 * Joins words split at a line end. A soft hyphen always splits a word. A plain hyphen does if the joined word occurs
 * elsewhere in the text and the hyphenated one does not; otherwise it stays, as in "part-time". If pdf.js dropped a
 * soft hyphen, two halves that occur nowhere else are joined if the whole does.
 */
export function joinParted(text: string): string {
  const joined = text.replace(/\u00ad[ \t]*\n[ \t]*(?=\p{L})/gu, '');
  if (!/\p{L}[-\u2010]?\n\p{Ll}/u.test(joined)) return joined;
  const counts = countWords(joined);
  const count = (word: string) => counts.get(word.toLowerCase()) ?? 0;
  return joined.replace(parted, (whole, start: string, hyphen: string, end: string, signs: string) => {
    const isOne = hyphen === '' ? count(start) === 1 && count(end) === 1 : count(`${start}-${end}`) === 0;
    return isOne && count(start + end) > 0 ? `${start}${end}${signs}\n` : whole;
  });
}

/** A word split at a line end: its start, hyphen, end, and any signs right after it. */
const parted = /(\p{L}[\p{L}\p{M}]*)([-\u2010]?)\n(\p{Ll}[\p{L}\p{M}]*)(\S*)[ \n]?/gu;

function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
