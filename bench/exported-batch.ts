/** A finished batch with proof, made a page at a time: what an export reads, without a store. */
import type { Pages } from '../src/main/batch/export/export-format.ts';
import type { Answer, AnswerValue } from '../src/shared/answer.ts';
import type { Batch, ItemDetail } from '../src/shared/batch-data.ts';
import type { Question, Recipe } from '../src/shared/recipe.ts';

const PAGE = 200;

function question(id: string, answer: Question['answer'], proof: boolean): Question {
  return { id, title: id, ask: `What is the ${id}?`, answer, proof, maxTokens: 100 };
}

const recipe: Recipe = {
  id: 'bench',
  name: 'Contracts',
  asked: 'together',
  order: 'document_first',
  questions: [
    question('Subject', { type: 'text' }, true),
    question('Parties', { type: 'list' }, true),
    question('End', { type: 'date' }, true),
    question('Price', { type: 'number' }, false),
    question('Renewal', { type: 'yes_no' }, false),
    question('Law', { type: 'choice', choices: ['German', 'English'] }, false),
  ],
};

export function exportedBatch(files: number): Batch {
  return {
    id: 'bench',
    dropped: 'contracts',
    name: 'contracts',
    createdAt: 0,
    startedAt: 0,
    finishedAt: 0,
    workedMs: null,
    status: 'finished',
    counts: {
      total: files,
      queued: 0,
      running: 0,
      done: files,
      failed: 0,
      cancelled: 0,
      removed: 0,
      noted: 0,
      checked: 0,
    },
    bytes: files * 4_000,
    recipe,
    providerName: 'Bench',
    host: 'bench.example',
    model: 'gpt-4o-mini',
    temperature: 0,
    llm: true,
    local: true,
    againOf: null,
    watch: null,
    skipped: 0,
    problem: null,
  };
}

export async function* exportedPages(files: number): Pages {
  for (let from = 0; from < files; from += PAGE) {
    yield Array.from({ length: Math.min(PAGE, files - from) }, (_, index) => itemAt(from + index));
  }
}

function itemAt(position: number): ItemDetail {
  const values: readonly AnswerValue[] = [
    { type: 'text', text: `Delivery of part ${position}, with its maintenance for two years, paid by the month.` },
    { type: 'list', items: [`Supplier ${position % 97} GmbH`, `Customer ${position % 89} Ltd`] },
    { type: 'date', from: `20${26 + (position % 9)}-03-31`, to: null },
    { type: 'number', number: position * 1.5, unit: 'EUR' },
    { type: 'yes_no', yes: position % 2 === 0 },
    { type: 'text', text: 'German' },
  ];
  const answers = recipe.questions.map((asked, index) => answerOf(asked, values[index] ?? null, position));
  return {
    row: {
      id: position,
      batchId: 'bench',
      position,
      name: `part ${Math.floor(position / 1_000)}/Contract ${position}.pdf`,
      isInside: false,
      bytes: 4_000,
      status: 'done',
      answers: [],
      totalTokens: 900 + (position % 400),
      latencyMs: 180 + (position % 1_700),
      notes: [],
      checkedAt: null,
      goneAt: null,
      problem: null,
    },
    inside: [],
    apart: false,
    withoutPages: [],
    path: `/contracts/part ${Math.floor(position / 1_000)}/Contract ${position}.pdf`,
    format: 'pdf',
    encoding: null,
    pages: 3,
    characters: 4_000,
    sha256: position.toString(16).padStart(64, '0'),
    answers,
    calls: [],
  };
}

function answerOf({ id, proof }: Question, value: AnswerValue | null, position: number): Answer {
  const quote = `as agreed between the parties under number ${position} of this contract, on the day of its signature`;
  const place = { start: 100, end: 190, line: 1 + (position % 60), page: 2 };
  return {
    question: id,
    status: 'done',
    value,
    raw: null,
    note: null,
    problem: null,
    proof: proof ? 'found' : null,
    evidence: proof ? [{ quote, place }] : [],
    coverage: { parts: 1, partsRead: 1, characters: 4_000, pages: 3 },
    callIds: [],
  };
}
