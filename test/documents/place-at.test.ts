import { describe, expect, it } from 'vitest';
import { placeAt } from '../../src/main/documents/place-at.ts';
import { columnName } from '../../src/main/documents/sheets/cell-address.ts';
import type { Places } from '../../src/shared/places.ts';
import { placeOf } from './read-parts.ts';
import { cell, readSheets, row } from './xlsx/workbook-parts.ts';

const readSheet = (data: string) => readSheets([{ name: 'Sheet1', data }]);

const workbook: Places = { unit: 'sheet', starts: [0, 40, 40], names: ['Budget', 'Empty', 'Plan 2027'] };
const text = 'x'.repeat(60);

it('is found by an offset in the text, the last where several begin', () => {
  const passage = (start: number) => ({ start, end: start + 1, line: 3 });
  expect(placeAt(workbook, text, passage(39))).toEqual({ unit: 'sheet', number: 1, name: 'Budget' });
  expect(placeAt(workbook, text, passage(40))).toEqual({ unit: 'sheet', number: 3, name: 'Plan 2027' });
  expect(placeAt({ unit: 'message', starts: [5], names: null }, text, passage(4))).toBeNull();
});

describe('the cells of a quotation', () => {
  it('are those that it begins and ends in', async () => {
    const read = await readSheet(
      row(1, cell('A1', 'Item') + cell('B1', 'Net') + cell('D1', 'Gross')) +
        row(2, cell('A2', 'Rent') + cell('B2', 'due in March') + cell('D2', 'paid')) +
        row(9, cell('D9', 'Total')),
    );
    expect(placeOf(read, 'Item')).toBe('sheet “Sheet1”, cell A1');
    expect(placeOf(read, 'in March')).toBe('sheet “Sheet1”, cell B2');
    expect(placeOf(read, 'March | paid')).toBe('sheet “Sheet1”, cells B2:D2');
    expect(placeOf(read, 'Gross\nRent')).toBe('sheet “Sheet1”, cells A1:D2');
    expect(placeOf(read, 'Total')).toBe('sheet “Sheet1”, cell D9');
  });

  it('are counted by the columns of their own sheet', async () => {
    const read = await readSheets([
      { name: 'One', data: row(1, cell('A1', 'first') + cell('B1', 'second')) },
      { name: 'Two', data: row(4, cell('AA4', 'third') + cell('AC4', 'fourth')) },
    ]);
    expect(placeOf(read, 'second')).toBe('sheet “One”, cell B1');
    expect(placeOf(read, 'third')).toBe('sheet “Two”, cell AA4');
    expect(placeOf(read, 'fourth')).toBe('sheet “Two”, cell AC4');
  });

  it('are not guessed where a text looks like what separates them, nor in another row for that', async () => {
    const read = await readSheet(
      row(1, cell('A1', 'one | two') + cell('B1', 'three')) + row(2, cell('A2', 'four') + cell('B2', 'five')),
    );
    expect(placeOf(read, 'three')).toBe('sheet “Sheet1”, row 1');
    expect(placeOf(read, 'five')).toBe('sheet “Sheet1”, cell B2');
  });

  it('are not guessed behind a gap that has no separators', async () => {
    const full = Array.from({ length: 60 }, (_, at) => cell(`${columnName(at + 1)}1`, 'x')).join('');
    const read = await readSheet(row(1, full) + row(2, cell('A2', 'near') + cell('BH2', 'far')));
    expect(read.text).toContain('near | … | BH2: far');
    expect(placeOf(read, 'BH2: far')).toBe('sheet “Sheet1”, row 2');
    expect(placeOf(read, 'x')).toBe('sheet “Sheet1”, cell A1');
  });

  it('are no cells in what stands behind the rows', async () => {
    const read = await readSheet(row(1, cell('A1', 'one')));
    expect(placeOf(read, '## Sheet')).toBe('sheet “Sheet1”');
  });
});
