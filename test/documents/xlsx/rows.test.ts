import { describe, expect, it } from 'vitest';
import { placeOf, problemOfParts } from '../read-parts.ts';
import { cell, readSheet, readSheets, row, workbookParts } from './workbook-parts.ts';

describe('the rows of a sheet', () => {
  it('are lines under the name of the sheet, their cells apart', async () => {
    const read = await readSheets([
      {
        name: 'Budget',
        data: row(1, cell('A1', 'Item') + cell('B1', 'Cost')) + row(2, cell('A2', 'Rent') + cell('B2', 1200)),
      },
      { name: 'Plan &amp; more', data: row(1, cell('A1', 'Nothing yet')) },
    ]);
    expect(read).toMatchObject({
      format: 'xlsx',
      text: '## Sheet: Budget\n\nItem | Cost\nRent | 1200\n\n## Sheet: Plan & more\n\nNothing yet',
      notes: [],
    });
    expect(placeOf(read, 'Rent')).toBe('sheet “Budget”, cell A2');
    expect(placeOf(read, '## Sheet: Budget')).toBe('sheet “Budget”');
    expect(placeOf(read, 'Nothing yet')).toBe('sheet “Plan & more”, cell A1');
  });

  it('keep their numbers where others between them are empty', async () => {
    const read = await readSheet(
      row(3, cell('B3', 'Third')) + row(900, cell('D900', 'Far')) + row(901, cell('B901', 'Next')),
    );
    expect(read.text).toBe('Third\n\n | Far\nNext');
    const placed = await readSheets([{ name: 'A', data: row(3, cell('B3', 'Third')) + row(900, cell('B900', 'Far')) }]);
    expect(placeOf(placed, 'Far')).toBe('sheet “A”, cell B900');
  });
});

describe('a workbook', () => {
  it('without text says so', async () => {
    const empty = workbookParts([{ name: 'Sheet1', data: row(1, '<c r="A1" s="1"/>') }]);
    expect(await problemOfParts(empty)).toMatchObject({
      code: 'file_empty',
      message: expect.stringContaining('The sheets of this workbook contain no text.'),
    });
  });

  it('that lacks one of its sheets is damaged', async () => {
    const { 'xl/worksheets/sheet1.xml': _, ...rest } = workbookParts([{ name: 'Sheet1', data: '' }]);
    expect(await problemOfParts(rest)).toMatchObject({ code: 'file_damaged' });
  });
});
