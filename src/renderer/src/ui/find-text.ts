/** A stretch of a text: `start` is in it, `end` is not. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** A text as it is compared: without case, accents and what is not seen. */
interface FoldedText {
  readonly text: string;
  /** Where each of its units begins in the text that was folded; null where they are the same. */
  readonly starts: readonly number[] | null;
}

/** Runs of ASCII, white space, a syllable of separate jamo, else a character with its marks. */
const clusters = /\s+|[!-~]+(?!\p{M})|[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.\p{M}*/gu;
/** Accents, Hebrew points, Arabic vowel signs and tatweel, soft hyphens, joiners and marks of direction. */
const unseen = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII, whose folding keeps every place
const plain = /^[\0-\x08\x0e-\x1f -\x7f]*$/;

function foldCluster(cluster: string): string {
  if (/^\s/u.test(cluster)) return ' ';
  return cluster.normalize('NFKD').replace(unseen, '').normalize('NFC').toLowerCase();
}

/** Made alike: case, accents, composed and decomposed forms, full width, and runs of white space. */
export function foldText(text: string): FoldedText {
  if (plain.test(text) && !text.includes('  ')) return { text: text.toLowerCase(), starts: null };
  const starts: number[] = [];
  let folded = '';
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const piece = foldCluster(cluster);
    const same = piece.length === cluster.length;
    for (let unit = 0; unit < piece.length; unit += 1) starts.push(same ? index + unit : index);
    folded += piece;
  }
  starts.push(text.length);
  return { text: folded, starts };
}

/** Every place of the words in a text, in order and without overlaps; none for words that are empty. */
export function findAll(text: string, words: string, limit: number): readonly TextSpan[] {
  const wanted = foldText(words).text;
  if (wanted.trim() === '') return [];
  const { text: folded, starts } = foldText(text);
  const found: TextSpan[] = [];
  for (
    let at = folded.indexOf(wanted);
    at >= 0 && found.length < limit;
    at = folded.indexOf(wanted, at + wanted.length)
  )
    found.push(spanAt(starts, at, at + wanted.length));
  return found;
}

/** A match that ends within a character takes in the whole of it. */
function spanAt(starts: readonly number[] | null, from: number, to: number): TextSpan {
  if (starts === null) return { start: from, end: to };
  const start = starts[from] ?? 0;
  const last = starts[to - 1] ?? start;
  let next = to;
  while (next < starts.length - 1 && starts[next] === last) next += 1;
  return { start, end: starts[next] ?? last };
}
