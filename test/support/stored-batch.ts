/** A finished batch, written through the app's own store: the result of a run, without the run. */

import { randomUUID } from 'node:crypto';
import type { RecordedAnswer } from '../../src/main/batch/item-record.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import type { Store } from '../../src/main/store/store.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import type { Problem } from '../../src/shared/problem.ts';
import type { Recipe } from '../../src/shared/recipe.ts';
import { makeAnswer } from './answers.ts';
import { pageOfItems } from './items.ts';

const AT_ONCE = 500;

/** A line of the table, in the order of its columns. */
export interface StoredRow {
  readonly name: string;
  readonly summary: string;
  readonly sentiment: string;
  readonly topics: readonly string[];
  readonly totalTokens: number;
  readonly latencyMs: number;
}

const subjects = ['Delivery', 'Contract', 'Invoice', 'Complaint', 'Minutes', 'Offer', 'Survey'];
const sentiments = ['Neutral', 'Positive', 'Negative'];

/** Rows that differ as those of a real folder do. */
export function storedRows(count: number): readonly StoredRow[] {
  return Array.from({ length: count }, (_, index) => {
    const subject = subjects[index % subjects.length] ?? '';
    return {
      name: `part ${Math.floor(index / 1_000) + 1}/${subject} ${index + 1}.txt`,
      summary: `${subject} number ${index + 1} was discussed at length, and a second supplier is now being sought.`,
      sentiment: sentiments[index % sentiments.length] ?? '',
      topics: [subject.toLowerCase(), `case ${index % 97}`, 'second supplier'],
      totalTokens: 900 + (index % 400),
      latencyMs: 180 + (index % 1_700),
    };
  });
}

/** A file as it was answered. */
export interface StoredFile {
  readonly name: string;
  readonly answers: readonly RecordedAnswer[];
  readonly problem?: Problem;
  readonly totalTokens?: number;
  readonly latencyMs?: number;
}

/** A batch of the standard recipe. */
export function writeFinishedBatch(
  store: Pick<Store, 'read' | 'write'>,
  name: string,
  rows: readonly StoredRow[],
): Promise<Batch> {
  const files = rows.map(({ summary, sentiment, topics, ...row }) => ({
    ...row,
    answers: [makeAnswer('summary', summary), makeAnswer('sentiment', sentiment), makeAnswer('topics', topics)],
  }));
  return writeAnsweredBatch(store, name, standardRecipe, files);
}

/** A batch of any recipe. */
export async function writeAnsweredBatch(
  { write, read }: Pick<Store, 'read' | 'write'>,
  name: string,
  recipe: Recipe,
  files: readonly StoredFile[],
): Promise<Batch> {
  const id = randomUUID();
  await write.insertBatch({
    id,
    name,
    paths: [name],
    recipe,
    source: id,
    createdAt: Date.now(),
    providerName: 'Bench',
    host: 'bench.example',
    model: 'gpt-4o-mini',
    llm: true,
    local: true,
    temperature: 0,
  });
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    await write.addItems(
      id,
      some.map((file) => ({ path: `/${file.name}`, name: file.name, bytes: 4_000, modifiedAt: 0, problem: null })),
    );
    const items = await pageOfItems(read, { batchId: id, offset: from, limit: AT_ONCE });
    await Promise.all(
      items.map((item, index) => {
        const file = some[index];
        if (file === undefined) throw new Error('More items than were written.');
        return write.finishItem({ itemId: item.id, ...outcomeOf(file) });
      }),
    );
  }
  const setup = await write.changeBatch(id, { status: 'finished', at: Date.now() });
  if (setup === null) throw new Error('The batch is gone.');
  return setup.batch;
}

function outcomeOf({ answers, problem, totalTokens, latencyMs }: StoredFile) {
  const status = problem === undefined ? ('done' as const) : ('failed' as const);
  const file = {
    bytes: 4_000,
    format: 'text',
    encoding: 'UTF-8',
    characters: 4_000,
    sha256: null,
    text: null,
    places: null,
  };
  return {
    ...file,
    status,
    notes: [],
    totalTokens: totalTokens ?? null,
    latencyMs: latencyMs ?? null,
    problem: problem ?? null,
    answers,
  };
}
