import type { AnswerValue } from '../../shared/answer.ts';
import type { Question } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readNotStated } from './read/not-stated.ts';
import { choicesValue } from './read/read-choices.ts';
import type { ReadAnswer } from './read/reading.ts';
import { readAnswer } from './read-answer.ts';

/**
 * Reads what a person writes in place of a model's value, by the rules for replies. Unlike with those, nothing is picked
 * out of it or left out: it fits the question, or the error is a sentence that says why not.
 */
export function readCorrection(question: Question, text: string): Result<AnswerValue, string> {
  const { answer } = question;
  const written = text.trim();
  if (written === '') return err('A value is missing. Where the document has none, write “Not stated”.');
  if (readNotStated(answer, written)?.note === null) return ok({ type: 'not_stated' });
  switch (answer.type) {
    case 'text':
      return ok({ type: 'text', text: written });
    case 'list':
      return ok({ type: 'list', items: lines(written) });
    case 'choices':
      return whole(choicesValue(answer, lines(written)), `Each line must be one of: ${answer.choices.join(', ')}.`);
    case 'choice':
      return whole(readAnswer(question, written, null), `It must be one of: ${answer.choices.join(', ')}.`);
    case 'yes_no':
      return whole(readAnswer(question, written, null), 'It must be Yes or No.');
    case 'number':
    case 'date': {
      const { value, note } = readAnswer(question, written, null);
      return value === null ? err(note) : ok(value);
    }
  }
}

/** One item a line: an item may have commas in it. */
function lines(text: string): readonly string[] {
  const items = text.split('\n').map((line) => line.trim());
  return [...new Set(items.filter((item) => item !== ''))];
}

/** Not what a choice was made out in. */
function whole({ value, note }: ReadAnswer, otherwise: string): Result<AnswerValue, string> {
  return value !== null && note === null ? ok(value) : err(otherwise);
}
