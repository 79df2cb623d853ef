import { describe, expect, it } from 'vitest';
import {
  keepListed,
  nothingSelected,
  type RowOrder,
  selectAll,
  selectTo,
  toggleRow,
} from '../../../../src/renderer/src/ui/grid/row-selection.ts';

const orderOf = (ids: readonly number[]): RowOrder => ({
  length: ids.length,
  at: (index) => ids[index],
  indexOf: (id) => ids.indexOf(id),
});
const order = orderOf([50, 40, 30, 20, 10]);

describe('the selection of rows', () => {
  it('adds to the row under the cursor, which counts as selected', () => {
    const selection = toggleRow(nothingSelected, 20, 40);
    expect([...selection.ids]).toEqual([40, 20]);
    expect([...toggleRow(selection, 40, 40).ids]).toEqual([20]);
  });

  it('reaches from where it began, in both directions', () => {
    const down = selectTo(nothingSelected, order, 40, 3);
    expect([...down.ids]).toEqual([40, 30, 20]);
    expect([...selectTo(down, order, 20, 0).ids]).toEqual([50, 40]);
  });

  it('follows its rows, not their places, when the list is sorted anew', () => {
    const selection = selectTo(nothingSelected, order, 40, 2);
    const sorted = orderOf([10, 20, 30, 40, 50]);
    expect([...selectTo(selection, sorted, 30, 4).ids]).toEqual([40, 50]);
  });

  it('begins at a row if the one that it began with is gone', () => {
    expect([...selectTo({ ids: new Set([99]), anchor: 99 }, order, 99, 1).ids]).toEqual([40]);
  });

  it('keeps only what is still listed, and is the same if all is', () => {
    const all = selectAll(order);
    expect(all.ids.size).toBe(5);
    expect(keepListed(all, order)).toBe(all);
    expect([...keepListed(all, orderOf([10, 99])).ids]).toEqual([10]);
    expect(keepListed(all, orderOf([99]))).toBe(nothingSelected);
  });
});
