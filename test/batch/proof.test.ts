/** What a model quotes is looked up in the text that was read, and says where it is or that it is not there. */
import { expect, it } from 'vitest';
import type { Answer } from '../../src/shared/answer.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { must, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import { text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';

function question(id: string, over: Partial<Question> = {}): Question {
  return { id, title: id, ask: `What is the ${id}?`, answer: { type: 'text' }, proof: true, maxTokens: 50, ...over };
}

function recipeOf(...questions: readonly Question[]): Recipe {
  return { id: 'lease', name: 'Lease', asked: 'together', order: 'document_first', questions };
}

const LEASE = 'Lease\n\nThe tenant is “Hannah Lind-\nqvist”, the rent EUR 1,200.00 a month.\n';

async function answersOf(docket: TestDocket, batchId: string): Promise<readonly Answer[]> {
  const [row] = await rowsOf(docket, batchId);
  return must(await docket.batches.item(row?.id ?? 0)).answers;
}

it('tells of each answer whether its quotations are in the document, and where', async () => {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const reply = {
    tenant: { answer: 'Hannah Lindqvist', quotes: ['The tenant is "Hannah Lindqvist"'] },
    rent: { answer: '1,300 EUR', quotes: ['the rent EUR 1,300.00', 'a month'] },
    term: { answer: 'Two years', quotes: [] },
    deposit: { answer: null, quotes: [] },
    landlord: { answer: 'Ann', quotes: ['x'] },
    plain: { answer: 'A lease' },
  };
  model.respond(() => text(JSON.stringify(reply)));
  const questions = Object.keys(reply).map((id) => question(id, { proof: id !== 'plain' }));
  const { id } = await runBatch(docket, [await folderOf({ 'a.txt': LEASE })], { recipe: recipeOf(...questions) });

  const answers = await answersOf(docket, id);
  expect(answers.map(({ question: of, proof }) => [of, proof])).toEqual([
    ['tenant', 'found'],
    ['rent', 'not_found'],
    ['term', 'none'],
    ['deposit', null],
    ['landlord', 'none'],
    ['plain', null],
  ]);
  const [quoted] = answers[0]?.evidence ?? [];
  expect(quoted?.place).toMatchObject({ line: 3, page: null });
  expect(LEASE.slice(quoted?.place?.start, quoted?.place?.end)).toBe('The tenant is “Hannah Lind-\nqvist');
  expect(answers[1]?.evidence.map(({ place }) => place !== null)).toEqual([false, true]);

  const [row] = await rowsOf(docket, id);
  expect(
    row?.answers.map(({ proof }) => proof),
    'the table shows it too',
  ).toEqual(answers.map(({ proof }) => proof));
  expect(must(await docket.files.text({ itemId: row?.id ?? 0 }))).toMatchObject({ text: LEASE, places: null });
});

it('looks up the sentence that the built-in engine matches', async () => {
  const docket = await docketAt();
  const questions = [question('rent', { answer: { type: 'number' }, proof: false }), question('zebra')];
  const lease = 'The tenant is Hannah. The monthly rent is 1200 euros. The term is two years.';
  const { id } = await runBatch(docket, [await folderOf({ 'a.txt': lease })], { recipe: recipeOf(...questions) });
  const [rent, zebra] = await answersOf(docket, id);
  expect(rent).toMatchObject({ proof: 'found', evidence: [{ place: { line: 1 } }] });
  const place = rent?.evidence[0]?.place;
  expect(lease.slice(place?.start, place?.end)).toBe('The monthly rent is 1200 euros.');
  expect(zebra).toMatchObject({ value: { type: 'not_stated' }, proof: null, evidence: [] });
});
