import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AimockServer, startAimock } from './aimock-server.ts';

let aimock: AimockServer;
let client: OpenAI;

beforeEach(async () => {
  aimock = await startAimock([
    { match: { userMessage: /^Sentiment/ }, response: { content: 'Positive' } },
    { match: { userMessage: 'stream' }, response: { content: 'Streamed by a server that is not ours.' }, chunkSize: 5 },
    {
      match: { userMessage: 'busy' },
      response: { status: 429, error: { message: 'Slow down.', code: 'rate_limit_exceeded' }, retryAfter: 3 },
    },
    { match: { userMessage: 'cut' }, response: { content: 'This is cut off midway.' }, truncateAfterChunks: 3 },
  ]);
  client = new OpenAI({ apiKey: 'test', baseURL: aimock.url, maxRetries: 0 });
});

afterEach(() => aimock.close());

const ask = (content: string) =>
  client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] });
const askStreaming = (content: string) =>
  client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content }],
    stream: true,
    stream_options: { include_usage: true },
  });

describe('aimock', () => {
  it('answers by fixture', async () => {
    expect((await ask('Sentiment (one word): x')).choices[0]?.message.content).toBe('Positive');
    await expect(ask('no fixture for this')).rejects.toMatchObject({ status: 404 });
    expect(aimock.requests.map(({ response }) => response.status)).toEqual([200, 404]);
  });

  it('streams in chunks, with finish reason and usage', async () => {
    const deltas: string[] = [];
    let finishReason: string | null = null;
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of await askStreaming('please stream')) {
      const delta = chunk.choices[0]?.delta.content;
      if (delta) deltas.push(delta);
      finishReason = chunk.choices[0]?.finish_reason ?? finishReason;
      usage = chunk.usage ?? usage;
    }
    expect(deltas.join('')).toBe('Streamed by a server that is not ours.');
    expect(deltas).toHaveLength(8);
    expect(finishReason).toBe('stop');
    expect(usage?.total_tokens).toEqual(expect.any(Number));
  });

  it('fails as configured', async () => {
    const failure: unknown = await ask('busy').catch((cause: unknown) => cause);
    expect(failure).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect(failure instanceof OpenAI.APIError && failure.headers?.get('retry-after')).toBe('3');
    const read = async () => {
      for await (const _ of await askStreaming('cut'));
    };
    await expect(read()).rejects.toThrow();
  });

  it('lists models', async () => {
    expect((await client.models.list()).data.length).toBeGreaterThan(0);
  });
});
