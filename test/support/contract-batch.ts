/** A batch of contracts with every kind of answer, proven and not: what an export has to carry. */

import type { RecordedAnswer } from '../../src/main/batch/item-record.ts';
import type { Store } from '../../src/main/store/store.ts';
import type { AnswerValue, Evidence } from '../../src/shared/answer.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import { problem } from '../../src/shared/problem.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { failedAnswer, makeAnswer } from './answers.ts';
import { type StoredFile, writeAnsweredBatch } from './stored-batch.ts';

function question(id: string, title: string, answer: Question['answer'], proof: boolean): Question {
  return { id, title, ask: `${title}?`, answer, proof, maxTokens: 100 };
}

export const contractRecipe: Recipe = {
  id: 'contracts',
  name: 'Contracts & terms',
  asked: 'together',
  order: 'document_first',
  questions: [
    question('parties', 'Parties', { type: 'list' }, true),
    question('ends', 'Ends', { type: 'date' }, false),
    question('price', 'Price', { type: 'number', unit: 'EUR' }, false),
    question('renews', 'Renews', { type: 'yes_no' }, false),
  ],
};

export function valued(id: string, value: AnswerValue, over: Partial<RecordedAnswer> = {}): RecordedAnswer {
  return makeAnswer(id, null, { value, raw: JSON.stringify(value), ...over });
}

const found: Evidence = { quote: 'between A & B <GmbH>', place: { start: 10, end: 30, line: 4, page: 2 } };
const invented: Evidence = { quote: 'and C Ltd', place: null };
const whole = { parts: 3, partsRead: 3, characters: 90_000, pages: 84 };

const contractFiles: readonly StoredFile[] = [
  {
    name: 'a.pdf',
    answers: [
      valued('parties', { type: 'list', items: ['A', 'B'] }, { proof: 'found', evidence: [found], coverage: whole }),
      valued('ends', { type: 'date', from: '2026-03-31', to: null }, { coverage: whole }),
      valued('price', { type: 'number', number: -1200.5, unit: 'EUR' }, { coverage: whole }),
      valued('renews', { type: 'yes_no', yes: true }, { coverage: whole }),
    ],
    totalTokens: 900,
    latencyMs: 120,
  },
  {
    name: 'b.pdf',
    answers: [
      valued(
        'parties',
        { type: 'list', items: ['C'] },
        { proof: 'not_found', evidence: [found, invented], coverage: { ...whole, partsRead: 2 } },
      ),
      valued('ends', { type: 'date', from: '2026', to: null }, { coverage: whole }),
      valued('price', { type: 'not_stated' }, { coverage: whole }),
      failedAnswer('renews', problem('file_empty', { what: 'no_bytes' })),
    ],
  },
  { name: 'c.pdf', answers: [], problem: problem('file_empty', { what: 'white_space' }) },
];

export function writeContractBatch(store: Pick<Store, 'read' | 'write'>): Promise<Batch> {
  return writeAnsweredBatch(store, 'contracts', contractRecipe, contractFiles);
}
