/** Checks the gateway against another implementation of the protocol than our own. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AimockServer, startAimock } from '../support/aimock-server.ts';
import { chatCall, failureOf, openWorkbench, replyOf, type Workbench } from './workbench.ts';

const story = 'Streamed by a server that is not ours, with ünïcödé and 日本語.';

let aimock: AimockServer;
let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
});

afterAll(() => bench.close());

beforeEach(async () => {
  // Without a pause between chunks, aimock cuts off before sending any.
  const fixtures = [
    { match: { userMessage: 'tell me' }, response: { content: story }, chunkSize: 5 },
    { match: { userMessage: 'cut' }, response: { content: story }, truncateAfterChunks: 3 },
    {
      match: { userMessage: 'spent' },
      response: { status: 429, error: { message: 'No money.', code: 'insufficient_quota' } },
    },
  ];
  aimock = await startAimock(fixtures, { latencyMs: 2 });
  await bench.connect(aimock.url);
});

afterEach(() => aimock.close());

describe('through the gateway, aimock', () => {
  it('streams a chat', async () => {
    const pieces: string[] = [];
    const reply = replyOf(
      await bench.complete(chatCall('tell me', { stream: true }), { onText: (piece) => pieces.push(piece) }),
    );
    expect(reply).toMatchObject({ text: story, finishReason: 'stop' });
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(story);
    expect(await bench.records()).toMatchObject([{ status: 'ok', replyBody: story, httpStatus: 200 }]);
  });

  it('receives a whole reply', async () => {
    expect(replyOf(await bench.complete(chatCall('tell me'))).text).toBe(story);
  });

  it('sends a request only once when the quota is exhausted', async () => {
    expect(failureOf(await bench.complete(chatCall('spent'))).problem.code).toBe('quota_exhausted');
    expect(aimock.requests).toHaveLength(1);
  });

  it('keeps the part that arrived before a break', async () => {
    const failure = failureOf(await bench.complete(chatCall('cut', { stream: true })));
    expect(failure.partial.length).toBeGreaterThan(0);
    expect(story.startsWith(failure.partial)).toBe(true);
    expect(await bench.records()).toMatchObject([{ status: 'error', replyBody: failure.partial }]);
  });
});
