/** Words that the formats share. */
import type { Batch, ExportFilter, ItemDetail, ItemRow } from '../../../shared/batch-data.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { BUILTIN_LABEL } from '../../../shared/providers.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { columnTitle } from '../../../shared/recipe.ts';
import { type ExportChoice, filesIn } from './export-format.ts';

/** A cell is read at a glance; JSON has all that the server said. */
const SAID_CHARACTERS = 300;

/** The titles of the questions' columns. */
export function questionTitles({ recipe, llm }: Batch): readonly string[] {
  return recipe.questions.map((question) => columnTitle(question, llm));
}

/** What a server may also say after it has begun to answer with HTTP 200; the detail of other problems is not its own. */
const IN_A_REPLY: ReadonlySet<ProblemCode> = new Set(['content_refused', 'server_error', 'incomplete']);

/** With the server's own words where it refused: they name the rule, the limit, the part of the text or the finish reason. */
export function errorWords({ problem }: ItemRow): string {
  if (problem === null) return '';
  const { code, httpStatus = 0, detail = '' } = problem;
  const sentence = problemSentence(problem);
  if (detail === '' || (httpStatus < 400 && !IN_A_REPLY.has(code))) return sentence;
  const said = detail.replaceAll(/\s+/gu, ' ').trim();
  const shown = said.length > SAID_CHARACTERS ? `${said.slice(0, SAID_CHARACTERS)}…` : said;
  return `${sentence} The server said: ${shown}`;
}

const partNames: Readonly<Record<Exclude<ExportFilter, 'all'>, string>> = {
  noted: 'were read with notes',
  queued: 'are queued',
  done: 'are done',
  failed: 'failed',
  cancelled: 'were cancelled',
};

/** Who reads a part alone would take it for all. Empty for all files. */
export function partWords(batch: Batch, choice: ExportChoice): string {
  if (choice.items !== undefined) {
    return `Only files chosen in the table are listed here (${choice.items.length} of ${batch.counts.total}), in its order.`;
  }
  if (choice.only === 'all') return '';
  return `Only the files that ${partNames[choice.only]} are listed here (${filesIn(batch, choice)}).`;
}

/** "2 of 3 files finished, 1 failed." */
export function countWords({ counts: { done, failed, total, noted, checked, removed } }: Batch): string {
  return `${done} of ${total} files finished, ${failed} failed${notedWords(noted)}${checkedWords(checked)}${removedWords(removed)}.`;
}

/** ", 12 read with notes"; nothing where there are none. */
export function notedWords(noted: number): string {
  return noted === 0 ? '' : `, ${noted} read with notes`;
}

/** ", 2 checked by a person"; nothing where none is. */
function checkedWords(checked: number): string {
  return checked === 0 ? '' : `, ${checked} checked by a person`;
}

/** ", 2 removed from the batch"; nothing where there are none. */
export function removedWords(removed: number): string {
  return removed === 0 ? '' : `, ${removed} removed from the batch`;
}

export function providerOf(batch: Batch): string {
  return batch.llm ? `${batch.providerName} (${batch.host})` : BUILTIN_LABEL;
}

/** An engine without tokens has none; a server that did not count them left them unknown. */
export function tokens(batch: Batch, { row }: ItemDetail): string | number {
  if (!batch.llm) return 'n/a';
  return row.totalTokens ?? (row.status === 'done' ? 'unknown' : '');
}

/** Since when a file is no longer in its folder; null while it is, or nobody has looked. */
export function goneSince({ goneAt }: ItemRow): string | null {
  return goneAt === null ? null : utc(new Date(goneAt));
}

/** The same beside the file's status: "gone since 2026-03-01 14:05:09 UTC". */
export function goneWords(row: ItemRow): string | null {
  const since = goneSince(row);
  return since === null ? null : `gone since ${since}`;
}

/** "2026-03-01 14:05:09 UTC": an export is read in other places than this one. */
export function utc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** How the file was read, where there is something to know about it. */
export function readingWords({ row }: ItemDetail): string {
  return row.notes.map(noteWords).join(' ');
}
