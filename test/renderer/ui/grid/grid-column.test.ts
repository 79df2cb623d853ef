import { describe, expect, it } from 'vitest';
import { fitWidths, type GridColumn, sum } from '../../../../src/renderer/src/ui/grid/grid-column.ts';

const columns: readonly GridColumn[] = [
  { id: 'file', title: 'File', width: 160, share: 3, least: 120 },
  { id: 'gist', title: 'Gist', width: 200, share: 5, least: 80 },
  { id: 'time', title: 'Time', width: 80, share: 0 },
];

describe('the widths of columns', () => {
  it('fill the room there is, by their shares', () => {
    const widths = fitWidths(columns, {}, 600);
    expect(sum(widths)).toBe(600);
    expect(widths[2]).toBe(80);
    expect(widths[1]).toBeGreaterThan((widths[0] ?? 0) + 40);
  });

  it('shrink before a column is pushed out of sight', () => {
    const widths = fitWidths(columns, {}, 360);
    expect(sum(widths)).toBeLessThanOrEqual(360);
    expect(sum(widths)).toBeGreaterThan(356);
    expect(widths[2]).toBe(80);
  });

  it('are readable ones in a table that scrolls sideways', () => {
    expect(fitWidths(columns, {}, 200)).toEqual([160, 200, 80]);
  });

  it('are those that the user gave', () => {
    expect(fitWidths(columns, { gist: 333 }, 600)[1]).toBe(333);
    expect(fitWidths(columns, { gist: 333 }, 540)[1]).toBe(333);
  });

  it('are the wanted ones while the room is not known', () => {
    expect(fitWidths(columns, {}, 0)).toEqual([160, 200, 80]);
  });
});
