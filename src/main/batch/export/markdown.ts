import { shownValue, valueWords } from '../../../shared/answer-words.ts';
import type { ItemDetail } from '../../../shared/batch-data.ts';
import type { Question } from '../../../shared/recipe.ts';
import { answerTo, correctionWords, fileCoverage, placeWords } from './answer-export-words.ts';
import { type WriteFormat, writeText } from './export-format.ts';
import {
  countWords,
  errorWords,
  goneWords,
  partWords,
  providerOf,
  questionTitles,
  readingWords,
} from './export-words.ts';

/** A table for reading and pasting. */
export const writeMarkdown: WriteFormat = (batch, choice, pages) => {
  const titles = ['File', 'Status', ...questionTitles(batch), 'Checked', 'Error', 'Coverage', 'Reading notes'];
  const summary = [`${providerOf(batch)}, ${batch.model}.`, countWords(batch), partWords(batch, choice)];
  return writeText(
    {
      head:
        `# ${inline(batch.name)}\n\n${summary.filter((words) => words !== '').join(' ')}\n\n` +
        `${tableRow(titles.map(inline))}|${'---|'.repeat(titles.length)}\n`,
      item: (item) =>
        tableRow([
          inline(item.row.name),
          [item.row.status, goneWords(item.row)].filter((words) => words !== null).join(', '),
          ...batch.recipe.questions.map((question) => answerCell(item, question)),
          item.row.checkedAt === null ? '' : 'yes',
          ...[errorWords(item.row), fileCoverage(batch, item), readingWords(item)].map(inline),
        ]),
    },
    pages,
  );
};

/** The value, and below it each quotation with its place. */
function answerCell(item: ItemDetail, question: Question): string {
  const answer = answerTo(item, question);
  if (answer === null) return '';
  const shown = shownValue(answer);
  const value = shown === null ? '' : inline(valueWords(shown));
  const correction = correctionWords(answer);
  const quotes = answer.evidence.map((one) => `“${inline(one.quote)}” (${placeWords(one)})`);
  return [value, ...(correction === null ? [] : [inline(correction)]), ...quotes].join('<br>');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text of a model or a file inside a Markdown table: no markup, no line breaks. */
function inline(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#!~&]/g, '\\$&').replaceAll(/\s*[\r\n]\s*/g, ' ');
}
