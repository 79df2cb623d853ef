import Papa from 'papaparse';
import { valueWords } from '../../shared/answer-words.ts';
import type { Batch, ExportFormat, ItemDetail, ItemFilter, ItemRow } from '../../shared/batch-data.ts';
import type { Problem, ProblemCode } from '../../shared/problem.ts';
import { exportedProblem, problemSentence } from '../../shared/problem-words.ts';
import { BUILTIN_LABEL } from '../../shared/providers.ts';
import { noteWords } from '../../shared/reading-note-words.ts';
import { columnTitle } from '../../shared/recipe.ts';
import type { Reads } from '../store/operations.ts';

const PAGE = 200;
/** A cell is read at a glance; JSON has all that the server said. */
const SAID_CHARACTERS = 300;
/** How a cell begins that a spreadsheet may run: with an operator, also a full-width one, or with white space before it. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/u;

export interface ExportChoice {
  readonly format: ExportFormat;
  /** Which of its files. A part says in itself that it is one. */
  readonly only: ItemFilter;
}

/** How many files an export has. */
export function filesIn({ counts }: Batch, { only }: ExportChoice): number {
  return only === 'all' ? counts.total : counts[only];
}

/** A batch's results as text, piece by piece: an export of any size takes little memory. Tells how many files are in it. */
export async function* exportBatch(
  read: Pick<Reads, 'pageOfDetails'>,
  batch: Batch,
  choice: ExportChoice,
  tell: (written: number) => void = () => {},
): AsyncGenerator<string> {
  const write = writers[choice.format](batch, choice);
  yield write.head();
  let written = 0;
  for (let from = 0; ; ) {
    const page = await read.pageOfDetails({ batchId: batch.id, only: choice.only, from, limit: PAGE });
    for (const item of page) {
      yield write.item(item, written === 0);
      written += 1;
    }
    const last = page.at(-1);
    if (last === undefined) break;
    from = last.row.position + 1;
    tell(written);
  }
  yield write.foot();
}

interface Writer {
  head(): string;
  item(item: ItemDetail, first: boolean): string;
  foot(): string;
}

const writers: Readonly<Record<ExportFormat, (batch: Batch, choice: ExportChoice) => Writer>> = {
  csv: csvWriter,
  json: jsonWriter,
  md: markdownWriter,
};

/** The titles of the questions' columns. */
export function questionTitles({ recipe, llm }: Batch): readonly string[] {
  return recipe.questions.map((question) => columnTitle(question, llm));
}

/** The values of a file, one per question; empty where there is none. */
function questionCells({ recipe }: Batch, { row }: ItemDetail): readonly string[] {
  return recipe.questions.map(({ id }) => {
    const value = row.answers.find((answer) => answer.question === id)?.value ?? null;
    return value === null ? '' : valueWords(value);
  });
}

function csvWriter(batch: Batch): Writer {
  const line = (cells: readonly unknown[]) =>
    // Cells that a spreadsheet would run as a formula are escaped.
    `${Papa.unparse([[...cells]], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;
  return {
    // The byte-order mark makes Excel read UTF-8.
    head: () =>
      `\uFEFF${line(['File', 'Status', ...questionTitles(batch), 'Tokens', 'Time (ms)', 'Error', 'Reading notes', 'Result notes', 'Path', 'SHA-256', 'Provider', 'Model'])}`,
    item: (item) =>
      line([
        item.row.name,
        item.row.status,
        ...questionCells(batch, item),
        tokens(batch, item),
        item.row.latencyMs ?? '',
        errorWords(item.row),
        readingWords(item),
        resultNotes(item).join(' '),
        item.path,
        item.sha256 ?? '',
        providerOf(batch),
        batch.model,
      ]),
    foot: () => '',
  };
}

function jsonWriter(batch: Batch, { only }: ExportChoice): Writer {
  const { counts, createdAt, startedAt, finishedAt, ...rest } = batch;
  const about = {
    ...rest,
    counts,
    createdAt: iso(createdAt),
    startedAt: iso(startedAt),
    finishedAt: iso(finishedAt),
    files: only,
  };
  return {
    head: () => `{\n"batch": ${json(about)},\n"files": [`,
    item: ({ calls, row, ...item }, first) =>
      // The words beside the codes: who reads it by eye needs no table of codes.
      `${first ? '' : ','}\n${json({ ...row, ...item, notes: row.notes.map((note) => ({ ...note, words: noteWords(note) })), callIds: calls.map((call) => call.id) })}`,
    foot: () => '\n]}\n',
  };
}

/** Problems say themselves: who reads the file has no words for their codes. */
function json(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) =>
    key === 'problem' && part !== null ? exportedProblem(part as Problem) : part,
  );
}

function markdownWriter(batch: Batch, choice: ExportChoice): Writer {
  const { done, failed, total, noted } = batch.counts;
  return {
    head: () =>
      `# ${inline(batch.name)}\n\n${providerOf(batch)}, ${batch.model}. ${done} of ${total} files finished, ${failed} failed${notedWords(noted)}.${partWords(batch, choice)}\n\n` +
      tableRow(['File', 'Status', ...questionTitles(batch), 'Error', 'Reading notes'].map(inline)) +
      `|${'---|'.repeat(batch.recipe.questions.length + 4)}\n`,
    item: (item) =>
      tableRow(
        [item.row.name, item.row.status, ...questionCells(batch, item), errorWords(item.row), readingWords(item)].map(
          inline,
        ),
      ),
    foot: () => '',
  };
}

/** What a server may also say after it has begun to answer with HTTP 200; the detail of other problems is not its own. */
const IN_A_REPLY: ReadonlySet<ProblemCode> = new Set(['content_refused', 'server_error', 'incomplete']);

/** With the server's own words where it refused: they name the rule, the limit, the part of the text or the finish reason. */
function errorWords({ problem }: ItemRow): string {
  if (problem === null) return '';
  const { code, httpStatus = 0, detail = '' } = problem;
  const sentence = problemSentence(problem);
  if (detail === '' || (httpStatus < 400 && !IN_A_REPLY.has(code))) return sentence;
  const said = detail.replaceAll(/\s+/gu, ' ').trim();
  const shown = said.length > SAID_CHARACTERS ? `${said.slice(0, SAID_CHARACTERS)}…` : said;
  return `${sentence} The server said: ${shown}`;
}

const partNames: Readonly<Record<Exclude<ItemFilter, 'all'>, string>> = {
  noted: 'were read with notes',
  queued: 'are queued',
  done: 'are done',
  failed: 'failed',
  cancelled: 'were cancelled',
};

/** Who reads a part alone would take it for all. */
function partWords(batch: Batch, choice: ExportChoice): string {
  if (choice.only === 'all') return '';
  return ` Only the files that ${partNames[choice.only]} are listed here (${filesIn(batch, choice)}).`;
}

function providerOf(batch: Batch): string {
  return batch.llm ? `${batch.providerName} (${batch.host})` : BUILTIN_LABEL;
}

/** An engine without tokens has none; a server that did not count them left them unknown. */
function tokens(batch: Batch, item: ItemDetail): string | number {
  if (!batch.llm) return 'n/a';
  return item.row.totalTokens ?? (item.row.status === 'done' ? 'unknown' : '');
}

function resultNotes(item: ItemDetail): readonly string[] {
  return item.answers.flatMap((answer) => answer.note ?? []);
}

/** How the file was read, where there is something to know about it. */
function readingWords({ row }: ItemDetail): string {
  return row.notes.map(noteWords).join(' ');
}

/** ", 12 read with notes"; nothing where there are none. */
export function notedWords(noted: number): string {
  return noted === 0 ? '' : `, ${noted} read with notes`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** Text of a model or a file inside a Markdown table: no markup, no line breaks. */
function inline(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#!~&]/g, '\\$&').replaceAll(/\s*[\r\n]\s*/g, ' ');
}
