/**
 * Joins words that a line's end parts. A soft hyphen always parts one; a plain one does where the whole word stands
 * elsewhere in the text and the word with a hyphen does not. Others stay: "part-time" is one word with its hyphen.
 * Where pdf.js has dropped a soft hyphen, two halves that are no words elsewhere are one when their whole is.
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

/** A word before and after its hyphen at a line's end, and what stands right behind it. */
const parted = /(\p{L}[\p{L}\p{M}]*)([-\u2010]?)\n(\p{Ll}[\p{L}\p{M}]*)(\S*)[ \n]?/gu;

function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
