/** Share of an HTML part's words that its plain text must have to stand for it; links and images differ. */
const mostOf = 0.95;

/** A letter of a script that puts no blanks between words; each counts as a word. */
const lone =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const words = new RegExp(`${lone}|[\\p{L}\\p{M}\\p{N}]+`, 'gu');

/** Whether some words of a text are counted by their letters. */
export function countsByLetters(text: string): boolean {
  return new RegExp(lone, 'u').test(text);
}

/** Whether a text has nearly all words of another one, each as often as that has it. */
export function holdsWordsOf(text: string, other: string): boolean {
  const { lacking, of } = wordsLacking(text, other);
  return of - lacking >= of * mostOf;
}

/** How many words of another text a text lacks, which has each as often as that. */
export function wordsLacking(text: string, other: string): { readonly lacking: number; readonly of: number } {
  const left = new Map<string, number>();
  for (const [word] of text.matchAll(words)) left.set(word, (left.get(word) ?? 0) + 1);
  let of = 0;
  let lacking = 0;
  for (const [word] of other.matchAll(words)) {
    of += 1;
    const count = left.get(word) ?? 0;
    if (count === 0) lacking += 1;
    else left.set(word, count - 1);
  }
  return { lacking, of };
}
