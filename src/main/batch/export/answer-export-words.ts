/** How much of a document an answer rests on, and what proves it, in the words of an export. */
import type { Answer, AnswerValue, Evidence, Proof } from '../../../shared/answer.ts';
import { correctionState, coverageWords, shownValue, valueWords } from '../../../shared/answer-words.ts';
import type { Batch, ItemDetail } from '../../../shared/batch-data.ts';
import { placeName } from '../../../shared/places.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { columnTitle, type Question } from '../../../shared/recipe.ts';

export const NOT_FOUND = 'not found in the document';

const CORRECTED = 'corrected by hand';

const proofNames: Readonly<Record<Proof, string>> = {
  found: 'found',
  not_found: NOT_FOUND,
  none: 'no quotation given',
};

/** A file's answer to a question. */
export function answerTo({ answers }: ItemDetail, { id }: Question): Answer | null {
  return answers.find((answer) => answer.question === id) ?? null;
}

/** What a file's answer to a question is worth: the value of a person who corrected it, else the model's. */
export function valueTo(item: ItemDetail, question: Question): AnswerValue | null {
  const answer = answerTo(item, question);
  return answer === null ? null : shownValue(answer);
}

/** Whether the quotations of an answer are in the document; empty where none were asked for. */
export function proofWords(answer: Answer | null): string {
  if (answer === null || answer.proof === null) return '';
  // Quotations prove what the model said.
  return correctionState(answer) === 'holds' ? CORRECTED : proofNames[answer.proof];
}

/** "page 3, line 12", "sheet “Budget”, row 12". */
export function placeWords({ place }: Evidence): string {
  if (place === null) return NOT_FOUND;
  if (place.place !== undefined) {
    return place.place.row === undefined ? `${placeName(place.place)}, line ${place.line}` : placeName(place.place);
  }
  return place.page === null ? `line ${place.line}` : `page ${place.page}, line ${place.line}`;
}

/** What the answers of a file were made from: said once where it is the same for all, else for each question. */
export function fileCoverage(batch: Batch, { answers }: ItemDetail): string {
  const covered = answers.flatMap(({ question, coverage }) =>
    coverage === null ? [] : [{ question, words: coverageWords(coverage) }],
  );
  const [first] = covered;
  if (first === undefined) return '';
  if (covered.every(({ words }) => words === first.words)) return first.words;
  return covered.map(({ question, words }) => `${titleOf(batch, question)}: ${words}`).join('; ');
}

/** Whether an answer was made from less than the document. */
export function inPart({ coverage }: Answer): boolean {
  return coverage !== null && coverage.partsRead < coverage.parts;
}

/** Why answers are missing, or differ from what the model said. */
export function resultNotes(batch: Batch, { answers }: ItemDetail): string {
  return answers.flatMap((answer) => noteOf(batch, answer) ?? []).join(' ');
}

function noteOf(batch: Batch, answer: Answer): string | null {
  const { question, note, problem } = answer;
  const words = correctionWords(answer) ?? note ?? (problem === null ? null : problemSentence(problem));
  return words === null ? null : `${titleOf(batch, question)}: ${words}`;
}

/** What a person's correction is in place of; null where there is none. */
export function correctionWords(answer: Answer): string | null {
  const { value, corrected } = answer;
  if (corrected === undefined) return null;
  const said = value === null ? 'gave no value' : `said “${valueWords(value)}”`;
  return correctionState(answer) === 'holds'
    ? `Corrected by hand; the model ${said}.`
    : `Was corrected by hand to “${valueWords(corrected.value)}”; asked again, the model ${said}.`;
}

function titleOf({ recipe, llm }: Batch, id: string): string {
  const question = recipe.questions.find((one) => one.id === id);
  return question === undefined ? id : columnTitle(question, llm);
}
