import { afterEach, describe, expect, it } from 'vitest';
import {
  type Command,
  commandRegistry,
  registerCommands,
  registerContext,
} from '../../../src/renderer/src/platform/commands.ts';
import {
  joinGroups,
  messageItems,
  recentItems,
  staticItems,
  unaskedGroups,
} from '../../../src/renderer/src/shell/palette-items.ts';
import { rankItems } from '../../../src/renderer/src/shell/rank-items.ts';
import { problem } from '../../../src/shared/problem.ts';
import { makeBatch, otherBatchId } from '../batch/samples.ts';
import { createScriptedBridge } from '../batch/scripted-bridge.ts';
import { makeConversation } from '../chat/samples.ts';

const command = (over: Partial<Command> = {}): Command => ({
  id: 'a',
  title: 'Pick a folder',
  group: 'Batch',
  run: () => {},
  ...over,
});

afterEach(() => commandRegistry.setState({ commands: [], contexts: [] }));

describe('the palette', () => {
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

  it('begins with what can be done on the screen, as it is just now', () => {
    let title = 'Start this batch';
    const end = registerContext('chat', () => [command({ id: 'now', title, group: 'Letters' })]);
    const endOther = registerContext('batch', () => [command({ id: 'hidden' })]);
    title = 'Cancel this batch';
    expect(staticItems()[0]).toMatchObject({ value: 'Letters', items: [{ title: 'Cancel this batch' }] });
    end();
    expect(staticItems()[0]?.value).toBe('Go to');
    endOther();
  });

  it('lists what was used last first, once, and only what there is', () => {
    const groups = ['a', 'b', 'c'].map((id) => ({ value: `Group ${id}`, items: [command({ id })] }));
    expect(
      unaskedGroups(groups, ['c', 'gone', 'a']).map(({ value, items }) => [value, items.map(({ id }) => id)]),
    ).toEqual([
      ['Recently used', ['c', 'a']],
      ['Group b', ['b']],
    ]);
  });

  it('shows messages found by main, whatever their spelling', () => {
    const found = [{ conversationId: 'c1', title: 'Lease', messageId: 'm1', excerpt: '…ends on 31 May 2027…' }];
    const [group] = messageItems(found, 'fin du bail');
    expect(group?.value).toBe('In messages');
    expect(group?.items[0]).toMatchObject({ title: '…ends on 31 May 2027…', detail: 'Lease' });
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
    expect(unaskedGroups(groups, [])[0]?.items.length).toBe(6);
    const [best] = rankItems(groups[0]?.items ?? [], 'chat 8', []);
    expect(best?.title).toBe('Chat 8');
  });
});

describe('batches in the palette', () => {
  it('over one folder differ by when they were made and what they asked', async () => {
    const bridge = createScriptedBridge({
      'chat.list': () => [],
      'batch.list': () => [makeBatch({ model: 'gpt-4o' }), makeBatch({ id: otherBatchId, model: 'gpt-4o-mini' })],
    });
    const details = (await recentItems(bridge))[0]?.items.map(({ detail }) => detail);
    expect(details).toEqual([
      expect.stringMatching(/\d.* · gpt-4o · Letters$/),
      expect.stringMatching(/\d.* · gpt-4o-mini · Letters$/),
    ]);
  });
});

describe('what is typed into the palette', () => {
  const items = [
    command({ id: 'start', title: 'Start this batch', keywords: 'run go' }),
    command({ id: 'retry', title: 'Retry the 3 failed files', keywords: 'run again errors' }),
    command({ id: 'xlsx', title: 'Export all of this batch as Excel…', keywords: 'save spreadsheet' }),
    command({ id: 'csv', title: 'Export all of this batch as CSV…', keywords: 'save spreadsheet excel' }),
    command({ id: 'muller', title: 'Angebote für Mu\u0308ller', group: 'Batches' }),
  ];
  const idsFor = (query: string, recent: readonly string[] = []) => rankItems(items, query, recent).map(({ id }) => id);

  it.each([
    ['letters in their order', 'strt', 'start'],
    ['first letters of words', 'rf', 'retry'],
    ['words in any order', 'batch start', 'start'],
    ['a word of the title before the same keyword', 'excel', 'xlsx'],
    ['a keyword', 'errors', 'retry'],
    ['letters without their marks', 'muller', 'muller'],
  ])('finds by %s', (_, query, id) => {
    expect(idsFor(query)[0]).toBe(id);
  });

  it('does not find what has none of it', () => {
    expect(idsFor('zzz')).toEqual([]);
    expect(idsFor('history')).toEqual([]);
  });

  it('prefers what was used before among equals', () => {
    expect(idsFor('export')[0]).toBe('csv');
    expect(idsFor('export', ['xlsx'])[0]).toBe('xlsx');
  });

  it('shows which letters matched, and cuts none in two', () => {
    const marked = (query: string) => rankItems(items, query, [])[0]?.parts.map(({ text, matched }) => [text, matched]);
    expect(marked('start')).toEqual([
      ['Start', true],
      [' this batch', false],
    ]);
    expect(marked('muller')).toEqual([
      ['Angebote für ', false],
      ['Mu\u0308ller', true],
    ]);
  });
});
