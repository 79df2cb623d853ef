/** Share of an HTML part's words that its plain text must have to stand for it; links and images differ. */
const mostOf = 0.95;

const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu;

/** Whether a text has nearly all words of another one, each as often as that has it. */
export function holdsWordsOf(text: string, other: string): boolean {
  const left = new Map<string, number>();
  for (const [word] of text.matchAll(words)) left.set(word, (left.get(word) ?? 0) + 1);
  let wanted = 0;
  let found = 0;
  for (const [word] of other.matchAll(words)) {
    wanted += 1;
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    found += 1;
  }
  return found >= wanted * mostOf;
}
