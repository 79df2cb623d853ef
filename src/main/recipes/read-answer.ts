/**
 * Models answer in sentences when asked for a word. This extracts what fits the table; the full answer is kept as raw.
 */
import type { Question } from '../../shared/recipe.ts';
import { readNotStated } from './read/not-stated.ts';
import { readChoice } from './read/read-choice.ts';
import { readChoices } from './read/read-choices.ts';
import { readDate } from './read/read-date.ts';
import { readList } from './read/read-list.ts';
import { readNumber } from './read/read-number.ts';
import { readText } from './read/read-text.ts';
import { readYesNo } from './read/read-yes-no.ts';
import type { ReadAnswer } from './read/reading.ts';
import { NO_HINTS, type ReadingHints } from './read/reading-hints.ts';

/**
 * Reads a reply as the kind of answer that the question asks for.
 * @param hints how the document writes dates and numbers, which an answer may repeat.
 */
export function readAnswer(
  question: Question,
  raw: string,
  finishReason: string | null,
  hints: ReadingHints = NO_HINTS,
): ReadAnswer {
  const { title, answer } = question;
  const notStated = readNotStated(answer, raw);
  if (notStated !== null) return notStated;
  switch (answer.type) {
    case 'text':
      return readText(question, raw, finishReason);
    case 'choice':
      return readChoice(title, answer, raw);
    case 'choices':
      return readChoices(title, answer, raw);
    case 'list':
      return readList(title, answer, raw);
    case 'number':
      return readNumber(title, answer, raw, hints);
    case 'date':
      return readDate(title, raw, hints);
    case 'yes_no':
      return readYesNo(title, raw);
  }
}
