import { beforeEach, describe, expect, it } from 'vitest';
import type { RecordedAnswer } from '../../src/main/batch/item-record.ts';
import type { Store } from '../../src/main/store/store.ts';
import type { AnswerValue } from '../../src/shared/answer.ts';
import { type ItemView, wholeTable } from '../../src/shared/item-view.ts';
import { problem } from '../../src/shared/problem.ts';
import { failedAnswer, makeAnswer } from '../support/answers.ts';
import { makeFolder, openTestStore } from './open-test-store.ts';
import { newBatch } from './records.ts';

let store: Store;

beforeEach(async () => {
  store = await openTestStore(makeFolder());
  await store.write.insertBatch(newBatch('b1'));
});

const refused = problem('server_error', { host: 'api.example.com', during: 'request' });

const valued = (question: string, value: AnswerValue, over: Partial<RecordedAnswer> = {}): RecordedAnswer => ({
  ...makeAnswer(question, ''),
  value,
  ...over,
});
const amount = (number: number) => valued('amount', { type: 'number', number, unit: 'EUR' });
const ends = (from: string) => valued('ends', { type: 'date', from, to: null });

/** A file and its answers; without answers it waits. */
type File = readonly [name: string, answers?: readonly RecordedAnswer[]];

async function write(files: readonly File[]): Promise<void> {
  await store.write.addItems(
    'b1',
    files.map(([name]) => ({ path: `/${name}`, name, bytes: 1, modifiedAt: 0, problem: null })),
  );
  const ids = await store.read.viewOfItems({ ...wholeTable, batchId: 'b1', locale: 'en' });
  await Promise.all(
    files.map(([, answers], index) => {
      const itemId = ids[index];
      if (answers === undefined || itemId === undefined) return null;
      const failed = answers.some(({ status }) => status === 'failed');
      return store.write.finishItem({
        itemId,
        status: failed ? 'failed' : 'done',
        bytes: 1,
        format: null,
        encoding: null,
        characters: null,
        sha256: null,
        text: null,
        places: null,
        notes: [],
        totalTokens: 100 - index,
        latencyMs: 10 * index,
        problem: failed ? refused : null,
        answers,
      });
    }),
  );
}

async function shown(view: Partial<ItemView>, locale = 'en'): Promise<readonly string[]> {
  const ids = await store.read.viewOfItems({ ...wholeTable, ...view, batchId: 'b1', locale });
  return (await store.read.rowsOfItems([...ids])).map(({ name }) => name);
}

describe('a sorted table', () => {
  it('orders numbers by value, and puts what is not stated, failed or missing last, both ways', async () => {
    await write([
      ['ten', [amount(10)]],
      ['unstated', [valued('amount', { type: 'not_stated' })]],
      ['waiting'],
      ['nine', [amount(9)]],
      ['failed', [failedAnswer('amount', refused)]],
    ]);
    const sort = { column: 'question:amount', descending: false } as const;
    expect(await shown({ sort })).toEqual(['nine', 'ten', 'unstated', 'waiting', 'failed']);
    expect(await shown({ sort: { ...sort, descending: true } })).toEqual([
      'ten',
      'nine',
      'unstated',
      'waiting',
      'failed',
    ]);
  });

  it('orders dates by the day, not by how they are written', async () => {
    await write([
      ['b', [ends('2026-12')]],
      ['c', [ends('2027')]],
      ['a', [ends('2026-03-31')]],
    ]);
    expect(await shown({ sort: { column: 'question:ends', descending: false } })).toEqual(['a', 'b', 'c']);
  });

  it('orders text by the alphabet of the locale, and names with numbers by these', async () => {
    await write([['zeta 10.txt'], ['Ärger.txt'], ['zeta 9.txt'], ['Anton.txt']]);
    const sort = { column: 'file', descending: false } as const;
    expect(await shown({ sort }, 'de')).toEqual(['Anton.txt', 'Ärger.txt', 'zeta 9.txt', 'zeta 10.txt']);
    expect((await shown({ sort }, 'sv')).at(-1)).toBe('Ärger.txt');
    expect(await shown({ sort }, 'no such language')).toHaveLength(4);
  });

  it('keeps the order of the files among equals', async () => {
    await write([
      ['b', [makeAnswer('mood', 'good')]],
      ['a', [makeAnswer('mood', 'good')]],
      ['c', [makeAnswer('mood', 'bad')]],
    ]);
    const sort = { column: 'question:mood', descending: true } as const;
    expect(await shown({ sort })).toEqual(['b', 'a', 'c']);
  });
});

describe('a searched table', () => {
  it('has the files with every word in the name or in a value, however it is written', async () => {
    await write([
      ['Müller.txt', [makeAnswer('gist', 'The roof leaks.'), makeAnswer('names', ['Ada', 'Bob'])]],
      ['other.txt', [makeAnswer('gist', 'The roof is new.')]],
    ]);
    expect(await shown({ search: 'MULLER roof' })).toEqual(['Müller.txt']);
    expect(await shown({ search: 'bob' })).toEqual(['Müller.txt']);
    expect(await shown({ search: ' roof ' })).toHaveLength(2);
    expect(await shown({ search: 'roof ada new' })).toEqual([]);
  });
});

describe('a filtered table', () => {
  beforeEach(() =>
    write([
      ['good', [makeAnswer('mood', 'good'), makeAnswer('names', ['Ada', 'Bob']), amount(5)]],
      ['bad', [makeAnswer('mood', 'bad', { proof: 'not_found' }), makeAnswer('names', ['Bob']), amount(50)]],
      ['unstated', [valued('mood', { type: 'not_stated' }, { proof: 'none' })]],
      ['failed', [failedAnswer('mood', refused)]],
      ['in part', [makeAnswer('mood', 'good', { proof: 'found', coverage: coverage(3, 2) })]],
      ['waiting'],
    ]),
  );
  const coverage = (parts: number, partsRead: number) => ({ parts, partsRead, characters: 9, pages: null });
  const mood = { column: 'question:mood' } as const;

  it('has the files with one of the values, or of the entries of a list', async () => {
    expect(await shown({ filters: [{ ...mood, values: ['good'] }] })).toEqual(['good', 'in part']);
    expect(await shown({ filters: [{ column: 'question:names', values: ['Ada', 'Eve'] }] })).toEqual(['good']);
  });

  it('goes by a value that a person put in the place of none', async () => {
    const ids = await store.read.viewOfItems({ ...wholeTable, batchId: 'b1', locale: 'en' });
    await store.write.correctItem(ids[3] ?? 0, 'mood', { type: 'text', text: 'calm' }, 1);
    expect(await shown({ filters: [{ ...mood, values: ['calm'] }] })).toEqual(['failed']);
  });

  it('goes by the entries of a list that a person corrected, also where the model stated none', async () => {
    const ids = await store.read.viewOfItems({ ...wholeTable, batchId: 'b1', locale: 'en' });
    await store.write.correctItem(ids[0] ?? 0, 'names', { type: 'list', items: ['Eve', 'Bob'] }, 1);
    await store.write.correctItem(ids[2] ?? 0, 'mood', { type: 'list', items: ['calm', 'tired'] }, 1);
    const names = { column: 'question:names' } as const;
    expect(await shown({ filters: [{ ...names, values: ['Eve'] }] })).toEqual(['good']);
    expect(await shown({ filters: [{ ...names, values: ['Ada'] }] })).toEqual([]);
    expect(await shown({ filters: [{ ...mood, values: ['tired'] }] })).toEqual(['unstated']);
    expect(await shown({ filters: [{ ...mood, gaps: ['not_stated'] }] })).toEqual([]);
    const query = { ...wholeTable, batchId: 'b1', locale: 'en' };
    expect((await store.read.facetOfItems({ ...query, ...names })).values).toMatchObject([
      { value: 'Bob', count: 2 },
      { value: 'Eve', count: 1 },
    ]);
    expect((await store.read.facetOfItems({ ...query, ...mood })).gaps).toMatchObject({ not_stated: 0, failed: 1 });
  });

  it('goes by the model’s value again once that is another than the one corrected', async () => {
    const [first = 0] = await store.read.viewOfItems({ ...wholeTable, batchId: 'b1', locale: 'en' });
    await store.write.correctItem(first, 'names', { type: 'list', items: ['Eve'] }, 1);
    // The first file is answered once more.
    await write([['late', [makeAnswer('names', ['Zoe'])]]]);
    expect(await shown({ filters: [{ column: 'question:names', values: ['Eve'] }] })).toEqual([]);
    expect(await shown({ filters: [{ column: 'question:names', values: ['Zoe'] }] })).toEqual(['good']);
  });

  it('has the files that were ticked as checked, or the others, and counts both', async () => {
    const ids = await store.read.viewOfItems({ ...wholeTable, batchId: 'b1', locale: 'en' });
    await store.write.checkItems('b1', [ids[0] ?? 0, ids[3] ?? 0], 1);
    const status = { column: 'status' } as const;
    expect(await shown({ filters: [{ ...status, ticks: ['checked'] }] })).toEqual(['good', 'failed']);
    expect(await shown({ only: 'done', filters: [{ ...status, ticks: ['unchecked'] }] })).toEqual([
      'bad',
      'unstated',
      'in part',
    ]);
    expect(await shown({ filters: [{ ...status, ticks: ['checked', 'unchecked'] }] })).toHaveLength(6);
    const facet = await store.read.facetOfItems({ ...wholeTable, batchId: 'b1', locale: 'en', ...status });
    expect(facet.ticks).toEqual({ checked: 2, unchecked: 4 });
  });

  it('has the files whose number lies between two, both included', async () => {
    const filters = [{ column: 'question:amount', range: { from: 5, to: 49 } }] as const;
    expect(await shown({ filters })).toEqual(['good']);
  });

  it('tells apart not stated, failed and empty', async () => {
    expect(await shown({ filters: [{ ...mood, gaps: ['not_stated'] }] })).toEqual(['unstated']);
    expect(await shown({ filters: [{ ...mood, gaps: ['failed'] }] })).toEqual(['failed']);
    expect(await shown({ filters: [{ ...mood, gaps: ['empty'] }] })).toEqual(['waiting']);
    expect(await shown({ filters: [{ ...mood, values: ['bad'], gaps: ['failed'] }] })).toEqual(['bad', 'failed']);
  });

  it('finds what has no proof in the document, and what was read in part', async () => {
    expect(await shown({ filters: [{ ...mood, proofs: ['not_found', 'none'] }] })).toEqual(['bad', 'unstated']);
    expect(await shown({ filters: [{ ...mood, inPart: true }] })).toEqual(['in part']);
  });

  it('combines with a status, a search and an order', async () => {
    const sort = { column: 'question:amount', descending: true } as const;
    expect(await shown({ only: 'done', filters: [{ column: 'question:names', values: ['Bob'] }], sort })).toEqual([
      'bad',
      'good',
    ]);
    expect(await shown({ only: 'noted', sort })).toEqual([]);
    expect(await shown({ only: 'failed', search: 'good' })).toEqual([]);
  });

  it('counts what else could be chosen in a column, over what the rest of the view shows', async () => {
    const query = { ...wholeTable, batchId: 'b1', locale: 'en', filters: [{ ...mood, values: ['bad'] }] };
    expect(await store.read.facetOfItems({ ...query, ...mood })).toEqual({
      rows: 6,
      values: [
        { value: 'good', count: 2, otherSpellings: [] },
        { value: 'bad', count: 1, otherSpellings: [] },
      ],
      moreValues: 0,
      histogram: null,
      gaps: { not_stated: 1, empty: 1, failed: 1 },
      proofs: { found: 1, not_found: 1, none: 1 },
      inPart: 1,
      ticks: { checked: 0, unchecked: 0 },
    });
    const names = await store.read.facetOfItems({ ...query, filters: [], column: 'question:names' });
    expect(names.values).toMatchObject([
      { value: 'Bob', count: 2 },
      { value: 'Ada', count: 1 },
    ]);
  });

  it('counts numbers in bars from the smallest to the largest', async () => {
    const query = { ...wholeTable, batchId: 'b1', locale: 'en', column: 'question:amount' } as const;
    const { histogram, values } = await store.read.facetOfItems(query);
    expect(values).toEqual([]);
    expect(histogram?.[0]).toMatchObject({ from: 5, count: 1 });
    expect(histogram?.at(-1)).toMatchObject({ to: 50, count: 1 });
    expect(histogram?.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    const tokens = await store.read.facetOfItems({ ...query, column: 'tokens' });
    expect(tokens.histogram?.[0]?.from).toBe(96);
  });
});

describe('values that differ only in how they are written', () => {
  it('are one, as most write it, with the others told', async () => {
    await write([
      ['1', [makeAnswer('tone', 'Für  alle'), makeAnswer('tags', ['Pump', 'pump '])]],
      ['2', [makeAnswer('tone', 'für alle'), makeAnswer('tags', ['pump'])]],
      ['3', [makeAnswer('tone', 'f\u0075\u0308r alle')]],
      ['4', [makeAnswer('tone', 'fur alle')]],
      ['5', [makeAnswer('tone', 'für alle')]],
    ]);
    const query = { ...wholeTable, batchId: 'b1', locale: 'en' };
    const tone = await store.read.facetOfItems({ ...query, column: 'question:tone' });
    expect(tone.values).toEqual([
      { value: 'für alle', count: 4, otherSpellings: ['Für  alle', 'f\u0075\u0308r alle'] },
      { value: 'fur alle', count: 1, otherSpellings: [] },
    ]);
    expect((await store.read.facetOfItems({ ...query, column: 'question:tags' })).values).toMatchObject([{ count: 2 }]);
    const filters = [{ column: 'question:tone', values: ['für alle'] }] as const;
    expect(await shown({ filters })).toEqual(['1', '2', '3', '5']);
    expect(await shown({ filters: [{ column: 'question:tags', values: ['PUMP'] }] })).toEqual(['1', '2']);
  });
});
