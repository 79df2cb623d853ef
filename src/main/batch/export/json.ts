import type { Batch, ItemDetail } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import { exportedProblem } from '../../../shared/problem-words.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import type { ExportChoice, WriteFormat } from './export-format.ts';
import { writeText } from './export-format.ts';

/** One document with everything known of each file. */
export const writeJson: WriteFormat = (batch, choice, pages) =>
  writeText(
    {
      head: `{\n"batch": ${json(batchObject(batch, choice))},\n"files": [`,
      item: (item, first) => `${first ? '' : ','}\n${json(fileObject(item))}`,
      foot: () => '\n]}\n',
    },
    pages,
  );

/** JSON Lines: the batch in the first line and a file in each other one, so that a program can read it line by line. */
export const writeJsonLines: WriteFormat = (batch, choice, pages) =>
  writeText(
    {
      head: `${json({ type: 'batch', ...batchObject(batch, choice) })}\n`,
      item: (item) => `${json({ type: 'file', ...fileObject(item) })}\n`,
    },
    pages,
  );

function batchObject({ createdAt, startedAt, finishedAt, ...batch }: Batch, { only, items }: ExportChoice): object {
  const files = items === undefined ? only : 'chosen';
  return { ...batch, createdAt: iso(createdAt), startedAt: iso(startedAt), finishedAt: iso(finishedAt), files };
}

function fileObject({ calls, row, ...item }: ItemDetail): object {
  // The words beside the codes: who reads it by eye needs no table of codes.
  const notes = row.notes.map((note) => ({ ...note, words: noteWords(note) }));
  return {
    ...row,
    ...item,
    checkedAt: iso(row.checkedAt),
    goneAt: iso(row.goneAt),
    notes,
    callIds: calls.map((call) => call.id),
  };
}

/** Problems say themselves: who reads the file has no words for their codes. */
function json(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) =>
    key === 'problem' && part !== null ? exportedProblem(part as Problem) : part,
  );
}

function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
