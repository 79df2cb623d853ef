import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { totalWords } from '../../../src/renderer/src/history/call-words.ts';
import { canGrow, createHistoryStore } from '../../../src/renderer/src/history/history-store.ts';
import type { CallRow, HistoryPage } from '../../../src/shared/call-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import { createScriptedBridge, deferred, settle } from '../batch/scripted-bridge.ts';
import { makeCall, makeCallDetail, makeCalls } from './samples.ts';

/** Answers pages out of `calls` the way the store of the app does. */
async function connected(calls: CallRow[]) {
  const all = { calls };
  const bridge = createScriptedBridge({
    'history.page': ({ before, limit, status, search }) => {
      const found = all.calls.filter(
        (call) =>
          (before === undefined || call.id < before) &&
          (status === undefined || call.status === status) &&
          (search === undefined || call.message.includes(search)),
      );
      const rows = found.slice(0, limit);
      return { rows, nextBefore: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
    },
    'history.count': ({ status, search }) =>
      all.calls.filter(
        (call) =>
          (status === undefined || call.status === status) && (search === undefined || call.message.includes(search)),
      ).length,
    'history.facets': () => ({ models: ['gpt-4o-mini'], total: all.calls.length }),
    'history.detail': ({ callId }) => makeCallDetail(callId),
  });
  const history = createHistoryStore(bridge);
  const disconnect = history.connect();
  await settle();
  const changed = async () => {
    bridge.emit('history.changed', null);
    await settle();
  };
  return { all, bridge, history, state: history.store.getState, changed, disconnect };
}

const ids = (rows: readonly CallRow[] | null) => rows?.map((row) => row.id);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('history store', () => {
  it('answers a new question with a list of its own, not under a call that was open', async () => {
    const { history, state } = await connected(makeCalls(250, 1));
    const { list } = state();
    await history.open(7);
    history.ask({ search: 'question 9' });
    expect(state().detail.status).toBe('closed');
    await vi.runAllTimersAsync();
    expect(state().list).toBe(list + 1);
    await history.more();
    expect(state().list).toBe(list + 1);
  });

  it('says how many of all calls a filter leaves', async () => {
    const { history, state } = await connected(makeCalls(250, 1));
    expect(totalWords(state())).toBe('250 calls on record');
    history.ask({ search: 'question 9' });
    await vi.runAllTimersAsync();
    expect(totalWords(state())).toBe('11 of 250 calls');
    history.ask({ search: 'question' });
    await vi.runAllTimersAsync();
    expect(state().rows).toHaveLength(100);
    expect(totalWords(state())).toBe('250 of 250 calls');
    history.clear();
    await settle();
    expect(totalWords(state())).toBe('250 calls on record');
  });

  it('says that there are more calls than it counts', async () => {
    const { bridge, history, state } = await connected(makeCalls(250, 1));
    bridge.answers['history.count'] = () => null;
    history.ask({ search: 'question' });
    await vi.runAllTimersAsync();
    expect(totalWords(state())).toBe('more than 100 of 250 calls');
  });

  it('counts again what matches while calls are made', async () => {
    const { all, history, state, changed } = await connected(makeCalls(250, 1));
    history.ask({ search: 'question' });
    await vi.runAllTimersAsync();
    all.calls = makeCalls(260, 1);
    await changed();
    await vi.runAllTimersAsync();
    expect(totalWords(state())).toBe('260 of 260 calls');
  });

  it('leads to a call that the search does not find: the search makes way', async () => {
    const { history, state } = await connected(makeCalls(50, 1));
    history.ask({ search: 'question 9' });
    await vi.runAllTimersAsync();
    await history.show(30);
    expect(state().query.search).toBe('');
    expect(ids(state().rows)).toContain(30);
    expect(state()).toMatchObject({ selectedId: 30, detail: { status: 'ready', callId: 30 } });
  });

  it('keeps the search when the call is in its list', async () => {
    const { history, state } = await connected(makeCalls(50, 1));
    history.ask({ search: 'question 9' });
    await vi.runAllTimersAsync();
    await history.show(9);
    expect(state().query.search).toBe('question 9');
  });

  it('leads to a call below the first page by a list that begins above it', async () => {
    const { history, state } = await connected(makeCalls(900, 1));
    await history.show(100);
    expect(ids(state().rows)).toContain(100);
    expect(state().startsBefore).not.toBeNull();
    await history.showNewest();
    expect(ids(state().rows)?.[0]).toBe(900);
  });

  it('leads to a call that was made while the list was read further down', async () => {
    const { all, history, state } = await connected(makeCalls(150, 1));
    history.setAtTop(false);
    all.calls = makeCalls(151, 1);
    await history.show(151);
    expect(ids(state().rows)?.[0]).toBe(151);
    expect(state().startsBefore).toBeNull();
  });

  it('does not fetch a second list when another call is wanted meanwhile', async () => {
    const { history, state } = await connected(makeCalls(900, 1));
    await Promise.all([history.show(100), history.show(880)]);
    expect(state().selectedId).toBe(880);
    expect(ids(state().rows)).toContain(880);
  });

  it('reads older pages by key until the end', async () => {
    const { history, state } = await connected(makeCalls(250, 1));
    expect(state().rows).toHaveLength(100);
    await history.more();
    await history.more();
    await history.more();
    expect(ids(state().rows)).toEqual(ids(makeCalls(250, 1)));
    expect(canGrow(state())).toBe(false);
  });

  it('asks for a page once, however often the list reaches its end', async () => {
    const { bridge, history } = await connected(makeCalls(250, 1));
    await Promise.all([history.more(), history.more(), history.more()]);
    expect(bridge.inputs('history.page')).toHaveLength(2);
  });

  it('lets new calls in at the top while the top is on the screen', async () => {
    const { all, state, changed } = await connected(makeCalls(150, 1));
    all.calls = makeCalls(153, 1);
    await changed();
    expect(ids(state().rows)).toEqual(ids(makeCalls(153, 51)));
    expect(state().newer).toBe(0);
  });

  it('counts new calls and moves nothing while the user reads further down', async () => {
    const { all, history, state, changed } = await connected(makeCalls(150, 1));
    history.setAtTop(false);
    all.calls = makeCalls(162, 1);
    await changed();
    expect(state().newer).toBe(12);
    expect(state().rows?.[0]?.id).toBe(150);
    history.setAtTop(true);
    await settle();
    expect(state().rows?.[0]?.id).toBe(162);
    expect(state().newer).toBe(0);
  });

  it('says "more than" when a page of new calls is full', async () => {
    const { all, history, state, changed } = await connected(makeCalls(150, 1));
    history.setAtTop(false);
    all.calls = makeCalls(900, 1);
    await changed();
    expect(state()).toMatchObject({ newer: 100, newerIsMore: true });
  });

  it('leaves no gap when more calls came than one page holds', async () => {
    const { all, history, state, changed } = await connected(makeCalls(150, 1));
    all.calls = makeCalls(900, 1);
    await changed();
    await history.more();
    expect(ids(state().rows)).toEqual(ids(makeCalls(900, 701)));
  });

  it('gives open calls their outcome, also below the newest page', async () => {
    const slow = makeCall(20, { status: 'open', latencyMs: null });
    const { all, history, state, changed } = await connected([...makeCalls(150, 21), slow, ...makeCalls(19, 1)]);
    await history.more();
    history.setAtTop(false);
    all.calls = makeCalls(151, 1);
    await changed();
    expect(state().rows?.find((row) => row.id === 20)?.status).toBe('ok');
    expect(state().rows?.[0]?.id).toBe(150);
  });

  it('searches when the typing pauses, not at every letter', async () => {
    const { bridge, history, state } = await connected([makeCall(2, { message: 'the rent' }), makeCall(1)]);
    const before = bridge.inputs('history.page').length;
    for (const search of ['r', 're', 'ren', 'rent']) {
      history.ask({ search });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(state().query.search).toBe('rent');
    expect(bridge.inputs('history.page')).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(150);
    expect(bridge.inputs('history.page')).toHaveLength(before + 1);
    expect(ids(state().rows)).toEqual([2]);
  });

  it('drops the answer to an earlier question', async () => {
    const { bridge, history, state } = await connected(makeCalls(5, 1));
    const slow = deferred<HistoryPage>();
    bridge.answers['history.page'] = () => slow.promise;
    history.ask({ status: 'error' });
    bridge.answers['history.page'] = () => ({ rows: [makeCall(9, { status: 'cancelled' })], nextBefore: null });
    history.ask({ status: 'cancelled' });
    await settle();
    slow.resolve({ rows: makeCalls(4, 1, { status: 'error' }), nextBefore: null });
    await settle();
    expect(ids(state().rows)).toEqual([9]);
  });

  it('mixes no answers to two questions when calls come while the typing goes on', async () => {
    const rents = makeCalls(400, 201, { message: 'the rent' });
    const { bridge, history, state, changed } = await connected([...rents, ...makeCalls(200, 1)]);
    history.ask({ search: 'question' });
    await changed();
    await history.more();
    expect(new Set(state().rows?.map(({ message }) => message))).toEqual(new Set(['the rent']));
    await vi.advanceTimersByTimeAsync(150);
    expect(ids(state().rows)).toEqual(ids(makeCalls(200, 101)));
    expect(bridge.inputs('history.page')).toHaveLength(2);
  });

  it('answers a search that was typed just before the view was left when it comes back', async () => {
    const calls = makeCalls(400, 1).map((call) => (call.id % 2 === 0 ? { ...call, message: 'the rent' } : call));
    const { history, state, disconnect } = await connected(calls);
    await history.more();
    await history.more();
    history.ask({ search: 'question' });
    disconnect();
    history.connect();
    await settle();
    expect(new Set(state().rows?.map(({ id }) => id % 2))).toEqual(new Set([1]));
  });

  it('tries again what failed: the question that was asked, not a page of the one before', async () => {
    const { bridge, history, state } = await connected(makeCalls(250, 1));
    const read = bridge.answers['history.page'];
    bridge.answers['history.page'] = () => problem('store_failed', { what: 'data', cause: 'other' });
    history.ask({ status: 'error' });
    await settle();
    expect(state().problem?.code).toBe('store_failed');
    if (read !== undefined) bridge.answers['history.page'] = read;
    await history.more();
    await history.retry();
    expect(state()).toMatchObject({ rows: [], problem: null });
  });

  it('clears all filters at once', async () => {
    const { bridge, history, state } = await connected(makeCalls(5, 1));
    history.ask({ status: 'error', range: 'today' });
    await settle();
    await history.open(3);
    history.clear();
    expect(state().detail.status, 'the list answers').toBe('closed');
    await settle();
    expect(bridge.inputs('history.page').at(-1)).toEqual({ limit: 100 });
    expect(state().rows).toHaveLength(5);
  });

  it('begins a new list where a very long one ends, and finds back', async () => {
    const { history, state } = await connected(makeCalls(20_300, 1));
    while (canGrow(state())) await history.more();
    expect(state().rows).toHaveLength(20_000);
    await history.showOlder();
    expect(state().rows?.[0]?.id).toBe(300);
    expect(state().startsBefore).toBe(301);
    await history.showNewest();
    expect(state().rows?.[0]?.id).toBe(20_300);
  });

  it('keeps what is shown when a page cannot be read, and says why', async () => {
    const { bridge, history, state } = await connected(makeCalls(150, 1));
    bridge.answers['history.page'] = () => problem('store_failed', { what: 'data', cause: 'other' });
    await history.more();
    expect(state().rows).toHaveLength(100);
    expect(state().problem?.code).toBe('store_failed');
    expect(state().loading).toBeNull();
  });

  it('opens a call, follows it while it is open, and ignores late answers after it was closed', async () => {
    const { bridge, history, state, changed } = await connected(makeCalls(5, 1));
    bridge.answers['history.detail'] = ({ callId }) => makeCallDetail(callId, { status: 'open' });
    await history.open(3);
    expect(state().detail).toMatchObject({ status: 'ready', call: { status: 'open' } });
    bridge.answers['history.detail'] = ({ callId }) => makeCallDetail(callId);
    await changed();
    expect(state().detail).toMatchObject({ status: 'ready', call: { status: 'ok' } });
    const opening = history.open(4);
    history.close();
    await opening;
    expect(state().detail.status).toBe('closed');
  });

  it('tells of an open call what became of it while the view was hidden', async () => {
    const { bridge, history, state, disconnect } = await connected(makeCalls(5, 1));
    bridge.answers['history.detail'] = ({ callId }) => makeCallDetail(callId, { status: 'open' });
    await history.open(3);
    disconnect();
    bridge.answers['history.detail'] = ({ callId }) => makeCallDetail(callId);
    history.connect();
    await settle();
    expect(state().detail).toMatchObject({ status: 'ready', call: { status: 'ok' } });
  });

  it('hears nothing after it was disconnected', async () => {
    const { all, state, changed, disconnect } = await connected(makeCalls(5, 1));
    disconnect();
    all.calls = makeCalls(6, 1);
    await changed();
    expect(state().rows).toHaveLength(5);
  });

  it('stays where it was when the view comes back, and takes over what is new', async () => {
    const { all, bridge, history, state, disconnect } = await connected(makeCalls(250, 1));
    await history.more();
    disconnect();
    all.calls = makeCalls(255, 1);
    history.connect();
    await settle();
    expect(ids(state().rows)).toEqual(ids(makeCalls(255, 51)));
    expect(bridge.inputs('history.page')).toHaveLength(3);
  });
});
