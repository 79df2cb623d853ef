/** Several questions in one request, answered as JSON; and one question whose answer is to be proven. */
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../src/main/llm/limiter.ts';
import { askRecipe } from '../../src/main/recipes/ask-recipe.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { bench, server, setUpGateway } from '../llm/gateway-setup.ts';
import { cellsOf } from '../support/answers.ts';
import { serverError, text } from '../support/model-server-replies.ts';

setUpGateway();

const parties: Question = {
  id: 'parties',
  title: 'Parties',
  ask: 'Who are the parties?',
  answer: { type: 'list' },
  proof: false,
  maxTokens: 50,
};
const end: Question = { ...parties, id: 'end', title: 'End', ask: 'When does it end?', answer: { type: 'date' } };
const rent: Question = { ...parties, id: 'rent', title: 'Rent', ask: 'What is the rent?', answer: { type: 'number' } };

function ask(questions: readonly Question[], asked: Recipe['asked'] = 'together', document = 'A lease.') {
  const recipe: Recipe = { id: 'lease', name: 'Lease', asked, order: 'document_first', questions };
  return askRecipe(
    bench.gateway,
    {
      recipe,
      questions,
      name: 'lease.txt',
      text: document,
      model: 'gpt-4o-mini',
      temperature: 0,
      places: null,
      links: {},
    },
    { connection: bench.connection, signal: new AbortController().signal, lanes: createLimiter(5).lanes() },
  );
}

const json = (value: unknown) => text(JSON.stringify(value));

describe('questions that are asked together', () => {
  it('share one request, with a schema that has a property for each', async () => {
    server.respond(
      json({ parties: { answer: ['Ann', 'Bob'] }, end: { answer: '2027-03-31' }, rent: { answer: null } }),
    );
    const { answers, totalTokens } = await ask([parties, end, rent]);
    expect(server.chatRequestCount).toBe(1);
    expect(server.chatRequests[0]?.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { schema: { required: ['parties', 'end', 'rent'] } },
    });
    expect(cellsOf({ answers })).toEqual({
      parties: 'Ann, Bob',
      end: '2027-03-31',
      rent: 'Not stated in the document',
    });
    expect(answers.every(({ status, callIds }) => status === 'done' && callIds.length === 1)).toBe(true);
    expect(totalTokens).toBeGreaterThan(0);
  });

  it('are on record as that many questions', async () => {
    server.respond(json({ parties: { answer: [] }, end: { answer: null } }));
    await ask([parties, end]);
    expect((await bench.records())[0]).toMatchObject({ task: 'question', title: '2 questions' });
  });

  it('are asked once more where an answer does not fit, and only for that', async () => {
    const replies = [json({ parties: { answer: ['Ann'] } }), json({ end: { answer: '2027' } })];
    server.respond(() => replies.shift());
    const { answers } = await ask([parties, end]);
    expect(server.chatRequestCount).toBe(2);
    expect(server.chatRequests[1]?.body.response_format).toMatchObject({
      json_schema: { schema: { required: ['end'] } },
    });
    expect(cellsOf({ answers })).toEqual({ parties: 'Ann', end: '2027' });
  });

  it('fail one by one where the second reply does not fit either, and the reply is kept', async () => {
    server.respond(json({ parties: { answer: ['Ann'] }, end: { answer: 'after the harvest' } }));
    const { answers } = await ask([parties, end]);
    expect(server.chatRequestCount).toBe(2);
    expect(answers).toMatchObject([
      { question: 'parties', status: 'done' },
      { question: 'end', status: 'failed', raw: 'after the harvest', problem: { code: 'answer_unusable' } },
    ]);
  });

  it('are read as the document writes dates and numbers, if an answer repeats it', async () => {
    server.respond(json({ end: { answer: '03/04/2027' }, rent: { answer: '1.200 EUR' } }));
    const document = 'Signed on 25/03/2026 for 1.150,50 EUR. From 2027 it is 1.200 EUR. It ends on 03/04/2027.';
    const { answers } = await ask([end, rent], 'together', document);
    expect(server.chatRequestCount).toBe(1);
    expect(cellsOf({ answers })).toEqual({ end: '2027-04-03', rent: '1200 EUR' });
  });

  it('are asked once more, with both readings, if the document does not show which', async () => {
    server.respond((request) =>
      json({ end: { answer: /may be 2027-04-03 or 2027-03-04/.test(request.prompt) ? '2027-04-03' : '03/04/2027' } }),
    );
    const { answers } = await ask([end], 'together', 'It ends on 03/04/2027.');
    expect(server.chatRequestCount).toBe(2);
    expect(cellsOf({ answers })).toEqual({ end: '2027-04-03' });
  });

  it('have room for the form beside the answer, also if it is one', async () => {
    server.respond(json({ end: { answer: '2027' } }));
    await ask([{ ...end, maxTokens: 10 }]);
    expect(server.chatRequests[0]?.body.max_tokens).toBe(50);
  });

  it('are asked once more without the format if a model held to it writes only white space', async () => {
    server.respond((request) =>
      request.body.response_format == null
        ? json({ end: { answer: '2027' } })
        : text(`{\n"end": ${' \n'.repeat(100)}`, { finishReason: 'length' }),
    );
    const { answers } = await ask([end]);
    expect(server.chatRequests.map(({ body }) => body.response_format === undefined)).toEqual([false, true]);
    expect(cellsOf({ answers })).toEqual({ end: '2027' });
  });

  it('keep the first answers when the second request fails', async () => {
    const first = [json({ parties: { answer: ['Ann'] } })];
    server.respond(() => first.shift() ?? serverError(500));
    const { answers } = await ask([parties, end]);
    expect(answers).toMatchObject([{ status: 'done' }, { status: 'failed', problem: { code: 'answer_unusable' } }]);
  });

  it('fail alike when their request fails', async () => {
    server.respond(serverError(500));
    const { answers } = await ask([parties, end]);
    expect(answers.map(({ problem }) => problem?.code)).toEqual(['server_error', 'server_error']);
  });
});

describe('a question that has one value as its answer', () => {
  it('is asked once more if the reply has none, and then fails', async () => {
    server.respond(text('after the harvest'));
    const { answers } = await ask([end], 'separately');
    expect(server.chatRequestCount).toBe(2);
    expect(answers).toMatchObject([
      { status: 'failed', raw: 'after the harvest', problem: { code: 'answer_unusable' } },
    ]);
  });

  it('is not asked again if the model answers in prose that has it', async () => {
    server.respond(text('The lease ends on 31 March 2027.'));
    expect(cellsOf(await ask([end], 'separately'))).toEqual({ end: '2027-03-31' });
  });
});

describe('a question whose answer is to be proven', () => {
  it('is answered as JSON, by itself', async () => {
    server.respond(json({ end: { quotes: ['until March 2027'], answer: '2027-03' } }));
    const { answers } = await ask([{ ...end, proof: true }], 'separately');
    expect(server.chatRequests[0]?.body.response_format).toMatchObject({ type: 'json_schema' });
    expect(cellsOf({ answers })).toEqual({ end: '2027-03' });
  });
});
