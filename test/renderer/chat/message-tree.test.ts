import { describe, expect, it } from 'vitest';
import { leafUnder, pathTo } from '../../../src/renderer/src/chat/message-tree.ts';
import type { Message } from '../../../src/shared/chat-data.ts';
import { makeBranches, makeMessage } from './samples.ts';

const byId = (messages: readonly Message[]) => new Map(messages.map((message) => [message.id, message]));

describe('the message tree', () => {
  it('leads from the first question to the leaf, with the versions of each message', () => {
    expect(pathTo(byId(makeBranches().messages), 'r1')).toEqual([
      { id: 'q1', siblings: ['q1'] },
      { id: 'r1', siblings: ['r1', 'r2'] },
    ]);
  });

  it('is empty without a leaf, and for a missing leaf', () => {
    expect(pathTo(byId(makeBranches().messages), null)).toEqual([]);
    expect(pathTo(byId(makeBranches().messages), 'gone')).toEqual([]);
  });

  it('ends at the newest version at each step', () => {
    const messages = byId([
      ...makeBranches().messages,
      makeMessage({ id: 'q2', role: 'user', parentId: 'r1' }),
      makeMessage({ id: 'q3', role: 'user', parentId: 'r1' }),
    ]);
    expect(leafUnder(messages, 'r1')).toBe('q3');
    expect(leafUnder(messages, 'r2')).toBe('r2');
  });

  it('does not hang on a cycle', () => {
    const circle = byId([
      makeMessage({ id: 'a', role: 'user', parentId: 'b' }),
      makeMessage({ id: 'b', role: 'assistant', parentId: 'a' }),
    ]);
    expect(pathTo(circle, 'a')).toHaveLength(2);
    expect(['a', 'b']).toContain(leafUnder(circle, 'a'));
  });
});
