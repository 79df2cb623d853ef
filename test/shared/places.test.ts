import { expect, it } from 'vitest';
import { coverageWords, placeWords } from '../../src/shared/answer-words.ts';
import { type Places, placeName, placesOf } from '../../src/shared/places.ts';

const workbook: Places = { unit: 'sheet', starts: [0, 40, 40], names: ['Budget', 'Empty', 'Plan 2027'] };

it('are called by their name, or by their number', () => {
  expect(placeName({ unit: 'sheet', number: 3, name: 'Plan 2027' })).toBe('sheet “Plan 2027”');
  const sheet = { unit: 'sheet', number: 3, name: 'Plan 2027', row: 12 } as const;
  expect(placeName(sheet)).toBe('sheet “Plan 2027”, row 12');
  expect(placeName({ ...sheet, cells: 'B12' })).toBe('sheet “Plan 2027”, cell B12');
  expect(placeName({ ...sheet, cells: 'B12:D14' })).toBe('sheet “Plan 2027”, cells B12:D14');
  expect(placeWords({ line: 7, page: null, place: { unit: 'slide', number: 4, name: null } })).toBe('Slide 4');
});

it('are read as stored by earlier versions, which knew pages only', () => {
  expect(placesOf([0, 12])).toEqual({ unit: 'page', starts: [0, 12], names: null });
  expect(placesOf([])).toEqual({ unit: 'page', starts: [], names: null });
  expect(placesOf(workbook)).toBe(workbook);
});

it('are counted in what an answer covers', () => {
  const read = { parts: 1, partsRead: 1, characters: 900 };
  expect(coverageWords({ ...read, pages: 3, unit: 'sheet' })).toBe('all 3 sheets');
  expect(coverageWords({ ...read, pages: 1, unit: 'message' })).toBe('the one message');
  expect(coverageWords({ ...read, pages: 2 })).toBe('all 2 pages');
});
