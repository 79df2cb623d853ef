import { describe, expect, it } from 'vitest';
import { createLine } from '../../src/main/audit/line.ts';
import { makeFolder, openReader, openTestStore } from '../store/open-test-store.ts';
import { intent } from '../store/records.ts';

async function openLine() {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const released = openReader(folder).prepare<[], number>('SELECT released FROM calls ORDER BY id').pluck();
  return { store, line: createLine(store.write), released: () => released.all() };
}

const idOf = (begun: object) => ('callId' in begun ? Number(begun.callId) : 0);

describe('queued calls', () => {
  it('may be sent while there is room, and the next when a later one begins', async () => {
    const { line, released } = await openLine();
    const ids = [];
    for (const n of [1, 2, 3]) ids.push(idOf(await line.begin(intent(`Question ${n}`), 1)));
    expect(released()).toEqual([1, 0, 0]);
    await line.leave(ids[0] ?? 0);
    await line.begin(intent('Question 4'), 1);
    expect(released()).toEqual([1, 1, 0, 0]);
  });

  it('that are sent before that are durably released first', async () => {
    const { line, released } = await openLine();
    const [, second] = [await line.begin(intent('One'), 1), await line.begin(intent('Two'), 1)];
    await line.leave(idOf(second));
    expect(released()).toEqual([1, 1]);
  });

  it('are released again if the commit that should have done so failed', async () => {
    const { line, released } = await openLine();
    const first = await line.begin(intent('One'), 0);
    expect(released()).toEqual([0]);
    const bad = line.begin(intent('bad', { kind: 'nonsense' as 'chat' }), 2);
    const leaving = line.leave(idOf(first));
    await expect(bad).rejects.toThrow('nonsense');
    await leaving;
    expect(released()).toEqual([1]);
  });

  it('may not be sent if that cannot be recorded', async () => {
    const { store, line } = await openLine();
    const first = await line.begin(intent('One'), 0);
    await store.close();
    await expect(line.leave(idOf(first))).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('make room for the next when given up', async () => {
    const { line, released } = await openLine();
    const first = await line.begin(intent('One'), 1);
    await line.begin(intent('Two'), 1);
    line.drop(idOf(first));
    await line.begin(intent('Three'), 1);
    expect(released()).toEqual([1, 1, 0]);
  });
});
