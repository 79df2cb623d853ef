/** What a reader of results has to know about them: where they come from, and what is missing. */

import type { Batch } from '../../../shared/batch-data.ts';
import type { AnswerKind, Recipe } from '../../../shared/recipe.ts';
import { columnTitle, sendingOf, sendingWords } from '../../../shared/recipe.ts';
import { type ExportChoice, filesIn } from './export-format.ts';
import { countWords, partWords, providerOf, utc } from './export-words.ts';
import type { Tally } from './tally.ts';

export type Fact = readonly [name: string, value: string | number];

const askedWords: Readonly<Record<Recipe['asked'], string>> = {
  separately: 'one request per question',
  together: 'all questions in one request',
};

/** Known before the first file is written. */
export function batchFacts(batch: Batch, choice: ExportChoice, exportedAt: Date): readonly Fact[] {
  const times: readonly (readonly [string, number | null])[] = [
    ['Started', batch.startedAt],
    ['Finished', batch.finishedAt],
  ];
  const part = partWords(batch, choice);
  return [
    ['Batch', batch.name],
    ['Files', countWords(batch)],
    ['In this export', part === '' ? `all ${filesIn(batch, choice)} files` : part],
    ['Recipe', `${batch.recipe.name} (${askedWords[batch.recipe.asked]})`],
    ...sentFacts(batch),
    ['Provider', providerOf(batch)],
    ['Model', batch.llm ? batch.model : `${batch.model} (not a language model)`],
    ...times.flatMap(([name, time]): readonly Fact[] => (time === null ? [] : [[name, utc(new Date(time))]])),
    ['Exported', utc(exportedAt)],
  ];
}

/** Said where it is not the text, as ever. */
function sentFacts({ recipe, llm }: Batch): readonly Fact[] {
  const sending = sendingOf(recipe);
  return sending === 'text' || !llm ? [] : [['Sent', sendingWords[sending]]];
}

/** The questions as they were asked. */
export function questionRows({ recipe, llm }: Batch): readonly (readonly string[])[] {
  return recipe.questions.map((question) => [
    columnTitle(question, llm),
    question.ask,
    kindWords(question.answer),
    question.proof ? 'quotation asked for' : '',
  ]);
}

/** What came of each question, with its name first. */
export function outcomeRows({ questions }: Tally): readonly (readonly (string | number)[])[] {
  return [...questions.values()].map((one) => [
    one.title,
    one.answered,
    one.notStated,
    one.failed,
    one.found,
    one.notFound,
    one.unquoted,
    one.inPart,
  ]);
}

export const outcomeTitles = [
  'Question',
  'Answered',
  'Not stated',
  'Failed',
  'Quotations found',
  'Quotations not found',
  'No quotation given',
  'Answered from a part',
] as const;

/** Why files failed, and how many did. */
export function failureRows({ problems, otherProblems }: Tally): readonly Fact[] {
  const rest = otherProblems();
  return [...problems, ...(rest === 0 ? [] : [['Other problems', rest] as const])];
}

function kindWords(kind: AnswerKind): string {
  switch (kind.type) {
    case 'text':
      return kind.maxWords === undefined ? 'text' : `text, up to ${kind.maxWords} words`;
    case 'choice':
      return `one of: ${kind.choices.join(', ')}`;
    case 'choices':
      return `any of: ${kind.choices.join(', ')}`;
    case 'list':
      return kind.maxItems === undefined ? 'list' : `list, up to ${kind.maxItems}`;
    case 'number':
      return kind.unit === undefined ? 'number' : `number (${kind.unit})`;
    case 'date':
      return 'date';
    case 'yes_no':
      return 'yes or no';
  }
}
