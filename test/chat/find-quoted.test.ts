import { describe, expect, it } from 'vitest';
import { findQuoted } from '../../src/main/chat/find-quoted.ts';

const text =
  'It ends in May.\nNo.\nIt ends\r\n  in May. (And + [so] on.)\nIt ends in May.\nInvoice 2026-04/17: {due}\nat once.';
const content = { text, format: 'pdf', places: { unit: 'page', starts: [0, 16, 20], names: null } as const };

async function found(words: string, line: number | null) {
  const [place] = await findQuoted(content, [{ words, line }]);
  return place == null ? null : [text.slice(place.start, place.end), place.line, place.page];
}

describe('words that a reply quotes', () => {
  it('are found on the line that is named, even if the sentence spans several', async () => {
    expect(await found('It ends in May.', 1)).toEqual(['It ends in May.', 1, 1]);
    expect(await found('It ends in May.', 3)).toEqual(['It ends\r\n  in May.', 3, 3]);
    expect(await found('It ends in May.', 5)).toEqual(['It ends in May.', 5, 3]);
    expect(await found('(And + [so] on.)', 4)).toEqual(['(And + [so] on.)', 4, 3]);
    expect(await found('Invoice 2026-04/17: {due} at once.', 6)).toEqual(['Invoice 2026-04/17: {due}\nat once.', 6, 3]);
    expect(await found('No.', 2)).toEqual(['No.', 2, 2]);
  });

  it('are found where they are first if no line is named, or one that the text does not have', async () => {
    expect(await found('it ends in May', null)).toEqual(['It ends in May', 1, 1]);
    expect(await found('It ends in May.', 99)).toEqual(['It ends in May.', 1, 1]);
  });

  it('are not found if they are reworded, empty, or nothing was kept of the file', async () => {
    expect(await found('It ended in May.', 1)).toBeNull();
    expect(await found('', 1)).toBeNull();
    expect(await findQuoted(null, [{ words: 'It ends in May.', line: 1 }])).toEqual([null]);
  });
});
