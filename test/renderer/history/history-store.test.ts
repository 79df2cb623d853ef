import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { totalWords } from '../../../src/renderer/src/history/call-words.ts';
import { placeOf, restorePlace } from '../../../src/renderer/src/history/history-place.ts';
import { emptyQuery } from '../../../src/renderer/src/history/history-query.ts';
import { canGrow, createHistoryStore } from '../../../src/renderer/src/history/history-store.ts';
import type { CallRow, HistoryPage } from '../../../src/shared/call-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import { createScriptedBridge, deferred, settle } from '../batch/scripted-bridge.ts';
import { makeCall, makeCallDetail, makeCalls } from './samples.ts';

/** Answers with pages of `calls`, like the app's store. */
function answering(all: { readonly calls: readonly CallRow[] }) {
  return createScriptedBridge({
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
}

async function connected(calls: CallRow[]) {
  const all = { calls };
  const bridge = answering(all);
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

describe('the history store', () => {
  it('answers a new query with its own list and closes an open call', async () => {
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

  it('says how many of all calls match a filter', async () => {
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

  it('says if there are more calls than it counts', async () => {
    const { bridge, history, state } = await connected(makeCalls(250, 1));
    bridge.answers['history.count'] = () => null;
    history.ask({ search: 'question' });
    await vi.runAllTimersAsync();
    expect(totalWords(state())).toBe('more than 100 of 250 calls');
  });

  it('updates the count of matches while calls are made', async () => {
    const { all, history, state, changed } = await connected(makeCalls(250, 1));
    history.ask({ search: 'question' });
    await vi.runAllTimersAsync();
    all.calls = makeCalls(260, 1);
    await changed();
    await vi.runAllTimersAsync();
    expect(totalWords(state())).toBe('260 of 260 calls');
  });

  it('shows a call outside the search by clearing the search', async () => {
    const { history, state } = await connected(makeCalls(50, 1));
    history.ask({ search: 'question 9' });
    await vi.runAllTimersAsync();
    await history.show(30);
    expect(state().query.search).toBe('');
    expect(ids(state().rows)).toContain(30);
    expect(state()).toMatchObject({ selectedId: 30, detail: { status: 'ready', callId: 30 } });
  });

  it('keeps the search if the call is in its list', async () => {
    const { history, state } = await connected(makeCalls(50, 1));
    history.ask({ search: 'question 9' });
    await vi.runAllTimersAsync();
    await history.show(9);
    expect(state().query.search).toBe('question 9');
  });

  it('shows a call below the first page in a list that starts above it', async () => {
    const { history, state } = await connected(makeCalls(900, 1));
    await history.show(100);
    expect(ids(state().rows)).toContain(100);
    expect(state().startsBefore).not.toBeNull();
    await history.showNewest();
    expect(ids(state().rows)?.[0]).toBe(900);
  });

  it('shows a call made while the user was reading further down', async () => {
    const { all, history, state } = await connected(makeCalls(150, 1));
    history.setTop(50);
    all.calls = makeCalls(151, 1);
    await history.show(151);
    expect(ids(state().rows)?.[0]).toBe(151);
    expect(state().startsBefore).toBeNull();
  });

  it('does not read a second list if another call is requested meanwhile', async () => {
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

  it('requests a page once, however often the list reaches its end', async () => {
    const { bridge, history } = await connected(makeCalls(250, 1));
    await Promise.all([history.more(), history.more(), history.more()]);
    expect(bridge.inputs('history.page')).toHaveLength(2);
  });

  it('adds new calls at the top while the top is on screen', async () => {
    const { all, state, changed } = await connected(makeCalls(150, 1));
    all.calls = makeCalls(153, 1);
    await changed();
    expect(ids(state().rows)).toEqual(ids(makeCalls(153, 51)));
    expect(state().newer).toBe(0);
  });

  it.each([
    ['near the newest calls', 700, null],
    ['far below them', 100, 101],
  ])('restores the place of a page that crashed %s', async (_where, topId, startsBefore) => {
    const bridge = answering({ calls: makeCalls(900, 1) });
    const before = createHistoryStore(bridge);
    before.connect();
    await settle();
    await before.show(topId);
    before.setTop(topId);
    const place = placeOf(before);

    const after = createHistoryStore(bridge);
    restorePlace(after, place);
    after.connect();
    await settle();
    const state = after.store.getState();
    expect(ids(state.rows)).toContain(topId);
    expect(state).toMatchObject({ topId, startsBefore, selectedId: topId, detail: { status: 'ready', callId: topId } });
    expect(placeOf(after)).toBe(place);
  });

  it('restores the search of a page that crashed', async () => {
    const all = { calls: makeCalls(150, 1) };
    const bridge = answering(all);
    const history = createHistoryStore(bridge);
    restorePlace(
      history,
      JSON.stringify({ query: { ...emptyQuery, search: '9' }, selectedId: null, openId: null, topId: null }),
    );
    history.connect();
    await settle();
    expect(ids(history.store.getState().rows)).toEqual(ids(all.calls.filter(({ message }) => message.includes('9'))));
  });

  it('counts new calls without moving rows while the user reads further down', async () => {
    const { all, history, state, changed } = await connected(makeCalls(150, 1));
    history.setTop(50);
    all.calls = makeCalls(162, 1);
    await changed();
    expect(state().newer).toBe(12);
    expect(state().rows?.[0]?.id).toBe(150);
    history.setTop(null);
    await settle();
    expect(state().rows?.[0]?.id).toBe(162);
    expect(state().newer).toBe(0);
  });

  it('says "more than" if a page of new calls is full', async () => {
    const { all, history, state, changed } = await connected(makeCalls(150, 1));
    history.setTop(50);
    all.calls = makeCalls(900, 1);
    await changed();
    expect(state()).toMatchObject({ newer: 100, newerIsMore: true });
  });

  it('leaves no gap if there are more new calls than one page holds', async () => {
    const { all, history, state, changed } = await connected(makeCalls(150, 1));
    all.calls = makeCalls(900, 1);
    await changed();
    await history.more();
    expect(ids(state().rows)).toEqual(ids(makeCalls(900, 701)));
  });

  it('updates open calls with their outcome, even below the newest page', async () => {
    const slow = makeCall(20, { status: 'open', latencyMs: null });
    const { all, history, state, changed } = await connected([...makeCalls(150, 21), slow, ...makeCalls(19, 1)]);
    await history.more();
    history.setTop(50);
    all.calls = makeCalls(151, 1);
    await changed();
    expect(state().rows?.find((row) => row.id === 20)?.status).toBe('ok');
    expect(state().rows?.[0]?.id).toBe(150);
  });

  it('searches when typing pauses, not at every letter', async () => {
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

  it('drops the answer to an earlier query', async () => {
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

  it('does not mix answers to two queries if calls arrive while typing', async () => {
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

  it('answers a search typed just before leaving the view once it is shown again', async () => {
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

  it('retries the query that failed, not a page of the previous one', async () => {
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

  it('starts a new list where a very long one ends, and can return', async () => {
    const { history, state } = await connected(makeCalls(20_300, 1));
    while (canGrow(state())) await history.more();
    expect(state().rows).toHaveLength(20_000);
    await history.showOlder();
    expect(state().rows?.[0]?.id).toBe(300);
    expect(state().startsBefore).toBe(301);
    await history.showNewest();
    expect(state().rows?.[0]?.id).toBe(20_300);
  });

  it('keeps the rows on display if a page cannot be read, and says why', async () => {
    const { bridge, history, state } = await connected(makeCalls(150, 1));
    bridge.answers['history.page'] = () => problem('store_failed', { what: 'data', cause: 'other' });
    await history.more();
    expect(state().rows).toHaveLength(100);
    expect(state().problem?.code).toBe('store_failed');
    expect(state().loading).toBeNull();
  });

  it('opens a call, follows it while open, and ignores late answers once it is closed', async () => {
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

  it('shows the outcome of an open call that ended while the view was hidden', async () => {
    const { bridge, history, state, disconnect } = await connected(makeCalls(5, 1));
    bridge.answers['history.detail'] = ({ callId }) => makeCallDetail(callId, { status: 'open' });
    await history.open(3);
    disconnect();
    bridge.answers['history.detail'] = ({ callId }) => makeCallDetail(callId);
    history.connect();
    await settle();
    expect(state().detail).toMatchObject({ status: 'ready', call: { status: 'ok' } });
  });

  it('ignores events after it is disconnected', async () => {
    const { all, state, changed, disconnect } = await connected(makeCalls(5, 1));
    disconnect();
    all.calls = makeCalls(6, 1);
    await changed();
    expect(state().rows).toHaveLength(5);
  });

  it('keeps its position when the view returns, and takes in what is new', async () => {
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
