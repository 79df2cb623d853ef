import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../src/main/common/token-estimate.ts';
import { createLimiter } from '../../src/main/llm/limiter.ts';
import { askRecipe, firstProblem } from '../../src/main/recipes/ask-recipe.ts';
import { readableText } from '../../src/main/recipes/part-room.ts';
import type { RecipeInput } from '../../src/main/recipes/recipe-input.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import { bench, server, setUpGateway } from '../llm/gateway-setup.ts';
import { cellsOf } from '../support/answers.ts';
import { hangBeforeHeaders, quotaExhausted, serverError, text, unauthorized } from '../support/model-server-replies.ts';

setUpGateway();

const input: RecipeInput = {
  recipe: standardRecipe,
  questions: standardRecipe.questions,
  name: 'report.txt',
  text: 'Growth was strong and great. The budget committee met.',
  model: 'gpt-4o-mini',
  temperature: 0,
  links: { fileName: 'report.txt' },
  places: null,
};

const run = (over: Partial<RecipeInput> = {}) =>
  askRecipe(
    bench.gateway,
    { ...input, ...over },
    { connection: bench.connection, signal: new AbortController().signal, lanes: createLimiter(5).lanes() },
  );

describe('the standard recipe', () => {
  it('asks its three questions in parallel', async () => {
    server.respond(hangBeforeHeaders());
    const report = run();
    await server.waitUntil(() => server.hanging === 3);
    server.release();
    expect((await report).answers).toMatchObject([
      { question: 'summary', value: { text: 'Growth was strong and great.' }, problem: null },
      { question: 'sentiment', value: { text: 'positive' }, raw: 'Positive', note: null, problem: null },
      { question: 'topics', value: { items: ['budget', 'committee', 'great'] }, problem: null },
    ]);
    const asked = server.chatRequests.map(({ prompt, body }) => [
      prompt,
      body.max_tokens,
      body.temperature,
      body.stream,
    ]);
    expect(asked.sort()).toEqual([
      [`List 3 topics (comma-separated): ${input.text}`, 30, 0, false],
      [`Sentiment (one word): ${input.text}`, 5, 0, false],
      [`Summarize in one sentence: ${input.text}`, 50, 0, false],
    ]);
  });

  it('stores the text once for all three', async () => {
    const long = 'A sentence of the document. '.repeat(200);
    await run({ text: long });
    await bench.records();
    const sizes = bench.openReader().prepare('SELECT size FROM bodies WHERE size > 2000').pluck().all();
    expect(sizes).toEqual([long.length]);
  });

  it('keeps two results when one fails', async () => {
    server.respond((request) => (request.task === 'topics' ? unauthorized() : undefined));
    const { answers, totalTokens } = await run();
    expect(answers[2]).toMatchObject({
      question: 'topics',
      status: 'failed',
      raw: null,
      problem: { code: 'unauthorized' },
      callIds: [expect.any(Number)],
    });
    expect(cellsOf({ answers })).toEqual({
      summary: 'Growth was strong and great.',
      sentiment: 'positive',
      topics: null,
    });
    expect(firstProblem(answers)?.code).toBe('unauthorized');
    expect(totalTokens).toBeGreaterThan(0);
  });

  it('retries one question without the others', async () => {
    let failed = false;
    server.respond((request) => {
      if (request.task !== 'summary' || failed) return undefined;
      failed = true;
      return serverError(503);
    });
    expect(firstProblem((await run()).answers)).toBeNull();
    expect(server.chatRequests.map((request) => request.task).sort()).toEqual([
      'sentiment',
      'summary',
      'summary',
      'topics',
    ]);
  });

  it('has no token count if nothing was answered or one answer does not report it', async () => {
    server.respond(quotaExhausted());
    expect((await run()).totalTokens).toBeNull();
    server.respond((request) => text('Fine', request.task === 'topics' ? { usage: null } : {}));
    expect((await run()).totalTokens).toBeNull();
  });

  it('keeps the raw answer beside its normalised value', async () => {
    server.respond(text('I would say that it is positive.'));
    expect((await run()).answers[1]).toMatchObject({
      value: { text: 'positive' },
      raw: 'I would say that it is positive.',
      note: expect.stringContaining('answer longer than'),
    });
  });

  it('gives the built-in engine the document between tags, and a model the plain text', async () => {
    const provider = { ...bench.connection.settings.provider, kind: 'builtin', llm: false } as const;
    await bench.connect(server.url, { provider });
    await run();
    const [request] = server.chatRequests;
    expect(request?.prompt).toContain('<document');
    expect(request?.prompt).toContain(input.text);
  });
});

describe('a text that is too long for the model, even in parts', () => {
  const readable = (text: string | null, tokens: number) => readableText({ text, tokens }, input, bench.connection);

  it('is refused with advice on what to do', async () => {
    await bench.connect(server.url, { contextTokens: () => 1_000 });
    expect(readable(null, 2_500_000)).toMatchObject({
      error: {
        code: 'context_too_long',
        params: { what: 'file', model: 'gpt-4o-mini', parts: 1_000, limitTokens: 927 },
      },
    });
    expect(readable('A long text.', 900_000)).toEqual({ ok: true, value: 'A long text.' });
    expect(server.sockets.everOpened).toBe(0);
  });

  it('is refused where the questions alone fill what the model reads at once', async () => {
    await bench.connect(server.url, { contextTokens: () => 100 });
    expect(readable('A text.', 500)).toMatchObject({
      error: { code: 'context_too_long', params: { what: 'file', tokens: 500, limitTokens: 100 } },
    });
  });

  it('is measured by script', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens('a'.repeat(400))).toBe(100);
    expect(estimateTokens('日'.repeat(300))).toBe(200);
  });
});
