import { describe, expect, it } from 'vitest';
import { ALL_COLUMNS, columnsInSight } from '../../../../src/renderer/src/ui/grid/columns-in-sight.ts';

const widths = Array.from({ length: 20 }, () => 100);

describe('columns in sight', () => {
  it('are all while the room is unknown', () => {
    expect(columnsInSight(widths, 0, 0)).toEqual(ALL_COLUMNS);
  });

  it('are those that can be seen, with some on either side', () => {
    expect(columnsInSight(widths, 0, 500)).toEqual({ from: 0, to: 9 });
    expect(columnsInSight(widths, 720, 500)).toEqual({ from: 4, to: 16 });
  });

  it('end with the table', () => {
    expect(columnsInSight(widths, 1_440, 560)).toEqual({ from: 12, to: 19 });
  });
});
