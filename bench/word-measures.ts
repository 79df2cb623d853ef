/** How much of one text is in another: its words, and the pairs that stand side by side. */

/** Both are multisets: a word that is there three times must be read three times. */
export interface WordMeasures {
  /** Share of the reference's words that were read. */
  readonly recall: number;
  /** Share of the words read that are in the reference. */
  readonly precision: number;
  /** Share of the reference's pairs of neighbours that are neighbours in what was read. */
  readonly order: number;
}

export function compareWords(read: string, reference: string): WordMeasures {
  const [words, expected] = [wordsOf(read), wordsOf(reference)];
  const common = shared(words, expected);
  return {
    recall: ratio(common, expected.length),
    precision: ratio(common, words.length),
    order: ratio(shared(pairsOf(words), pairsOf(expected)), Math.max(0, expected.length - 1)),
  };
}

/** The words that both texts have, each as often as in the one that has it less often. */
export function wordsInBoth(first: string, second: string): string {
  const left = countsOf(wordsOf(second));
  return wordsOf(first)
    .filter((word) => take(left, word))
    .join('\n');
}

/**
 * Letters as they look, without case and joiners, with the marks that stand apart from them, and with exponents and
 * indices on the line (Docket writes x^n). Scripts without spaces count by letter with its marks.
 */
export function wordsOf(text: string): readonly string[] {
  const seen = text
    .replace(/[\u200c\u200d]/g, '')
    .replace(/[\^_]\(?/g, '')
    .replace(/ ?(?=[\u0300-\u036f])/g, '')
    .replace(/\u0131(?=[\u0300-\u036f])/g, 'i');
  return seen.normalize('NFKC').toLowerCase().match(word) ?? [];
}

const spaceless =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}';
const word = new RegExp(`[${spaceless}]\\p{M}*|(?:(?![${spaceless}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

function pairsOf(words: readonly string[]): readonly string[] {
  return words.slice(1).map((after, at) => `${words[at]} ${after}`);
}

function shared(first: readonly string[], second: readonly string[]): number {
  const left = countsOf(second);
  return first.filter((item) => take(left, item)).length;
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Takes one of them away, if there is one left. */
function take(left: Map<string, number>, item: string): boolean {
  const remaining = left.get(item) ?? 0;
  if (remaining > 0) left.set(item, remaining - 1);
  return remaining > 0;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
