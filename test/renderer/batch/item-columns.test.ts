import { describe, expect, it } from 'vitest';
import { cellText, columnsOf, placesOf } from '../../../src/renderer/src/batch/item-columns.ts';
import { makeCell, makeRow, recipe } from './samples.ts';

const columns = columnsOf({ recipe, llm: true, filter: 'all' });
const ofFailed = columnsOf({ recipe, llm: true, filter: 'failed' });
const tokens = 'tokens';
const gist = 'question:gist';

describe('columns of the live table', () => {
  it('has a column per question, in their order', () => {
    expect(columns.map(({ title }) => title)).toEqual(['File', 'Status', 'Gist', 'Mood', 'Names', 'Tokens', 'Time']);
  });

  it('does not call a result of the built-in engine what a result of a model is called', () => {
    const titles = columnsOf({ recipe, llm: false, filter: 'all' }).map(({ title }) => title);
    expect(titles.slice(2, -2)).toEqual([
      'Gist · Best match (no AI model)',
      'Word-list mood',
      'Names · Best match (no AI model)',
    ]);
  });

  it('says n/a for tokens of the built-in engine and unknown for a server that does not count', () => {
    const done = makeRow(0, { status: 'done' });
    expect(cellText(done, tokens, false)).toBe('n/a');
    expect(cellText(done, tokens, true)).toBe('unknown');
    expect(cellText(makeRow(0, { status: 'done', totalTokens: 0 }), tokens, true)).toBe('0');
    expect(cellText(makeRow(0), tokens, true)).toBe('');
  });

  it('marks an answer that a finished file does not have, and leaves an unfinished one blank', () => {
    expect(cellText(makeRow(0, { status: 'done' }), gist, false)).toBe('–');
    expect(cellText(makeRow(0, { status: 'running' }), gist, false)).toBe('');
    expect(cellText(makeRow(0, { status: 'failed' }), gist, false)).toBe('');
  });

  it('gives the reason the room of the answers among failed files', () => {
    expect(ofFailed.map(({ id }) => id)).toEqual(['file', 'error', 'tokens', 'time']);
  });
});

describe('the reason of a failed file', () => {
  const shown = (answered: readonly string[]) => {
    const answers = answered.map((question) => makeCell(question, 'It is late.'));
    return placesOf(makeRow(0, { status: 'failed', answers }), columns)
      .slice(2, -2)
      .map(({ id, span }) => `${id} ${span}`);
  };

  it('stands over the answers that the file does not have', () => {
    expect(shown([])).toEqual(['error 3']);
    expect(shown(['gist'])).toEqual(['question:gist 1', 'error 2']);
    expect(shown(['names'])).toEqual(['error 2', 'question:names 1']);
  });

  it('has at least two columns to be read in', () => {
    expect(shown(['gist', 'mood'])).toEqual(['question:gist 1', 'error 2']);
    expect(shown(['mood', 'names'])).toEqual(['error 2', 'question:names 1']);
  });

  it('takes only columns of questions that stand side by side', () => {
    const [file, status, first, second, third, used, took] = columns;
    const moved = [file, first, status, second, third, used, took].flatMap((column) => column ?? []);
    const places = placesOf(makeRow(0, { status: 'failed' }), moved);
    expect(places.map(({ id, span }) => `${id} ${span}`).slice(1, 4)).toEqual([
      'error 1',
      'status 1',
      'question:mood 1',
    ]);
  });

  it('is not shown over the answers of a file that is done', () => {
    expect(placesOf(makeRow(0, { status: 'done' }), columns)).toHaveLength(columns.length);
  });
});
