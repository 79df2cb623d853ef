/** A text that is longer than the model reads at once. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/main/common/document-tags.ts';
import { estimateTokens } from '../../src/main/common/token-estimate.ts';
import { createLimiter } from '../../src/main/llm/limiter.ts';
import { askRecipe } from '../../src/main/recipes/ask-recipe.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { bench, server, setUpGateway } from '../llm/gateway-setup.ts';
import { cellsOf } from '../support/answers.ts';
import { contextTooLong, status, text } from '../support/model-server-replies.ts';

setUpGateway();

beforeEach(() => bench.connect(server.url, { contextTokens: () => 512 }));

const parties: Question = {
  id: 'parties',
  title: 'Parties',
  ask: 'Parties: ',
  answer: { type: 'list' },
  proof: false,
  maxTokens: 50,
};
const summary: Question = { ...parties, id: 'summary', title: 'Summary', ask: 'Sum up: ', answer: { type: 'text' } };
const end: Question = { ...parties, id: 'end', title: 'End', ask: 'End: ', answer: { type: 'date' } };

interface Over extends Partial<Recipe> {
  readonly pageStarts?: readonly number[];
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

function ask(question: Question | readonly Question[], document: string, over: Over = {}) {
  const questions = [question].flat();
  const { pageStarts = null, limit = 5, signal = new AbortController().signal, ...given } = over;
  const recipe: Recipe = { id: 'r', name: 'R', asked: 'separately', order: 'question_first', questions, ...given };
  const places = pageStarts === null ? null : { unit: 'page' as const, starts: pageStarts, names: null };
  const about = { name: 'long.txt', text: document, places };
  return askRecipe(
    bench.gateway,
    { recipe, questions, ...about, model: 'gpt-4o-mini', temperature: 0, links: {} },
    { connection: bench.connection, signal, lanes: createLimiter(limit).lanes() },
  );
}

/** What was sent of the document, request by request. */
const sentParts = ({ ask: question }: Question) =>
  server.chatRequests
    .filter(({ prompt }) => prompt.startsWith(question))
    .map(({ prompt }) => prompt.slice(question.length));

/** In the order of the document, which the requests need not have. */
function inOrder(parts: readonly string[], document: string): readonly string[] {
  const left = [...parts];
  const sorted: string[] = [];
  for (let at = 0; at < document.length; ) {
    const next = left.findIndex((part) => part !== '' && document.startsWith(part, at));
    if (next < 0) break;
    const [part = ''] = left.splice(next, 1);
    sorted.push(part);
    at += part.length;
  }
  return [...sorted, ...left];
}

const RUNS = 15;

/** What was sent of the document in a request for `parties`. */
function documentIn(prompt: string, order: Recipe['order']): string {
  if (order === 'question_first') return prompt.slice(parties.ask.length);
  return readDocuments(prompt).documents[0]?.text ?? '';
}

/** Several parts for a window of 512 tokens. Lone halves of characters cannot be sent. */
const longInAnyScript = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'clause ',
        'The rent is due. ',
        'договор ',
        'العقد ',
        '合同条款。',
        '契約',
        'สัญญา',
        'क्षि ',
        '👩‍👩‍👧',
        '🇩🇪',
        'é',
        '</document>',
        '\n',
        '\n\n',
        '\f',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { minLength: 500, maxLength: 900, size: 'max' },
  )
  .map((pieces) =>
    pieces.join('').replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ''),
  );

describe('a text that is longer than the model reads at once', () => {
  it.each([
    ['as plain text', 'question_first', true],
    ['between tags', 'document_first', true],
    ['to a server that says only then how little it reads', 'document_first', false],
  ] as const)(
    'is sent whole %s, whatever it is made of, in requests that fit 512 tokens',
    async (_how, order, isKnown) => {
      const fits = (prompt: string) => estimateTokens(prompt) + parties.maxTokens <= 512;
      server.respond(({ prompt }) => (fits(prompt) ? text('Ann') : contextTooLong(512)));
      let sent = 0;
      await fc.assert(
        fc.asyncProperty(longInAnyScript, async (document) => {
          await bench.connect(server.url, { contextTokens: () => (isKnown ? 512 : 4_096) });
          const before = server.chatRequestCount;
          const { answers } = await ask(parties, document, { order });
          expect(answers[0]).toMatchObject({ status: 'done', value: { items: ['Ann'] } });
          const prompts = server.chatRequests.slice(before).map(({ prompt }) => prompt);
          if (isKnown) expect(prompts.filter((prompt) => !fits(prompt))).toEqual([]);
          const parts = prompts.filter(fits).map((prompt) => documentIn(prompt, order));
          expect(inOrder(parts, document).join('')).toBe(document);
          sent += parts.length;
        }),
        { numRuns: RUNS },
      );
      // Otherwise this proves nothing about where texts are cut.
      expect(sent).toBeGreaterThan(2 * RUNS);
    },
  );

  it('has the list of all its parts, each item once, in their order', async () => {
    server.respond(({ prompt }) => text(prompt.includes('beginning') ? 'Ann, Bob' : 'bob, Cy'));
    const { answers, totalTokens } = await ask(parties, `The beginning. ${'More words. '.repeat(200)}`);
    expect(cellsOf({ answers })).toEqual({ parties: 'Ann, Bob, Cy' });
    expect(answers[0]).toMatchObject({
      status: 'done',
      note: null,
      coverage: { parts: 2, partsRead: 2, characters: 2_415, pages: null },
      callIds: [expect.any(Number), expect.any(Number)],
    });
    expect(totalTokens).toBeGreaterThan(0);
  });

  it('has one text made of those about its parts, by one more request', async () => {
    const document = `The beginning. ${'More words. '.repeat(200)}`;
    server.respond(({ prompt }) =>
      text(prompt.includes('beginning') ? 'It begins.' : prompt.includes('More') ? 'It ends.' : 'All.'),
    );
    const { answers } = await ask(summary, document);
    expect(answers[0]).toMatchObject({
      value: { text: 'All.' },
      raw: 'Part 1 of 2: It begins.\n\nPart 2 of 2: It ends.\n\nAll parts: All.',
      coverage: { parts: 2 },
    });
    expect(sentParts(summary)).toContain('It begins.\n\nIt ends.');
  });

  it('is reduced in several rounds where the answers do not fit one request', async () => {
    const long = 'A long answer. '.repeat(40);
    let round = 0;
    server.respond(({ prompt }) => {
      if (prompt.includes('Words')) return text(`${round++}. ${long}`);
      return text('Short.');
    });
    const { answers } = await ask(summary, 'Words, words, words. '.repeat(500));
    expect(answers[0]?.coverage?.parts).toBeGreaterThan(5);
    expect(answers[0]).toMatchObject({ status: 'done', value: { text: 'Short.' } });
  });

  it('is cut between its pages, and its answer says how many it has', async () => {
    server.respond(text('Ann'));
    const page = 'Words of a page. '.repeat(40);
    const { answers } = await ask(parties, page.repeat(4), { pageStarts: [0, 1, 2, 3].map((n) => n * page.length) });
    for (const part of sentParts(parties)) expect(part.length % page.length).toBe(0);
    expect(answers[0]?.coverage).toMatchObject({ pages: 4 });
  });

  it('is sent once for questions that are asked together', async () => {
    server.respond(text(JSON.stringify({ parties: { answer: ['Ann'] }, end: { answer: '2027-03' } })));
    const recipe = { asked: 'together', order: 'document_first' } as const;
    const { answers } = await ask([parties, end], 'Words, words. '.repeat(150), recipe);
    expect(cellsOf({ answers })).toEqual({ parties: 'Ann', end: '2027-03' });
    expect(server.chatRequestCount).toBe(answers[0]?.coverage?.parts);
  });
});

describe('the requests about a long text', () => {
  const words = Array.from({ length: 1_200 }, (_, index) => `word${index}`).join(' ');

  it('go part by part, and those about one part begin with the same bytes', async () => {
    server.respond(text('Ann'));
    const law: Question = { ...parties, id: 'law', ask: 'Laws: ' };
    const questions = [parties, summary, law];
    const { answers } = await ask(questions, words, { order: 'document_first', limit: 1 });
    const parts = answers[0]?.coverage?.parts ?? 0;
    expect(parts).toBeGreaterThan(3);
    const prompts = server.chatRequests.map(({ prompt }) => prompt);
    const documents = prompts.slice(0, parts * questions.length).map((prompt) => prompt.split('</document>')[0] ?? '');
    expect(documents).toEqual([...new Set(documents)].flatMap((document) => Array.from(questions, () => document)));
    expect(new Set(documents).size).toBe(parts);
    for (const [index, document] of documents.entries())
      expect(prompts[index]?.startsWith(`${document}</document>\n\nAnswer this question`)).toBe(true);
  });

  it('are no longer built once nobody wants them', async () => {
    const stop = new AbortController();
    server.respond(() => {
      stop.abort();
      return text('Ann');
    });
    const { answers } = await ask(parties, words, { limit: 1, signal: stop.signal });
    expect(answers[0]).toMatchObject({ status: 'failed', problem: { code: 'cancelled' } });
    expect(server.chatRequestCount).toBe(1);
  });
});

describe('a date that can be read in two ways', () => {
  it('is read in every part as the document writes its dates', async () => {
    const document = `Signed on 13/4/2025. ${'More words. '.repeat(300)}`;
    server.respond(({ prompt }) => text(prompt.includes('Signed') ? 'not stated' : '3/4/2025'));
    const { answers } = await ask(end, document);
    expect(answers[0]?.coverage?.parts).toBeGreaterThan(1);
    expect(cellsOf({ answers })).toEqual({ end: '2025-04-03' });
  });
});

describe('a window that turns out to be smaller', () => {
  beforeEach(() => bench.connect(server.url, { contextTokens: () => 4_096 }));

  const refuse = (limit: number, said = contextTooLong(limit)) =>
    server.respond(({ prompt }) => (estimateTokens(prompt) + 50 > limit ? said : text('Ann')));

  it('has the text split anew by what the server says, and is known from then on', async () => {
    refuse(512);
    const document = 'Words, words. '.repeat(400);
    const { answers } = await ask(parties, document);
    expect(answers[0]).toMatchObject({ status: 'done', value: { items: ['Ann'] }, problem: null });
    const refused = () => server.chatRequests.filter(({ prompt }) => estimateTokens(prompt) + 50 > 512).length;
    expect(refused()).toBe(1);
    await ask(parties, `Other ${document}`);
    expect(refused()).toBe(1);
  });

  it('is not tried again with the other parts', async () => {
    refuse(512);
    const { answers } = await ask([parties, summary], 'Words, words. '.repeat(8_000), { limit: 1 });
    expect(answers[0]).toMatchObject({ status: 'done', problem: null });
    expect(answers[1]?.coverage).toEqual(answers[0]?.coverage);
    // Those that were on record when the first was refused.
    const refused = server.chatRequests.filter(({ prompt }) => estimateTokens(prompt) + 50 > 512);
    expect(refused.length).toBeLessThanOrEqual(createLimiter(1).lanes().most());
  });

  it('is found by halving where the server does not say how large it is', async () => {
    refuse(512, contextTooLong(512, 'Please reduce the length of the messages.'));
    const { answers } = await ask(parties, 'Words, words. '.repeat(400));
    expect(answers[0]).toMatchObject({ status: 'done', problem: null });
  });

  it('is allowed for where the server counts more tokens than were estimated', async () => {
    const counted = (prompt: string) => estimateTokens(prompt) * 2;
    server.respond(({ prompt }) => {
      const said = `This model's maximum context length is 1000 tokens. However, your messages resulted in ${counted(prompt)} tokens.`;
      return counted(prompt) > 1_000 ? contextTooLong(1_000, said) : text('Ann');
    });
    const { answers } = await ask(parties, '1.23 4.56 '.repeat(500));
    expect(answers[0]).toMatchObject({ status: 'done', problem: null });
  });
});

describe('a part that fails', () => {
  it('fails the answer, which says how much was read', async () => {
    server.respond(({ prompt }) => (prompt.includes('beginning') ? status(400) : text('Bob')));
    const { answers } = await ask(parties, `The beginning. ${'More words. '.repeat(400)}`);
    expect(answers[0]).toMatchObject({
      status: 'failed',
      value: null,
      problem: { code: 'bad_request' },
      coverage: { parts: 3, partsRead: 2 },
      note: '2 of 3 parts of the document were answered. Retry asks only about the others.',
    });
    expect(answers[0]?.raw).toContain('Part 2 of 3: Bob');
  });
});
