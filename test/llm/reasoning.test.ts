/** Reasoning is not part of the answer, wherever its server puts it. */
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../src/main/llm/limiter.ts';
import { answerIn, createReasoningSplitter, splitReply } from '../../src/main/llm/reasoning.ts';
import { askRecipe } from '../../src/main/recipes/ask-recipe.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import { bytes, status } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf } from './workbench.ts';

const harmony =
  '<|channel|>analysis<|message|>The user asks.<|end|><|start|>assistant<|channel|>final<|message|>Fine.<|return|>';

const thought: readonly (readonly [string, string])[] = [
  ['a block', '<think>\nHm.\n</think>\n\nFine.'],
  ['an empty block', '<think>\n\n</think>\n\nFine.'],
  ['a block after blanks', '\n\n  <think>Hm.</think>Fine.'],
  ['two blocks', '<think>Hm.</think>\n<think>Well.</think>\nFine.'],
  ['another name', '<thinking>Hm.</thinking>Fine.'],
  ['capitals', '<Think>Hm.</THINK>\nFine.'],
  ['a name with a prefix', '<x:think>Hm.</x:think>Fine.'],
  ['a block that speaks of its mark in code', '<think>It ends with \n```\n</thinking>\n```\n</think>Fine.'],
  ['brackets', '[THINK]Hm.[/THINK]Fine.'],
  ['triangles', '◁think▷Hm.◁/think▷Fine.'],
  ['words', '<|begin_of_thought|>Hm.<|end_of_thought|>\n\nFine.'],
  ['Cohere', '<|START_THINKING|>Hm.<|END_THINKING|>Fine.'],
  ['channels', harmony],
  ['channels with a role before them', `<|start|>assistant${harmony}`],
  ['two channels', harmony.replace('<|end|>', '<|end|><|start|>assistant<|channel|>commentary<|message|>So.<|end|>')],
  ['the last channel alone', '<|channel|>final<|message|>Fine.'],
  ['channels whose marks were lost', 'analysisWe need to answer.assistantfinalFine.'],
];

/** An opening mark that the template put into the prompt. */
const closedOnly: readonly (readonly [string, string])[] = [
  ['on a line of its own', 'Let me see.\n\nWell.\n</think>\n\nFine.'],
  ['within a line', "Let's write the answer.</think>Fine."],
  ['at once', '</think>\n\nFine.'],
  ['in brackets', 'Let me see.[/THINK]Fine.'],
];

const literal: readonly string[] = [
  'Fine.',
  '',
  '<b>Fine</b>, <thinkers> and <th>.',
  'The tag `<think>` opens a block, and `</think>` closes it.',
  'Write:\n\n```xml\n<think>\nHm.\n</think>\n```\n\nThat is all.',
  'It begins <think>so</think> and goes on.',
  'A lone </think> closes what a template opened.',
  'It is called "</think>".',
  'A [THINK] mark in the text [/THINK] stays.',
  'Analysis: fine. The assistantfinal part too.',
  'analysis of the text',
  'a',
  '<',
  '  indented',
  '<|im_start|> is a token.',
];

/** The parts of a reply that arrives in pieces, joined as they are shown. */
function splitPieces(text: string, size: number): { readonly reasoning: string; readonly answer: string } {
  const splitter = createReasoningSplitter();
  const told = [];
  for (let at = 0; at < text.length; at += size) told.push(splitter.push(text.slice(at, at + size)));
  told.push(splitter.end());
  let [reasoning, answer] = ['', ''];
  for (const piece of told) {
    if (piece.moved) [reasoning, answer] = [reasoning + answer, ''];
    reasoning += piece.reasoning;
    answer += piece.answer;
  }
  return { reasoning, answer };
}

function inPieces(text: string, size: number): string {
  return splitPieces(text, size).answer;
}

describe('the answer in a reply', () => {
  it.each([...thought, ...closedOnly])('is separated from the reasoning, in %s', (_how, text) => {
    expect(answerIn(text)).toBe('Fine.');
  });

  it.each([...thought, ...closedOnly])(
    'is separated from it in a stream, wherever it is split, in %s',
    (_how, text) => {
      for (let size = 1; size <= text.length; size += 1) expect(inPieces(text, size), `${size}`).toBe('Fine.');
    },
  );

  it.each(literal)('is all of %j', (text) => {
    expect(answerIn(text)).toBe(text);
    for (let size = 1; size <= text.length + 1; size += 1) expect(inPieces(text, size)).toBe(text);
  });

  it.each(['<think>Hm. Well, then', '[THINK]Hm.', '<|channel|>analysis<|message|>Hm.', 'Hm.\n</think>\n'])(
    'is empty if only reasoning arrived: %j',
    (text) => {
      expect(answerIn(text)).toBe('');
    },
  );

  it.each([
    ['a block', '<think>\nHm.\n</think>\n\nFine.', 'Hm.'],
    ['two blocks', '<think>Hm.</think>\n<think>Well.</think>\nFine.', 'Hm.\n\nWell.'],
    ['a block that is not closed', '<think>Hm. Well, then', 'Hm. Well, then'],
    ['a lone closing mark', 'Let me see.\n\nWell.\n</think>\n\nFine.', 'Let me see.\n\nWell.'],
    ['channels', harmony, 'The user asks.'],
    ['channels without an answer', '<|channel|>analysis<|message|>Hm.<|end|>', 'Hm.'],
    ['an answer alone', 'Fine.', ''],
  ])('leaves the reasoning, in %s', (_how, text, reasoning) => {
    expect(splitReply(text).reasoning).toBe(reasoning);
    for (let size = 1; size <= text.length; size += 1) {
      expect(splitPieces(text, size).reasoning.replace('<|end|>', '').trim(), `${size}`).toBe(reasoning);
    }
  });

  it('shows reasoning at once, except for what may be a mark', () => {
    const splitter = createReasoningSplitter();
    expect(splitter.push('<think>It is 3 p.m. in ')).toMatchObject({ reasoning: 'It is 3 p.m. in ' });
    expect(splitter.push('Rome.</thi')).toMatchObject({ reasoning: 'Rome.' });
  });

  it('is found in linear time', () => {
    const before = process.cpuUsage().user;
    for (const text of ['<think>', '<think></think>', '</think', '`</think>` ', 'analysisA', '<|channel|>analysis']) {
      const long = text.repeat(1_000_000 / text.length);
      answerIn(long);
      inPieces(long, 37);
    }
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(4_000);
  });
});

describe('a model that reasons first', () => {
  setUpGateway();
  const question = chatCall('Sentiment?', { stream: true });
  const delta = (of: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: of, finish_reason }] })}\n\n`;
  const whole = (message: object, finish_reason = 'stop') =>
    status(200, { body: { choices: [{ index: 0, message, finish_reason }] } });

  it('shows only its answer while it streams, and keeps everything', async () => {
    const pieces = ['<th', 'ink>\nHm', '.</thi', 'nk>\n\nFi', 'ne.'];
    server.respond(bytes([...pieces.map((content) => delta({ content })), delta({}, 'stop')]));
    let shown = '';
    const reply = replyOf(await bench.complete(question, { onText: (text) => (shown += text) }));
    expect([shown, reply.text, reply.raw]).toEqual(['Fine.', 'Fine.', pieces.join('')]);
    expect(await bench.records()).toMatchObject([
      { status: 'ok', replyBody: pieces.join(''), note: expect.stringContaining('reasoned before it answered') },
    ]);
  });

  it('has its answer at the end if the opening mark is missing', async () => {
    server.respond(bytes([delta({ content: 'Let me see.\n</think>\n\nFine.' }), delta({}, 'stop')]));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it.each([
    ['reasoning_content', { reasoning_content: 'Hm.' }],
    ['reasoning', { reasoning: 'Hm.' }],
    ['both', { reasoning_content: 'Hm.', reasoning: 'Hm.' }],
    ['thinking', { thinking: 'Hm.' }],
    ['details', { reasoning_details: [{ type: 'reasoning.text', text: 'Hm.' }] }],
    ['summaries', { reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm.' }] }],
    ['parts', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] }],
  ])('may separate its reasoning, in %s, which is kept before the answer', async (_where, message) => {
    const content = 'content' in message ? [...message.content, { type: 'text', text: 'Fine.' }] : 'Fine.';
    server.respond([
      whole({ ...message, content }),
      bytes([delta(message), delta({ content: 'Fine.' }), delta({}, 'stop')]),
    ]);
    for (const call of [{ ...question, stream: false }, question]) {
      const reply = replyOf(await bench.complete(call));
      expect([reply.text, reply.raw]).toEqual(['Fine.', '<think>\nHm.\n</think>\n\nFine.']);
    }
  });

  it.each([
    ['in a block that is not closed', { content: '<think>Hm. Well' }, 'only_reasoning', 'stop'],
    ['in a field', { content: '', reasoning: 'Hm.' }, 'only_reasoning', 'stop'],
    ['until its limit is reached', { content: '<think>Hm. Well' }, 'no_words', 'length'],
  ])('fails with that reason if it gives no answer: %s', async (_where, message, reason, finish) => {
    server.respond(whole(message, finish));
    expect(failureOf(await bench.complete({ ...question, stream: false })).problem).toMatchObject({
      code: 'bad_response',
      params: { reason },
    });
    expect((await bench.records())[0]?.replyBody).toContain('Hm.');
  });

  it('gives topics without its reasoning, and the raw answer with it', async () => {
    const raw = '<think>\n\n</think>\n\nrivers, bridges, tolls';
    server.respond(whole({ content: raw }));
    const options = { connection: bench.connection, signal: new AbortController().signal };
    const lanes = createLimiter(3).lanes();
    const input = {
      recipe: standardRecipe,
      questions: standardRecipe.questions,
      name: 'a.txt',
      text: 'Fine.',
      model: 'qwen3',
      temperature: 0,
      links: {},
      places: null,
    };
    const { answers } = await askRecipe(bench.gateway, input, { ...options, lanes });
    expect(answers[2]).toMatchObject({ value: { items: ['rivers', 'bridges', 'tolls'] }, raw, problem: null });
  });
});
