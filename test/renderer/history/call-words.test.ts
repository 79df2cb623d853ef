import { describe, expect, it } from 'vitest';
import {
  inDoubtWords,
  listedTokens,
  noReplyWords,
  readMessages,
  readParameters,
  whyNoReply,
} from '../../../src/renderer/src/history/call-words.ts';
import { takeOutPictures } from '../../../src/renderer/src/history/request-pictures.ts';
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
    expect(readMessages(takeOutPictures(body))).toEqual([
      { role: 'system', text: 'Be brief.', parts: [{ kind: 'text', text: 'Be brief.' }] },
      {
        role: 'user',
        text: 'Hello\n{"type":"image_url"}',
        parts: [{ kind: 'text', text: 'Hello\n{"type":"image_url"}' }],
      },
      { role: 'unknown', text: 'null', parts: [{ kind: 'text', text: 'null' }] },
    ]);
  });

  it.each(['', '{"messages":[', '[]', '{"input":"x"}', '"text"'])('shows the body %j as it is', (body) => {
    expect(readMessages(takeOutPictures(body))).toBeNull();
  });

  it('takes pictures out of a body, however large it is with them, and leaves texts that only look like one', () => {
    const url = `data:image/png;base64,${'iVBORw0KGgo'.repeat(300_000)}AA==`;
    const lookalike = '"image_url":{"url":"data:image/png;base64,AAAA"}';
    const content = [
      { type: 'text', text: 'Page 1:' },
      { type: 'image_url', image_url: { url } },
      { type: 'text', text: 'Page 2:' },
      { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/4A==' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      { type: 'text', text: lookalike },
    ];
    const body = JSON.stringify({ messages: [{ role: 'user', content }] });
    const inWords = takeOutPictures(body);
    expect(inWords.text.length).toBeLessThan(500);
    expect(inWords.pictures.map(({ number, kind }) => [number, kind])).toEqual([
      [1, 'PNG'],
      [2, 'JPEG'],
    ]);
    expect(inWords.pictures[0]?.url === url).toBe(true);
    const [message] = readMessages(inWords) ?? [];
    expect(message?.parts.map((part) => (part.kind === 'text' ? part.text : part.picture.number))).toEqual([
      'Page 1:',
      1,
      'Page 2:',
      2,
      `{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}\n${lookalike}`,
    ]);
    expect(message?.text).toContain('Page 1:\n[picture 1]\nPage 2:\n[picture 2]\n');
  });

  it('does not parse a huge body', () => {
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(2_000_000) }] });
    expect(readMessages(takeOutPictures(body))).toBeNull();
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
