import { describe, expect, it } from 'vitest';
import { mergeThread } from '../../../src/renderer/src/chat/thread.ts';
import { wayOutOfTooLong } from '../../../src/renderer/src/chat/too-long.ts';
import type { Attachment, Message } from '../../../src/shared/chat-data.ts';
import { type Problem, problem } from '../../../src/shared/problem.ts';
import { makeAttachment, makeConversation, makeMessage } from './samples.ts';

const tooLong: Problem = problem('context_too_long', { what: 'request' });

/** A conversation of two questions, of which the second was too long. */
function threadOf(earlier: readonly Attachment[], own: readonly Attachment[], asked = 'And now?') {
  const messages: readonly Message[] = [
    makeMessage({ id: 'q1', role: 'user', content: 'When?', attachments: earlier }),
    makeMessage({ id: 'r1', role: 'assistant', parentId: 'q1', content: 'In May.', status: 'done' }),
    makeMessage({ id: 'q2', role: 'user', parentId: 'r1', content: asked, attachments: own }),
    makeMessage({ id: 'r2', role: 'assistant', parentId: 'q2', status: 'failed', problem: tooLong }),
  ];
  const conversation = makeConversation({ leafId: 'r2', messageCount: 4 });
  const thread = mergeThread(undefined, { conversation, messages }, new Set());
  return (id: string, why = tooLong) => {
    const reply = thread.messages.get(id);
    return reply === undefined ? null : wayOutOfTooLong(thread, reply, why);
  };
}

const [lease, annex] = [makeAttachment({ id: 'a1' }), makeAttachment({ id: 'a2', name: 'annex.pdf' })];

describe('a conversation that is too long for the model', () => {
  it('has its question asked of all its files as a batch, each once', () => {
    expect(threadOf([lease], [annex, lease])('r2')).toEqual({
      kind: 'batch',
      question: 'And now?',
      files: [lease, annex],
    });
    expect(threadOf([lease], [])('r2')).toMatchObject({ kind: 'batch', files: [lease] });
  });

  it('has its question asked in a new chat if it has no files', () => {
    expect(threadOf([], [])('r2')).toEqual({ kind: 'new_chat', question: 'And now?' });
  });

  it('has no way out but its words where nothing came before, nothing is asked, or it failed otherwise', () => {
    expect(threadOf([], [])('r1')).toBeNull();
    expect(threadOf([lease], [], ' ')('r2')).toBeNull();
    expect(threadOf([lease], [])('r2', problem('in_doubt', { host: 'h' }))).toBeNull();
  });
});
