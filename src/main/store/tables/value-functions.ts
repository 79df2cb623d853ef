/** What SQLite cannot compare by itself: values as people read them. */
import type { Database } from 'better-sqlite3';
import type { AnswerValue } from '../../../shared/answer.ts';
import { shownValue } from '../../../shared/answer-words.ts';

const known = new WeakSet<Database>();

/**
 * Gives a connection `value_key(words)`, the same for words that differ only in how they are written, and
 * `shown_json(value, corrected, of_value)`, the value that is shown of an answer with a correction.
 */
export function defineValueFunctions(db: Database): void {
  if (known.has(db)) return;
  known.add(db);
  db.function('value_key', { deterministic: true }, (words: unknown) =>
    typeof words === 'string' ? valueKey(words) : words,
  );
  db.function('shown_json', { deterministic: true }, (value: unknown, corrected: unknown, of: unknown) => {
    const shown = shownValue({ value: parsed(value), corrected: correctionOf(corrected, of) });
    return shown === null ? null : JSON.stringify(shown);
  });
}

/** The same for values that differ only by case, white space or Unicode's normal form. Accents make other words. */
export function valueKey(words: string): string {
  return words.normalize('NFC').toLowerCase().normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

function correctionOf(corrected: unknown, of: unknown) {
  const value = parsed(corrected);
  return value === null ? undefined : { value, of: parsed(of) };
}

function parsed(json: unknown): AnswerValue | null {
  return typeof json === 'string' ? (JSON.parse(json) as AnswerValue) : null;
}
