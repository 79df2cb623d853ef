import { err, ok, type Result } from '../../shared/result.ts';
import { languageName } from './language.ts';
import type { Reading } from './reading.ts';
import { codeKeywords, stopWordsOf } from './stop-words.ts';

export interface KeyTerms {
  /** Best first. */
  readonly terms: readonly string[];
  readonly note: string | null;
}

/** The terms a text uses most, or a sentence saying why there are none. */
export function keyTermsOf(reading: Reading, count = 3): Result<KeyTerms, string> {
  if (reading.text.trim() === '') return err('The document is empty.');
  if (reading.layout.kind === 'code') return namesInCode(reading, count);
  const terms = reading.terms.slice(0, count);
  if (terms.length > 0) return ok({ terms, note: grammarNote(reading) });
  if (reading.layout.kind === 'table') {
    const headings = reading.layout.table.headings.filter(
      (heading) => /\p{L}/u.test(heading) && !heading.includes(','),
    );
    if (headings.length > 0)
      return ok({ terms: headings.slice(0, count), note: 'A table: these are its first headings.' });
  }
  return err('It contains no words that could be key terms.');
}

/** Languages in which nouns can be recognised: by wink's tagger, by capital letters, by script. */
const nounLanguages = new Set(['en', 'de', 'ja']);

function grammarNote({ language }: Reading): string | null {
  if (language !== null && nounLanguages.has(language)) return null;
  if (language === null) return 'Frequent words; the language of the text could not be determined.';
  return `Frequent words; nouns cannot be told from other words in ${languageName(language)}.`;
}

/** A name made of several words (`poolSize`, `pool_size`) says more than a single word. */
const COMPOUND_WEIGHT = 2;

function namesInCode({ text }: Reading, count: number): Result<KeyTerms, string> {
  const stopWords = stopWordsOf('en');
  const counts = new Map<string, number>();
  for (const [name] of text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]{3,40}/gu)) {
    const lower = name.toLowerCase();
    if (codeKeywords.has(lower) || stopWords?.has(lower) === true) continue;
    const compound = /\p{Ll}\p{Lu}|\p{L}_\p{L}/u.test(name);
    counts.set(name, (counts.get(name) ?? 0) + (compound ? COMPOUND_WEIGHT : 1));
  }
  const terms = [...counts].sort((a, b) => b[1] - a[1]).slice(0, count);
  if (terms.length === 0) return err('It contains no names that could be key terms.');
  return ok({ terms: terms.map(([name]) => name), note: 'Source code or data: its most frequent names.' });
}
