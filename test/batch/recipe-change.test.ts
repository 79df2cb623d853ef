/** What a person changes is asked again, and nothing else. */
import { describe, expect, it } from 'vitest';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { cellsOf } from '../support/answers.ts';
import { batchNow, must, rowsOf, runBatch, startAgain, type TestDocket } from '../support/docket.ts';
import type { ModelServer } from '../support/model-server.ts';
import { status, text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';

function question(id: string, ask: string, over: Partial<Question> = {}): Question {
  return { id, title: id, ask, answer: { type: 'text' }, proof: false, maxTokens: 50, ...over };
}

const parties = question('parties', 'Who are the parties?');
const end = question('end', 'When does it end?');
const law = question('law', 'Which law applies?');

function recipeOf(...questions: readonly Question[]): Recipe {
  return { id: 'contracts', name: 'Contracts', asked: 'separately', order: 'document_first', questions };
}

/** Answers every question by itself and tells which were asked. */
function answering(model: ModelServer): { asked(): readonly string[] } {
  model.reset();
  model.respond(({ prompt }) => text(`Answer to: ${/above: (.*)\n/.exec(prompt)?.[1]}`));
  return { asked: () => model.chatRequests.map(({ prompt }) => /above: (.*)\n/.exec(prompt)?.[1] ?? '').sort() };
}

async function change(docket: TestDocket, id: string, recipe: Recipe) {
  must(await docket.batches.changeRecipe(id, recipe));
  return batchNow(docket, id);
}

async function scene() {
  const model = await server();
  const answers = answering(model);
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf({ 'a.txt': 'The lease of Ann.', 'b.txt': 'The lease of Bob.' });
  const { id } = await runBatch(docket, [folder], { recipe: recipeOf(parties, end) });
  expect(answers.asked()).toHaveLength(4);
  return { model, docket, id };
}

describe('a recipe that is changed', () => {
  it('asks only the question that was added', async () => {
    const { model, docket, id } = await scene();
    const answers = answering(model);
    expect(await change(docket, id, recipeOf(parties, end, law))).toMatchObject({ status: 'ready' });
    expect(await startAgain(docket, id)).toMatchObject({ status: 'finished', counts: { done: 2 } });
    expect(answers.asked()).toEqual(['Which law applies?', 'Which law applies?']);
    expect(cellsOf((await rowsOf(docket, id))[0])).toEqual({
      parties: 'Answer to: Who are the parties?',
      end: 'Answer to: When does it end?',
      law: 'Answer to: Which law applies?',
    });
  });

  it('asks only the question that was reworded', async () => {
    const { model, docket, id } = await scene();
    const answers = answering(model);
    await change(docket, id, recipeOf({ ...parties, ask: 'Who signs?' }, end));
    await startAgain(docket, id);
    expect(answers.asked()).toEqual(['Who signs?', 'Who signs?']);
    expect(cellsOf((await rowsOf(docket, id))[1]).parties).toBe('Answer to: Who signs?');
  });

  it('asks nothing when columns are renamed, moved or removed, and stays finished', async () => {
    const { model, docket, id } = await scene();
    const answers = answering(model);
    const renamed = { ...parties, title: 'Who' };
    expect(await change(docket, id, recipeOf(end, renamed))).toMatchObject({
      status: 'finished',
      recipe: { questions: [{ id: 'end' }, { id: 'parties', title: 'Who' }] },
    });
    expect(await change(docket, id, recipeOf(end))).toMatchObject({ status: 'finished' });
    expect(answers.asked()).toEqual([]);
  });

  it('is refused while the batch runs', async () => {
    const { model, docket } = await scene();
    model.respond(() => text('Late.', { latencyMs: 500 }));
    const { id } = must(await docket.batches.create([await folderOf({ 'c.txt': 'C.' })], { start: true }));
    expect(await docket.batches.changeRecipe(id, recipeOf(law))).toMatchObject({
      error: { code: 'not_allowed', params: { what: 'batch_running' } },
    });
  });
});

describe('a file that stands twice in a folder', () => {
  it('is asked about once, at whatever speed', async () => {
    const model = await server();
    const answers = answering(model);
    const docket = await docketAt({ baseUrl: model.url });
    const copies = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.txt`, 'The same lease.']));
    const batch = await runBatch(docket, [await folderOf(copies)], { recipe: recipeOf(parties, end) });
    expect(batch).toMatchObject({ status: 'finished', counts: { done: 4 } });
    expect(answers.asked()).toEqual(['When does it end?', 'Who are the parties?']);
    const rows = (await rowsOf(docket, batch.id)).map(cellsOf);
    expect(rows).toEqual(rows.map(() => rows[0]));
  });

  it('is asked about each time if the question names the file', async () => {
    const model = await server();
    const answers = answering(model);
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({
      'a.txt': 'The same lease.',
      'b/a.txt': 'The same lease.',
      'c.txt': 'The same lease.',
    });
    const named = question('named', 'Is {file} the right name?');
    const placed = question('placed', 'Does it belong into {folder}?');
    await runBatch(docket, [folder], { recipe: recipeOf(named, placed, law) });
    const asked = answers.asked();
    expect(asked.filter((one) => one.includes('right name'))).toEqual([
      'Is a.txt the right name?',
      'Is c.txt the right name?',
    ]);
    expect(asked.filter((one) => one.includes('belong'))).toHaveLength(2);
    expect(asked.filter((one) => one.includes('law'))).toHaveLength(1);
  });

  it('is asked about again for a copy if the first one failed', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    let refused = false;
    model.respond(() => {
      if (refused) return text('Fine.');
      refused = true;
      return status(400);
    });
    const folder = await folderOf({ 'a.txt': 'The same lease.', 'b.txt': 'The same lease.' });
    const batch = await runBatch(docket, [folder], { recipe: recipeOf(parties) });
    expect(batch.counts).toMatchObject({ done: 1, failed: 1 });
  });
});

describe('a recipe of one’s own', () => {
  it('sends the document first, byte for byte the same for every question', async () => {
    const model = await server();
    answering(model);
    const docket = await docketAt({ baseUrl: model.url });
    await runBatch(docket, [await folderOf({ 'a.txt': 'A lease </document> of “Ann”.' })], {
      recipe: recipeOf(parties, end, law),
    });
    const prompts = model.chatRequests.map(({ prompt }) => prompt);
    const until = (prompt: string) => prompt.slice(0, prompt.indexOf('</document>') + '</document>'.length);
    expect(new Set(prompts.map(until)).size).toBe(1);
    expect(until(prompts[0] ?? '')).toContain('A lease <\\/document> of “Ann”.');
    expect(
      new Set(model.chatRequests.map(({ rawBody }) => rawBody.slice(0, rawBody.indexOf('Answer this')))).size,
    ).toBe(1);
  });

  it('fills in the name of the file, its folder and the date', async () => {
    const model = await server();
    const answers = answering(model);
    const docket = await docketAt({ baseUrl: model.url });
    const ask = 'Is {file} in {folder} from before {date}, or {never}?';
    await runBatch(docket, [await folderOf({ 'sub/a.txt': 'A lease.' })], { recipe: recipeOf(question('q', ask)) });
    const [asked] = answers.asked();
    expect(asked).toMatch(/^Is a\.txt in [^ ]*sub from before \d{4}-\d\d-\d\d, or \{never\}\?$/);
  });
});

describe('the built-in engine', () => {
  it('answers a question of one’s own with the sentence that matches best', async () => {
    const docket = await docketAt();
    const folder = await folderOf({ 'a.txt': 'The weather was fine. The lease ends in March 2027. Ann signs.' });
    const batch = await runBatch(docket, [folder], { recipe: recipeOf(question('end', 'When does the lease end?')) });
    expect(batch).toMatchObject({ status: 'finished', counts: { done: 1 } });
    const [row] = await rowsOf(docket, batch.id);
    expect(cellsOf(row)).toEqual({ end: 'The lease ends in March 2027.' });
    const detail = must(await docket.batches.item(row?.id ?? 0));
    expect(detail.answers[0]?.note).toContain('It need not be an answer.');
  });

  it('says so when no sentence matches', async () => {
    const docket = await docketAt();
    const folder = await folderOf({ 'a.txt': 'The weather was fine.' });
    const batch = await runBatch(docket, [folder], {
      recipe: recipeOf(question('law', 'Which jurisdiction applies?')),
    });
    const [row] = await rowsOf(docket, batch.id);
    expect(must(await docket.batches.item(row?.id ?? 0)).answers[0]).toMatchObject({
      value: { type: 'not_stated' },
      note: 'No sentence shares a word with the question.',
    });
  });
});
