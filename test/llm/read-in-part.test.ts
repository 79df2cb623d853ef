/** A server that silently truncates a text to its context, as Ollama does, is detected by its token count. */
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../src/main/llm/limiter.ts';
import type { ChatTurn } from '../../src/main/llm/model-call.ts';
import { fewestTokens } from '../../src/main/llm/read-in-part.ts';
import { askRecipe, firstProblem } from '../../src/main/recipes/ask-recipe.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { status, text } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf } from './workbench.ts';

setUpGateway();

function repeated(sentence: string, characters = 40_000): string {
  return sentence.repeat(Math.ceil(characters / sentence.length)).slice(0, characters);
}

const english = repeated('The committee met on Tuesday and agreed to publish its report today. ');

/** Questions and replies in turn. */
function turnsOf(contents: readonly string[]): readonly ChatTurn[] {
  return contents.map((content, place) => ({ role: place % 2 === 0 ? 'user' : 'assistant', content }));
}

function analysisOf(content: string) {
  return chatCall(content, { kind: 'analysis', task: 'question', maxTokens: 50 });
}

function counted(usage: object) {
  const choices = [{ index: 0, message: { role: 'assistant', content: 'Fine.' }, finish_reason: 'stop' }];
  return status(200, { body: { choices, usage } });
}

describe('a text that was read in part', () => {
  it.each([2_048, 2_050, 4_096, 4_098, 1_026])('is detected by %i tokens for 40 KB', async (prompt_tokens) => {
    server.respond(counted({ prompt_tokens, completion_tokens: 2, total_tokens: prompt_tokens + 2 }));
    const failure = failureOf(await bench.complete(analysisOf(english)));
    expect(failure).toMatchObject({
      problem: { code: 'read_in_part', params: { readTokens: prompt_tokens, sentTokens: 10_000 } },
      partial: 'Fine.',
    });
    expect(problemSentence(failure.problem)).toContain(
      `read only about ${prompt_tokens.toLocaleString('en-US')} of about 10,000 tokens`,
    );
    expect(server.chatRequestCount, 'it would be the same again').toBe(1);
    expect(await bench.records()).toMatchObject([{ status: 'error', errorCode: 'read_in_part', replyBody: 'Fine.' }]);
  });

  it('is reported for a first question with a file, and the answer is kept', async () => {
    const usage = { prompt_tokens: 2_048, completion_tokens: 1, total_tokens: 2_049 };
    server.respond(text('Fine.', { usage }));
    expect(failureOf(await bench.complete(chatCall(english, { stream: true })))).toMatchObject({
      problem: { code: 'read_in_part', partialKept: true },
      partial: 'Fine.',
    });
  });

  it.each([
    ['a later question, counted with all before it', 4_096, [english, 'Fine.', 'And then?']],
    ['a later question with a file of its own', 2_048, ['Hello.', 'Fine.', english]],
    ['a later question with a file, where only what is new is counted', 300, ['Hello.', 'Fine.', english]],
  ])('is reported for %s', async (_what, prompt_tokens, contents) => {
    server.respond(text('Fine.', { usage: { prompt_tokens, completion_tokens: 1, total_tokens: prompt_tokens + 1 } }));
    const failure = failureOf(await bench.complete(chatCall('', { turns: turnsOf(contents), stream: true })));
    expect(failure).toMatchObject({ problem: { code: 'read_in_part' }, partial: 'Fine.' });
  });

  it('is reported for a later question where the server counts what it had cached separately', async () => {
    server.respond(counted({ prompt_tokens: 40, prompt_tokens_details: { cached_tokens: 2_008 } }));
    const turns = turnsOf([english, 'Fine.', 'And then?']);
    expect(failureOf(await bench.complete(chatCall('', { turns }))).problem.code).toBe('read_in_part');
  });

  const ask = (text: string) => {
    const { questions } = standardRecipe;
    const input = { recipe: standardRecipe, questions, name: 'a.txt', text, model: 'llama3', temperature: 0 };
    const lanes = createLimiter(3).lanes();
    const options = { connection: bench.connection, signal: new AbortController().signal, lanes };
    return askRecipe(bench.gateway, { ...input, links: {}, places: null }, options);
  };

  it('is asked about again, in parts of the size that the server read', async () => {
    server.respond(({ prompt }) => counted({ prompt_tokens: Math.min(2_048, Math.ceil(prompt.length / 4)) }));
    const { answers } = await ask(english);
    expect(firstProblem(answers)).toBeNull();
    const { parts = 0, partsRead } = answers[0]?.coverage ?? {};
    expect(parts).toBeGreaterThan(1);
    expect(partsRead).toBe(parts);
    const before = server.chatRequestCount;
    await ask(`Another one. ${english}`);
    const sent = server.chatRequests.slice(before).map(({ prompt }) => Math.ceil(prompt.length / 4));
    expect(Math.max(...sent)).toBeLessThanOrEqual(2_048);
  });

  it('fails its file with that reason where the number cannot be true', async () => {
    server.respond(counted({ prompt_tokens: 40 }));
    const { answers } = await ask(english);
    expect(firstProblem(answers)?.code).toBe('read_in_part');
  });

  it.each([
    ['Chinese', '委员会于星期二开会，同意今天发表报告。'],
    ['Thai', 'คณะกรรมการประชุมเมื่อวันอังคารและตกลงที่จะเผยแพร่รายงานวันนี้'],
    ['Russian', 'Комитет собрался во вторник и решил опубликовать доклад сегодня. '],
    ['Hindi', 'समिति की बैठक मंगलवार को हुई और उसने आज अपनी रिपोर्ट प्रकाशित की। '],
  ])('is detected in %s, too', async (_language, sentence) => {
    server.respond(counted({ prompt_tokens: 2_048 }));
    expect(failureOf(await bench.complete(analysisOf(repeated(sentence)))).problem.code).toBe('read_in_part');
  });
});

describe('a text that was read whole', () => {
  // Token counts for 20,000 characters: the lowest of the tokenizers of OpenAI, Llama, Mistral and Claude.
  it.each([
    ['one short word', 'the ', 5_000],
    ['Latin', 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt. ', 3_515],
    ['German', 'Der Ausschuss beschloss, den Bericht über die Donaudampfschifffahrtsgesellschaft zu lesen. ', 4_232],
    ['Chinese', '委员会于星期二开会，同意今天发表报告。人工智能技术的发展中华人民共和国', 9_722],
    ['Japanese', '委員会は火曜日に会合を開き、本日報告書を公表することに合意しました。コンピュータ', 13_503],
    ['Korean', '위원회는 화요일에 회의를 열고 오늘 보고서를 발표하기로 합의했다. ', 11_332],
    ['Thai', 'คณะกรรมการประชุมเมื่อวันอังคารและตกลงที่จะเผยแพร่รายงานวันนี้', 6_885],
    ['Hindi', 'समिति की बैठक मंगलवार को हुई और उसने आज अपनी रिपोर्ट प्रकाशित करने पर सहमति जताई। ', 4_849],
    ['Arabic', 'اجتمعت اللجنة يوم الثلاثاء ووافقت على نشر تقريرها اليوم. ', 5_274],
    ['dashes', '-----------|==========|\n', 3_333],
    ['blanks', `word${' '.repeat(60)}`, 626],
    ['numbers', '2026-03-01;1234,56;7890;EUR\n', 12_145],
    ['names of code', 'getElementByIdOrNull setTimeoutHandler fooBarBazQux ', 4_224],
  ])('is never taken for a truncated one: %s', async (_kind, sentence, prompt_tokens) => {
    const content = repeated(sentence, 20_000);
    expect(fewestTokens(content)).toBeLessThanOrEqual(prompt_tokens);
    server.respond(counted({ prompt_tokens }));
    expect(replyOf(await bench.complete(analysisOf(content))).text).toBe('Fine.');
  });

  it.each([
    ['counts cached tokens separately', { prompt_tokens: 40, prompt_tokens_details: { cached_tokens: 8_900 } }],
    ['counts cached tokens as Anthropic does', { prompt_tokens: 40, cache_read_input_tokens: 8_900 }],
    ['has just written them to its cache', { prompt_tokens: 40, cache_creation_input_tokens: 8_900 }],
    ['counts nothing', { prompt_tokens: 0, completion_tokens: 2 }],
    ['does not say', {}],
  ])('is not taken for a truncated one if the server %s', async (_what, usage) => {
    server.respond(counted(usage));
    expect((await bench.complete(analysisOf(english))).ok).toBe(true);
  });

  it('may be short, or belong to a conversation that the server has mostly cached', async () => {
    server.respond(counted({ prompt_tokens: 40 }));
    expect((await bench.complete(analysisOf(english.slice(0, 1_500)))).ok).toBe(true);
    const turns = turnsOf([english, 'Fine.', 'And then?']);
    for (const prompt_tokens of [12, 40, 500, 8_000]) {
      server.respond(counted({ prompt_tokens }));
      expect((await bench.complete(chatCall('', { turns }))).ok, `${prompt_tokens}`).toBe(true);
    }
  });
});
