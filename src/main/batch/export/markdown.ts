import type { WriteFormat } from './export-format.ts';
import { writeText } from './export-format.ts';
import {
  countWords,
  errorWords,
  partWords,
  providerOf,
  questionCells,
  questionTitles,
  readingWords,
} from './export-words.ts';

/** A table for reading and pasting. */
export const writeMarkdown: WriteFormat = (batch, choice, pages) => {
  const titles = ['File', 'Status', ...questionTitles(batch), 'Error', 'Reading notes'];
  const summary = [`${providerOf(batch)}, ${batch.model}.`, countWords(batch), partWords(batch, choice)];
  return writeText(
    {
      head:
        `# ${inline(batch.name)}\n\n${summary.filter((words) => words !== '').join(' ')}\n\n` +
        `${tableRow(titles.map(inline))}|${'---|'.repeat(titles.length)}\n`,
      item: (item) =>
        tableRow(
          [item.row.name, item.row.status, ...questionCells(batch, item), errorWords(item.row), readingWords(item)].map(
            inline,
          ),
        ),
      foot: '',
    },
    pages,
  );
};

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text of a model or a file inside a Markdown table: no markup, no line breaks. */
function inline(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#!~&]/g, '\\$&').replaceAll(/\s*[\r\n]\s*/g, ' ');
}
