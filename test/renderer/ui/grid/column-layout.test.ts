import { describe, expect, it } from 'vitest';
import { completeOrder } from '../../../../src/renderer/src/ui/grid/column-layout.ts';

describe('the order of columns', () => {
  it('is the table’s own until the user moves one', () => {
    expect(completeOrder(['file', 'gist', 'time'], [])).toEqual(['file', 'gist', 'time']);
  });

  it('is the user’s, and a new column stands behind the one that it follows', () => {
    expect(completeOrder(['file', 'gist', 'mood', 'time'], ['time', 'file', 'gist'])).toEqual([
      'time',
      'file',
      'gist',
      'mood',
    ]);
  });

  it('forgets columns that are gone', () => {
    expect(completeOrder(['file', 'time'], ['time', 'gist', 'file'])).toEqual(['time', 'file']);
  });
});
