import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../src/main/documents/limits.ts';
import { columnName } from '../../src/main/documents/sheets/cell-address.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { packZip, paragraph, wordDocument } from './hostile-files.ts';
import { onePagePdf, pdfStream } from './pdf/raw-pdf.ts';
import { relationship } from './read-parts.ts';
import { tempFolder } from './temp-folder.ts';
import { cell, row, workbookParts } from './xlsx/workbook-parts.ts';

/** Each of these took from twenty seconds to some minutes when time grew with the square of their size. */
const MOST_MS = 10_000;

const each = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');
const sheet = (data: string, more = {}) => packZip(workbookParts([{ name: 'A', data, ...more }]));
const page = (operators: string) =>
  onePagePdf(pdfStream(operators), '/Font<</F1 5 0 R>>', ['<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']);

const grown: Readonly<Record<string, () => Buffer>> = {
  'of 20,000 namespaces beside as many others.docx': () =>
    wordDocument(
      `<x ${each(20_000, (at) => ` xmlns:n${at}="urn:${at}"`)}>${each(20_000, (at) => `<x xmlns:q="urn:${at}"/>`)}</x>${paragraph('Words')}`,
    ),
  'of 19,000 namespaces in each other.docx': () =>
    wordDocument(each(19_000, (at) => `<x xmlns:n${at}="urn:${at}">`) + paragraph('Words') + '</x>'.repeat(19_000)),
  'of 40,000 links.xlsx': () =>
    sheet(
      each(40_000, (at) => row(at + 1, cell(`A${at + 1}`, 'x'))),
      {
        after: `<hyperlinks>${each(40_000, (at) => `<hyperlink ref="A${at + 1}" r:id="h${at}"/>`)}</hyperlinks>`,
        relationships: each(40_000, (at) => relationship(`h${at}`, 'hyperlink', `https://example.org/${at}`, true)),
      },
    ),
  'of two rows whose cells come in turn.xlsx': () =>
    sheet(each(32_000, (at) => row((at % 2) + 1, cell(`${columnName((at >> 1) + 1)}${(at % 2) + 1}`, 'x')))),
  'of 100,000 hidden columns.xlsx': () =>
    sheet(
      row(
        1,
        each(16_000, (at) => cell(`${columnName(at + 1)}1`, 'x')),
      ),
      {
        before: `<cols>${'<col min="16384" max="16384" hidden="1"/>'.repeat(100_000)}</cols>`,
      },
    ),
  'of 20,000 fonts.rtf': () =>
    Buffer.from(
      `{\\rtf1\\ansi{\\fonttbl${each(20_000, (at) => `{\\f${at}\\fcharset0 Arial;}`)}}${each(20_000, (at) => `\\f${at} x\\'e9`)}}`,
    ),
  'of 300,000 boxes in each other.html': () => Buffer.from('<div>x '.repeat(300_000)),
  'of 300,000 bold words without an end.html': () => Buffer.from('<b>x '.repeat(300_000)),
  'of 200,000 ends of what did not begin.html': () => Buffer.from('<div>'.repeat(200_000) + '</b>x'.repeat(200_000)),
  'of 100,000 tables in each other.html': () => Buffer.from('<table><tr><td>x'.repeat(100_000)),
  'of 50,000 words in one place.pdf': () => page(`BT /F1 9 Tf ${'1 0 0 1 50 700 Tm (word) Tj '.repeat(50_000)} ET`),
  'of 50,000 words turned around one place.pdf': () =>
    page(
      `BT /F1 9 Tf ${each(50_000, (at) => `${Math.cos(at)} ${Math.sin(at)} ${-Math.sin(at)} ${Math.cos(at)} 300 400 Tm (word) Tj `)} ET`,
    ),
  'of 20,000 copies of an object without an end.pdf': () => {
    const whole = page('BT /F1 9 Tf 50 700 Td (word) Tj ET');
    const copies = '5 0 obj\n<</A (b)\nendobj\n'.repeat(20_000);
    return Buffer.concat([
      whole.subarray(0, whole.indexOf('xref\n')),
      Buffer.from(`${copies}trailer\n<</Root 1 0 R>>\n%%EOF\n`),
    ]);
  },
  'of 20,000 saved states.pdf': () => page(`${'q '.repeat(20_000)} BT /F1 9 Tf 50 700 Td (word) Tj ET`),
};

describe('time grows with the size of a document and not with its square', () => {
  it.each(Object.entries(grown))('%s', async (name, make) => {
    const path = tempFolder().put(name, make());
    const before = cpuMs();
    const result = await extractDocument(path, { ...defaultExtractLimits, maxUnpackRatio: 10_000 });
    expect(cpuMs() - before).toBeLessThan(MOST_MS);
    expect(result).toMatchObject({ ok: true });
  });
});
