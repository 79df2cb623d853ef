import { describe, expect, it } from 'vitest';
import { conversationMarkdown } from '../../../src/renderer/src/chat/conversation-markdown.ts';
import { createDrafts } from '../../../src/renderer/src/chat/drafts.ts';
import { isSendKey } from '../../../src/renderer/src/chat/keys.ts';
import { openableUrl } from '../../../src/renderer/src/chat/markdown/links.ts';
import {
  finishNote,
  keptWords,
  reasoningWords,
  replyFacts,
  waitWords,
} from '../../../src/renderer/src/chat/reply-facts.ts';
import { createReplyOptions } from '../../../src/renderer/src/chat/reply-options.ts';
import { mergeThread } from '../../../src/renderer/src/chat/thread.ts';
import { secondsLeft } from '../../../src/renderer/src/ui/seconds-left.ts';
import { type Problem, problem } from '../../../src/shared/problem.ts';
import { makeAttachment, makeBranches, makeMessage } from './samples.ts';

function memory(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  };
}

describe('the send key', () => {
  const enter = { key: 'Enter', shiftKey: false, altKey: false, isComposing: false, keyCode: 13 };
  it('is Enter without Shift', () => {
    expect(isSendKey(enter)).toBe(true);
    expect(isSendKey({ ...enter, shiftKey: true })).toBe(false);
    expect(isSendKey({ ...enter, key: 'a' })).toBe(false);
  });
  it('is not an Enter of an input method', () => {
    expect(isSendKey({ ...enter, isComposing: true })).toBe(false);
    expect(isSendKey({ ...enter, keyCode: 229 })).toBe(false);
  });
});

describe('links in a reply', () => {
  it('are opened only for the web and mail', () => {
    expect(openableUrl('https://example.com/a?b#c')).toBe('https://example.com/a?b#c');
    expect(openableUrl('mailto:a@example.com')).toBe('mailto:a@example.com');
    for (const href of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'ms-msdt:/id',
      '/relative',
      '#top',
      '',
      undefined,
    ]) {
      expect(openableUrl(href)).toBeNull();
    }
  });
});

describe('drafts', () => {
  it('are kept per conversation and across restarts', () => {
    const storage = memory();
    const drafts = createDrafts(storage, 'docket.drafts');
    drafts.set('a', 'half a');
    drafts.set('b', 'half b');
    drafts.set('a', '');
    expect(createDrafts(storage, 'docket.drafts').getState().drafts).toEqual({ b: 'half b' });
  });
  it('are written at once if short, and soon if long', () => {
    const storage = memory();
    const drafts = createDrafts(storage, 'docket.drafts');
    drafts.set('a', 'short');
    const long = 'long '.repeat(10_000);
    drafts.set('b', long);
    expect(createDrafts(storage, 'docket.drafts').getState().drafts).toEqual({ a: 'short' });
    drafts.flush();
    expect(createDrafts(storage, 'docket.drafts').getState().drafts).toEqual({ a: 'short', b: long });
  });
  it('survive a damaged entry and a full storage', () => {
    expect(createDrafts(memory({ 'docket.drafts': '{' }), 'docket.drafts').getState().drafts).toEqual({});
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    const drafts = createDrafts(full, 'docket.drafts');
    drafts.set('a', 'text');
    expect(drafts.getState().drafts).toEqual({ a: 'text' });
  });
});

describe('reply options', () => {
  it('apply to the provider they were chosen for', () => {
    const storage = memory();
    createReplyOptions(storage).choose('api.openai.com', { model: 'gpt-4.1', temperature: 0.5 });
    const options = createReplyOptions(storage);
    expect(options.optionsFor(options.getState().chosen, 'api.openai.com')).toEqual({
      model: 'gpt-4.1',
      temperature: 0.5,
    });
    expect(options.optionsFor(options.getState().chosen, '127.0.0.1:11434')).toEqual({});
  });
});

describe('the line under a reply', () => {
  const reply = makeMessage({
    id: 'r',
    role: 'assistant',
    model: 'gpt',
    llm: true,
    promptTokens: 1200,
    completionTokens: 7,
    latencyMs: 1234,
    timeToFirstTokenMs: 80,
  });
  it('has model, tokens and times', () => {
    expect(replyFacts(reply)).toEqual(['gpt', '1,200 in, 7 out', '1.2 s', 'first token 80 ms']);
  });
  it('shows the cached part of the prompt and the reasoning part of the reply', () => {
    expect(replyFacts({ ...reply, cachedTokens: 1024, reasoningTokens: 5 })).toContain(
      '1,200 in (1,024 cached), 7 out (5 reasoning)',
    );
    expect(replyFacts({ ...reply, cachedTokens: 0, reasoningTokens: 0 })).toContain('1,200 in, 7 out');
  });
  it('never shows zero for an unknown or inapplicable value', () => {
    expect(replyFacts({ ...reply, promptTokens: null, completionTokens: null })).toContain('tokens unknown');
    expect(replyFacts({ ...reply, promptTokens: null })).toContain('unknown in, 7 out');
    expect(replyFacts({ ...reply, llm: false, promptTokens: null, completionTokens: null })).toEqual([
      'tokens n/a',
      '1.2 s',
      'first token 80 ms',
    ]);
  });
  it('says why nothing has arrived and when it is retried, without advice that Docket follows itself', () => {
    const words = (why: Problem, seconds: number) =>
      waitWords({ problem: why, attempt: 2, attempts: 5, delayMs: 1 }, seconds);
    expect(words(problem('rate_limited', { host: 'api.example.com' }, { retryAfterMs: 90_000 }), 90)).toBe(
      'api.example.com asks to wait 90 s before the next call (HTTP 429). Trying again in 1 min 30 s (2 of 5)',
    );
    expect(words(problem('server_error', { host: '127.0.0.1:80', during: 'request' }, { httpStatus: 503 }), 12)).toBe(
      '127.0.0.1:80 reported a server error (HTTP 503). Trying again in 12 s (2 of 5)',
    );
    expect(words(problem('connection_failed', { host: 'host', reason: 'refused' }), 0)).toBe(
      'Nothing answers at host. Trying again now (2 of 5)',
    );
  });
  it('counts down to zero and no further', () => {
    expect([30_240, 30_000, 700, 400, -5_000].map((until) => secondsLeft(until, 0))).toEqual([30, 30, 1, 0, 0]);
  });
  it('says if a reply was cut off', () => {
    expect(finishNote({ ...reply, finishReason: 'length' })).toMatch(/token limit/);
    expect(finishNote({ ...reply, finishReason: 'stop' })).toBeNull();
  });
});

describe('the heading of the reasoning', () => {
  const reply = makeMessage({ id: 'r', role: 'assistant', content: 'Fine.', reasoning: 'Hm.' });
  it('says how long the model reasoned, if that is known', () => {
    expect(reasoningWords({ ...reply, reasoningMs: 12_300 })).toBe('Thought for 12.3 s');
    expect(reasoningWords(reply)).toBe('Thought before answering');
    expect(reasoningWords({ ...reply, status: 'streaming', content: '' })).toBe('Thinking');
  });
  it('accompanies the part that is kept of a cut-off reply', () => {
    expect(keptWords({ ...reply, content: '' })).toMatch(/had not begun its answer/);
    expect(keptWords(reply)).toBe('The part that arrived is kept.');
    expect(keptWords({ ...reply, content: '', reasoning: '' })).toBe('');
  });
});

describe('a conversation as Markdown', () => {
  it('contains the displayed branch with its authors', () => {
    const branches = makeBranches();
    const messages = branches.messages.map((message) =>
      message.id === 'r2' ? { ...message, llm: false, reasoning: 'Hm.' } : message,
    );
    const thread = mergeThread(undefined, { ...branches, messages }, new Set());
    expect(conversationMarkdown('Lease', thread)).toBe(
      '# Lease\n\n**You**\n\nWhen does it end?\n\n---\n\n**Built-in text engine (no AI model)**\n\nOn 31 May 2027.\n',
    );
  });
});

describe('an unfinished reply as Markdown', () => {
  it('says that it is incomplete', () => {
    const branches = makeBranches();
    const messages = branches.messages.map((message) =>
      message.id === 'r2' ? { ...message, status: 'stopped' as const, content: 'On 31' } : message,
    );
    expect(conversationMarkdown('Lease', mergeThread(undefined, { ...branches, messages }, new Set()))).toContain(
      '** (stopped before its end)\n\nOn 31\n',
    );
  });
});

describe('a question with files as Markdown', () => {
  it('names them', () => {
    const branches = makeBranches();
    const messages = branches.messages.map((message) =>
      message.role === 'user' ? { ...message, attachments: [makeAttachment()] } : message,
    );
    expect(conversationMarkdown('Lease', mergeThread(undefined, { ...branches, messages }, new Set()))).toContain(
      '**You**\n\n- Attached: lease.pdf (120 KB, 12 pages)\n\nWhen does it end?',
    );
  });
});

describe('finished messages', () => {
  it('keep their identity when main sends them again', () => {
    const known = mergeThread(undefined, makeBranches(), new Set());
    const again = mergeThread(known, makeBranches(), new Set());
    expect(again.messages.get('r2')).toBe(known.messages.get('r2'));
  });
});
