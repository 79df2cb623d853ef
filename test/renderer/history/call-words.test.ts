import { describe, expect, it } from 'vitest';
import {
  inDoubtWords,
  listedTokens,
  noReplyWords,
  readMessages,
  readParameters,
  whyNoReply,
} from '../../../src/renderer/src/history/call-words.ts';
import { listedTime, taskName } from '../../../src/renderer/src/platform/call-words.ts';
import { makeCall } from './samples.ts';

describe('words for a call', () => {
  it('names a question by its column, and other tasks by what they are', () => {
    expect(taskName(makeCall(1, { task: 'question', title: 'Who signed?' }))).toBe('Who signed?');
    expect(taskName(makeCall(1, { task: 'models' }))).toBe('Model list');
  });

  it('does not claim that a request in doubt was or was not received', () => {
    expect(inDoubtWords('api.openai.com')).toBe(
      'Docket stopped before the outcome was known. The request may have reached api.openai.com.',
    );
  });

  it('does not claim that there was no reply if that is unknown', () => {
    expect(noReplyWords('open')).toBe('The reply is recorded once it is complete.');
    expect(noReplyWords('in_doubt')).toBe('No reply is on record. One may have been on its way.');
    expect(noReplyWords('error')).toBe('No reply arrived.');
  });

  it('says why there is no reply, and which attempt it was', () => {
    const failed = { reply: null, status: 'error', errorCode: 'rate_limited' } as const;
    expect(whyNoReply(makeCall(1, failed))).toBe('rate limited');
    expect(whyNoReply(makeCall(1, { ...failed, attempt: 3 }))).toBe('rate limited · attempt 3');
    expect(whyNoReply(makeCall(1, { reply: null, status: 'cancelled', errorCode: 'cancelled' }))).toBe('');
    expect(whyNoReply(makeCall(1, { reply: '' }))).toBe('–');
    const stopped = { reply: null, status: 'cancelled', errorCode: 'cancelled', sent: false } as const;
    expect(whyNoReply(makeCall(1, stopped))).toBe('not sent');
    expect(whyNoReply(makeCall(1, { ...stopped, attempt: 2 }))).toBe('not sent · attempt 2');
    // Its error says so already.
    expect(whyNoReply(makeCall(1, { ...failed, errorCode: 'unreachable', sent: false }))).toBe('unreachable');
  });

  it('gives no time for a call that never left', () => {
    expect(listedTime(makeCall(1, { sent: false, latencyMs: 0 }))).toBe('');
    expect(listedTime(makeCall(1, { latencyMs: null }))).toBe('');
    // A connection was attempted.
    expect(listedTime(makeCall(1, { sent: false, latencyMs: 12.3 }))).toBe('12 ms');
    expect(listedTime(makeCall(1))).toBe('812 ms');
  });

  it('distinguishes unknown tokens from none', () => {
    const none = { totalTokens: null };
    expect(listedTokens(makeCall(1, none))).toBe('unknown');
    expect(listedTokens(makeCall(1, { ...none, task: 'models' }))).toBe('n/a');
    expect(listedTokens(makeCall(1, { ...none, status: 'open' }))).toBe('');
    expect(listedTokens(makeCall(1))).toBe('30');
  });

  it('reads messages whose content is a text or a list of parts', () => {
    const body = JSON.stringify({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Hello' }, { type: 'image_url' }] },
        { content: null },
      ],
    });
    expect(readMessages(body)).toEqual([
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'Hello\n{"type":"image_url"}' },
      { role: 'unknown', text: 'null' },
    ]);
  });

  it.each(['', '{"messages":[', '[]', '{"input":"x"}', '"text"'])('shows the body %j as it is', (body) => {
    expect(readMessages(body)).toBeNull();
  });

  it('does not parse a huge body', () => {
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(2_000_000) }] });
    expect(readMessages(body)).toBeNull();
  });

  it('lists parameters without the model, which has a line of its own', () => {
    expect(readParameters({ parameters: '{"model":"m","temperature":0,"stop":["a"]}' })).toEqual([
      'temperature 0',
      'stop ["a"]',
    ]);
    expect(readParameters({ parameters: 'not json' })).toEqual(['not json']);
    expect(readParameters({ parameters: '' })).toEqual([]);
  });
});
