import type { AnswerCell } from '../../../src/shared/answer.ts';
import {
  type Batch,
  type BatchProgress,
  type ItemDetail,
  type ItemRow,
  noCounts,
} from '../../../src/shared/batch-data.ts';
import type { Recipe } from '../../../src/shared/recipe.ts';

export const batchId = '00000000-0000-4000-8000-000000000001';
export const otherBatchId = '00000000-0000-4000-8000-000000000002';

/** Three questions, one of each width. */
export const recipe: Recipe = {
  id: 'letters',
  name: 'Letters',
  asked: 'separately',
  order: 'document_first',
  questions: [
    { id: 'gist', title: 'Gist', ask: 'What is it about?', answer: { type: 'text' }, proof: false, maxTokens: 50 },
    {
      id: 'mood',
      title: 'Mood',
      ask: 'How is the mood?',
      answer: { type: 'choice', choices: ['good', 'bad'] },
      proof: false,
      maxTokens: 5,
      builtin: { task: 'tone', title: 'Word-list mood' },
    },
    { id: 'names', title: 'Names', ask: 'Who is named?', answer: { type: 'list' }, proof: false, maxTokens: 30 },
  ],
};

/** A cell with a text in it. */
export function makeCell(question: string, text: string): AnswerCell {
  return { question, status: 'done', value: { type: 'text', text }, proof: null };
}

export function makeBatch(change: Partial<Omit<Batch, 'counts'>> & { counts?: Partial<Batch['counts']> } = {}): Batch {
  const { counts, ...rest } = change;
  return {
    id: batchId,
    name: 'contracts',
    dropped: 'contracts',
    createdAt: 1_000,
    startedAt: 2_000,
    finishedAt: null,
    workedMs: 0,
    status: 'running',
    recipe,
    providerName: 'OpenAI',
    host: 'api.openai.com',
    model: 'gpt-4o-mini',
    temperature: 0,
    llm: true,
    local: false,
    againOf: null,
    watch: null,
    bytes: 0,
    skipped: 0,
    problem: null,
    ...rest,
    counts: {
      ...noCounts,
      ...counts,
    },
  };
}

export function makeRow(position: number, change: Partial<ItemRow> = {}): ItemRow {
  return {
    id: position + 1,
    batchId,
    position,
    name: `file-${position}.txt`,
    isInside: false,
    bytes: 1024,
    status: 'queued',
    answers: [],
    totalTokens: null,
    latencyMs: null,
    notes: [],
    problem: null,
    checkedAt: null,
    goneAt: null,
    ...change,
  };
}

export function makeRows(offset: number, count: number, change: Partial<ItemRow> = {}): ItemRow[] {
  return Array.from({ length: count }, (_, index) => makeRow(offset + index, change));
}

export function makeProgress(batch: Batch, changed: readonly ItemRow[] = []): BatchProgress {
  return { batch, filesPerSecond: 10, remainingMs: 5_000, waiting: null, changed };
}

export function makeDetail(row: ItemRow): ItemDetail {
  return {
    row,
    path: `/files/${row.name}`,
    inside: [],
    apart: false,
    withoutPages: [],
    format: 'text',
    encoding: 'UTF-8',
    pages: null,
    characters: 12,
    sha256: 'ab'.repeat(32),
    answers: [],
    calls: [],
  };
}

/** Answers of a batch of so many files; their ids count from 1. */
export function tableAnswers(count: number, change: Partial<ItemRow> = {}) {
  return {
    'batch.view': () => Int32Array.from({ length: count }, (_, index) => index + 1),
    'batch.rows': ({ itemIds }: { readonly itemIds: readonly number[] }) =>
      itemIds.map((itemId) => makeRow(itemId - 1, change)),
  };
}
