import { afterEach, describe, expect, it } from 'vitest';
import { type Command, commandRegistry, registerCommands } from '../../../src/renderer/src/platform/commands.ts';
import {
  joinGroups,
  matchesQuery,
  messageItems,
  recentItems,
  staticItems,
} from '../../../src/renderer/src/shell/palette-items.ts';
import { problem } from '../../../src/shared/problem.ts';
import { createScriptedBridge } from '../batch/scripted-bridge.ts';
import { makeConversation } from '../chat/samples.ts';

const command = (over: Partial<Command> = {}): Command => ({
  id: 'a',
  title: 'Pick a folder',
  group: 'Batch',
  run: () => {},
  ...over,
});

afterEach(() => commandRegistry.setState({ commands: [] }));

describe('the palette', () => {
  it('finds a command by words of its title, group or keywords, in any order', () => {
    const item = command({ keywords: 'open directory' });
    for (const query of ['folder', 'FOLDER pick', 'batch dir', '']) expect(matchesQuery(item, query), query).toBe(true);
    expect(matchesQuery(item, 'file')).toBe(false);
  });

  it('lists surfaces and registered commands by group', () => {
    const end = registerCommands([command(), command({ id: 'b', group: 'Docket' })]);
    expect(staticItems().map(({ value, items }) => [value, items.length])).toEqual([
      ['Go to', 4],
      ['Batch', 1],
      ['Docket', 1],
    ]);
    end();
    expect(staticItems().map(({ value }) => value)).toEqual(['Go to']);
  });

  it('shows messages found by main, whatever their spelling', () => {
    const found = [{ conversationId: 'c1', title: 'Lease', messageId: 'm1', excerpt: '…ends on 31 May 2027…' }];
    const [group] = messageItems(found, 'fin du bail');
    expect(group?.value).toBe('In messages');
    expect(group?.items[0]).toMatchObject({ title: '…ends on 31 May 2027…', detail: 'Lease' });
    expect(group?.items.every((item) => matchesQuery(item, 'fin du bail'))).toBe(true);
    expect(messageItems([], 'fin du bail')).toEqual([]);
  });

  it('puts recent items before the commands of the window itself', () => {
    const groups = ['Go to', 'Docket'].map((value) => ({ value, items: [command()] }));
    expect(joinGroups(groups, [{ value: 'Conversations', items: [] }]).map(({ value }) => value)).toEqual([
      'Go to',
      'Conversations',
      'Docket',
    ]);
  });

  it('shows the newest conversations, others only for a query, and leaves out what cannot be read', async () => {
    const bridge = createScriptedBridge({
      'chat.list': () =>
        Array.from({ length: 9 }, (_, place) => makeConversation({ id: `c${place}`, title: `Chat ${place}` })),
      'batch.list': () => problem('store_failed', { what: 'data', cause: 'other' }),
    });
    const groups = await recentItems(bridge);
    expect(groups.map(({ value }) => value)).toEqual(['Conversations']);
    expect(groups[0]?.items.filter((item) => matchesQuery(item, '')).length).toBe(6);
    expect(groups[0]?.items.filter((item) => matchesQuery(item, 'chat 8')).map(({ title }) => title)).toEqual([
      'Chat 8',
    ]);
  });
});
