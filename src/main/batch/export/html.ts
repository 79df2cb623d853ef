/** A report that stands alone: no script, nothing from outside, readable on paper and in the dark. */
import { createHash } from 'node:crypto';
import { shownValue, valueWords } from '../../../shared/answer-words.ts';
import type { Batch, ItemDetail } from '../../../shared/batch-data.ts';
import type { Question } from '../../../shared/recipe.ts';
import { batchFacts, failureRows, outcomeRows, outcomeTitles, questionRows } from './about.ts';
import { answerTo, fileCoverage, placeWords, proofWords, resultNotes } from './answer-export-words.ts';
import { type ExportChoice, type WriteFormat, writeText } from './export-format.ts';
import { errorWords, goneWords, questionTitles, readingWords } from './export-words.ts';
import { reportStyle } from './html-style.ts';
import { createTally, type Tally } from './tally.ts';

export const writeHtml: WriteFormat = (batch, choice, pages) => {
  const tally = createTally(batch);
  return writeText(
    {
      head: head(batch, choice),
      item: (item) => {
        tally.add(item);
        return row(batch, item);
      },
      foot: () => foot(tally),
    },
    pages,
  );
};

function head(batch: Batch, choice: ExportChoice): string {
  const titles = ['File', ...questionTitles(batch), 'Notes'];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(reportStyle)}'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${text(batch.name)}</title>
<style>${reportStyle}</style>
</head>
<body>
<h1 dir="auto">${text(batch.name)}</h1>
<dl>${batchFacts(batch, choice, new Date())
    .map(([name, value]) => `<dt>${text(name)}</dt><dd dir="auto">${text(String(value))}</dd>`)
    .join('')}</dl>
<h2>Questions</h2>
${table(['Column', 'Question', 'Answer', 'Proof'], questionRows(batch))}
<h2>Answers</h2>
<table class="answers">
<thead>${tr('th', titles.map(text))}</thead>
<tbody>
`;
}

function row(batch: Batch, item: ItemDetail): string {
  const coverage = fileCoverage(batch, item);
  const read = coverage === '' ? '' : `Read: ${coverage}`;
  const notes = [errorWords(item.row), read, readingWords(item), resultNotes(batch, item)];
  const cells = [
    `<b dir="auto">${text(item.row.name)}</b>${marksOf(item)
      .map((mark) => ` <span class="status">${mark}</span>`)
      .join('')}`,
    ...batch.recipe.questions.map((question) => answerCell(item, question)),
    notes
      .filter((words) => words !== '')
      .map((words) => `<p dir="auto">${text(words)}</p>`)
      .join(''),
  ];
  return `${tr('td', cells)}\n`;
}

/** What is to be known of the file as a whole. */
function marksOf({ row }: ItemDetail): readonly string[] {
  const gone = goneWords(row);
  return [
    ...(row.status === 'done' ? [] : [row.status]),
    ...(row.checkedAt === null ? [] : ['checked']),
    ...(gone === null ? [] : [gone]),
  ];
}

/** The value, whether it is proven, and each quotation with its place. */
function answerCell(item: ItemDetail, question: Question): string {
  const answer = answerTo(item, question);
  if (answer === null) return '';
  const shown = shownValue(answer);
  const value = shown === null ? '' : `<p dir="auto">${text(valueWords(shown))}</p>`;
  const quotes = answer.evidence.map(
    (one) =>
      `<blockquote${one.place === null ? ' class="doubtful"' : ''}><span dir="auto">“${text(one.quote)}”</span> <cite>${placeWords(one)}</cite></blockquote>`,
  );
  const none = answer.proof === 'none' ? `<p class="doubtful">${proofWords(answer)}</p>` : '';
  return `${value}${quotes.join('')}${none}`;
}

function foot(tally: Tally): string {
  const failures = failureRows(tally);
  return `</tbody>
</table>
<h2>What came of each question</h2>
${table(outcomeTitles, outcomeRows(tally))}
${failures.length === 0 ? '' : `<h2>Why files failed</h2>\n${table(['Problem', 'Files'], failures)}\n`}</body>
</html>
`;
}

function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const body = rows.map((cells) =>
    tr(
      'td',
      cells.map((cell) => `<span dir="auto">${text(String(cell))}</span>`),
    ),
  );
  return `<table>\n<thead>${tr('th', titles.map(text))}</thead>\n<tbody>${body.join('\n')}</tbody>\n</table>`;
}

function tr(cell: 'td' | 'th', cells: readonly string[]): string {
  return `<tr>${cells.map((inside) => `<${cell}>${inside}</${cell}>`).join('')}</tr>`;
}

/** Text of a model or a file: no markup, and nothing that HTML does not allow as a character. */
function text(words: string): string {
  return words.replaceAll(/[&<>"']|(?![\t\n])\p{Cc}/gu, (found) => entities.get(found) ?? '\uFFFD');
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['\r', '\n'],
]);

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
