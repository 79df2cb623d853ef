import { err, ok, type Result } from '../../shared/result.ts';
import { languageName } from './language.ts';
import type { Reading } from './reading.ts';

export interface Tone {
  readonly tone: 'positive' | 'negative' | 'neutral';
  /** Mean over the sentences, −1 to 1, rounded to two decimals. */
  readonly score: number;
  /** Sentences read, and how many of them contain words from the list. */
  readonly sentences: number;
  readonly coloured: number;
}

/** Scores within ± this value are neutral. */
const NEUTRAL = 0.15;

/** The tone of a text's words according to wink's word list, without any understanding. English only. */
export function toneOf(reading: Reading): Result<Tone, string> {
  if (reading.text.trim() === '') return err('The document is empty.');
  if (reading.sentences.length === 0) {
    return err(
      reading.layout.kind === 'prose' ? 'It contains no sentences.' : 'It contains no sentences, only data or code.',
    );
  }
  if (reading.tone === null) {
    if (reading.language === null)
      return err('The language of the text could not be determined; the word list is English.');
    return err(`The word list is English; this text is ${languageName(reading.language)}.`);
  }
  const { tone: scores } = reading;
  const mean = scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const score = Math.round(mean * 100) / 100;
  return ok({
    tone: score > NEUTRAL ? 'positive' : score < -NEUTRAL ? 'negative' : 'neutral',
    score,
    sentences: scores.length,
    coloured: scores.filter((value) => value !== 0).length,
  });
}
