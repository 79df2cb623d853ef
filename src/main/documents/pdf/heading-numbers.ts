/** The numbers that a heading begins with: [2, 1] of "2.1 Rent"; none of "2026 in numbers" or "2.5 million". */
function numbersOf(text: string): readonly number[] {
  const [, numbers = ''] = /^(\d{1,2}(?:\.\d{1,2}){0,5})\.?\s+["“„«(]?\p{Lu}/u.exec(text) ?? [];
  return numbers === '' ? [] : numbers.split('.').map(Number);
}

/** How many numbers a heading begins with: 2 of "2.1 Rent"; 0 if none. */
export function depthOf(text: string): number {
  return numbersOf(text).length;
}

/** Whether a heading has the number after that of another: 2.1 and 2.2, 2.1 and 2.1.1, 2.1 and 3. */
export function numbersOn(text: string, next: string): boolean {
  const [before, numbers] = [numbersOf(text), numbersOf(next)];
  if (before.length === 0 || numbers.length === 0) return false;
  const same = numbers.slice(0, -1).every((number, at) => number === before[at]);
  return same && numbers.at(-1) === (before[numbers.length - 1] ?? 0) + 1;
}

/** "Article 5", "Chapter IV", "§ 3": its name may be in the next line. */
export function isOnlyNumber(text: string): boolean {
  return /^(?:§+|\p{L}+\.?)?\s*(?:[\p{N}.]+|[IVXLC]+|\p{Lu})[.:]?$/u.test(text);
}

/** "Sec. 28-1. Short title.", "3. Rent.", "§ 4 Notice." */
export function isNumbered(text: string): boolean {
  return /^(?:§|\p{N}|\p{L}+\.?\s+\p{N})/u.test(text);
}
