import { describe, expect, it } from 'vitest';
import { gridAction } from '../../../../src/renderer/src/ui/grid/grid-keys.ts';

const place = { index: 5, inHeader: false, inCell: false, count: 100, page: 10 };
const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});

describe('the keys of a grid', () => {
  it('edit a cell with F2, not a row or a header', () => {
    expect(gridAction(press('F2'), { ...place, inCell: true })).toEqual({ to: 'edit' });
    expect(gridAction(press('F2'), place)).toBeNull();
    expect(gridAction(press('F2'), { ...place, inCell: true, inHeader: true })).toBeNull();
  });

  it('lead from row to row, and select with Shift', () => {
    expect(gridAction(press('ArrowDown'), place)).toEqual({ to: 'row', index: 6, extend: false });
    expect(gridAction(press('PageUp', { shiftKey: true }), place)).toEqual({ to: 'row', index: 0, extend: true });
    expect(gridAction(press('End'), place)).toEqual({ to: 'row', index: 99, extend: false });
  });

  it('lead up from the first row into the header, and down again', () => {
    expect(gridAction(press('ArrowUp'), { ...place, index: 0 })).toEqual({ to: 'header' });
    const inHeader = { ...place, index: 0, inHeader: true };
    expect(gridAction(press('ArrowDown'), inHeader)).toEqual({ to: 'row', index: 0, extend: false });
    expect(gridAction(press('ArrowDown'), { ...inHeader, count: 0 })).toBeNull();
  });

  it('lead to the ends of a row in a cell, and to those of the table with Ctrl', () => {
    const inCell = { ...place, inCell: true };
    expect(gridAction(press('Home'), inCell)).toEqual({ to: 'column', by: 'first' });
    expect(gridAction(press('Home', { ctrlKey: true }), inCell)).toEqual({ to: 'row', index: 0, extend: false });
  });

  it('open the menu, select all, copy', () => {
    expect(gridAction(press('F10', { shiftKey: true }), place)).toEqual({ to: 'menu' });
    expect(gridAction(press('ContextMenu'), place)).toEqual({ to: 'menu' });
    expect(gridAction(press('a', { ctrlKey: true }), place)).toEqual({ to: 'all' });
    expect(gridAction(press('c', { ctrlKey: true }), place)).toEqual({ to: 'copy' });
  });

  it('leave to the window what is not theirs', () => {
    expect(gridAction(press('ArrowDown', { altKey: true }), place)).toBeNull();
    expect(gridAction(press('k', { ctrlKey: true }), place)).toBeNull();
    expect(gridAction(press('Tab'), place)).toBeNull();
  });
});
