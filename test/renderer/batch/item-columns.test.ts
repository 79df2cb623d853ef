import { describe, expect, it } from 'vitest';
import {
  cellsOf,
  cellText,
  columns,
  columnsOf,
  columnTemplate,
  smallestReasonStart,
  smallestTableWidth,
} from '../../../src/renderer/src/batch/item-columns.ts';
import { makeRow } from './samples.ts';

describe('columns of the live table', () => {
  it('says n/a for tokens of the built-in engine and unknown for a server that does not count', () => {
    const done = makeRow(0, { status: 'done' });
    expect(cellText(done, 'tokens', false)).toBe('n/a');
    expect(cellText(done, 'tokens', true)).toBe('unknown');
    expect(cellText(makeRow(0, { status: 'done', totalTokens: 0 }), 'tokens', true)).toBe('0');
    expect(cellText(makeRow(0), 'tokens', true)).toBe('');
  });

  it('marks a result that a finished file does not have, and leaves an unfinished one blank', () => {
    expect(cellText(makeRow(0, { status: 'done' }), 'sentiment', false)).toBe('–');
    expect(cellText(makeRow(0, { status: 'running' }), 'sentiment', false)).toBe('');
    expect(cellText(makeRow(0, { status: 'failed' }), 'summary', false)).toBe('');
  });

  it('takes a width that the user gave as it is', () => {
    expect(columnTemplate({ summary: 333 }, 'all')).toContain(' 333px ');
    const before = columns.find(({ id }) => id === 'summary')?.width ?? 0;
    expect(smallestTableWidth({ summary: 333 }, 'all') - smallestTableWidth({}, 'all')).toBe(333 - before);
  });

  it('gives the reason the room of the results among failed files', () => {
    expect(columnsOf('failed').map(({ id }) => id)).toEqual(['file', 'error', 'tokens', 'time']);
    expect(columnTemplate({}, 'failed')).toMatch(/ minmax\(340px, 6fr\) /);
    expect(columnTemplate({ error: 90 }, 'failed')).toMatch(/ 90px /);
    expect(smallestReasonStart({ file: 200 }, 'failed')).toBe(200);
    expect(smallestReasonStart({ file: 200 }, 'all')).toBe(304);
  });

  it('shows why a file failed over the results that it does not have', () => {
    const shown = (row: ReturnType<typeof makeRow>) => cellsOf(row, 'all').map(({ id, span }) => `${id} ${span}`);
    expect(shown(makeRow(0, { status: 'failed' }))).toEqual(['file 1', 'status 1', 'error 3', 'tokens 1', 'time 1']);
    expect(shown(makeRow(0, { status: 'failed', summary: 'It is late.' }))).toEqual([
      'file 1',
      'status 1',
      'summary 1',
      'error 2',
      'tokens 1',
      'time 1',
    ]);
    expect(shown(makeRow(0, { status: 'done' }))).toHaveLength(columns.length);
  });
});
