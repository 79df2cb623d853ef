import { expect, it } from 'vitest';
import { printedText } from '../../../src/main/documents/sheets/printed-text.ts';

it.each([
  ['&LContract 7&CPage &P of &N', 'Contract 7'],
  ['&C&"Arial,Bold"&12Offer 7&R&P/&N', 'Offer 7'],
  ['&CSeite &P von &N&RVertraulich', 'Vertraulich'],
  ['&CR&&D Dept&R&D', 'R&D Dept'],
  ['&C&KFF0000Draft&K01+034 2&L&G', 'Draft 2'],
])('a header of a sheet that is kept as %s prints words: %s', (coded, printed) => {
  expect(printedText(coded)).toBe(printed);
});

it('a header of a sheet may have any length', () => {
  expect(printedText('a'.repeat(300_000))).toHaveLength(300_000);
  expect(printedText(`&P${' '.repeat(300_000)}`)).toBe('');
});
