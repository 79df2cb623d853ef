/** What the readers of replies share. */
import type { AnswerValue } from '../../../shared/answer.ts';
import type { AnswerKind } from '../../../shared/recipe.ts';

/** A reply as a value. One without a value always has a note. */
export type ReadAnswer =
  /** `note`: how the value differs from the reply; null if it does not. */
  { readonly value: AnswerValue; readonly note: string | null } | { readonly value: null; readonly note: string };

export type KindOf<Type extends AnswerKind['type']> = Extract<AnswerKind, { type: Type }>;

/** Only a few words are asked for; a runaway model or a malicious server must not block the main process. */
export const LONGEST_READ = 100_000;

export const EMPTY: ReadAnswer = { value: null, note: 'The answer was empty.' };
export const LONGER = 'Taken from an answer longer than the choice asked for.';

/** "Not positive" names a choice only to deny it. */
export const DENIAL = /\b(not|no|non|never|hardly|neither|nor|without)\b|n['’]t\b/i;

export function textValue(text: string, note: string | null = null): ReadAnswer {
  return { value: { type: 'text', text }, note };
}

export function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** A short answer without the column's title before it, its Markdown, quotation marks and full stop. */
export function bareWords(title: string, raw: string): string {
  const label = new RegExp(`^[\\s*_]*${escapePattern(title)}\\b[^:\\n]{0,20}:`, 'i');
  return withoutEnd(bare(raw.replace(label, '')), /[.!]/);
}

/** Removes duplicates, ignoring case and keeping the first spelling. */
export function distinct(items: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const item of items) {
    const key = item.normalize().toLowerCase();
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

const MARK = /[\s"'“”„‘’«»*_`]/u;

/** Removes the quotation marks and Markdown around an answer. */
export function bare(text: string): string {
  let start = 0;
  while (start < text.length && MARK.test(text.charAt(start))) start += 1;
  return withoutEnd(text.slice(start), MARK);
}

/** Written by hand: a pattern ending in `+$` is quadratic on a long run that is not at the end. */
export function withoutEnd(text: string, mark: RegExp): string {
  let end = text.length;
  while (end > 0 && mark.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
