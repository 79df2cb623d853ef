import { describe, expect, it } from 'vitest';
import { problemOfParts } from '../read-parts.ts';
import { cell, readSheet, row, workbookParts } from './workbook-parts.ts';

/** The cells of one row, as they are read. */
async function read(values: readonly (readonly [pattern: string, value: number])[], properties = '') {
  const formats = Object.fromEntries(values.map(([pattern], at) => [164 + at, pattern.replaceAll('"', '&quot;')]));
  const styles = values.map((_, at) => 164 + at);
  const columns = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const cells = values.map(([, value], at) => cell(`${columns[at]}1`, value, at)).join('');
  return (await readSheet(row(1, cells), { formats, styles, properties })).text.split(' | ');
}

describe('numbers', () => {
  it('are written as they are shown', async () => {
    expect(
      await read([
        ['0.00', 119.047619],
        ['#,##0.00\\ "€"', 1234.5],
        ['0.0%', 0.125],
        ['[$€-407]\\ #,##0.00', 1234.5],
        ['[$$-409]#,##0;[Red]-[$$-409]#,##0', -1500],
        ['_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', -1200],
        ['00000', 123],
        ['[>=1000000]0.0,,"M";0', 2_500_000],
        ['# ?/?', 0.5],
      ]),
    ).toEqual(['119.05', '1,234.50 €', '12.5%', '€ 1,234.50', '-$1,500', '(1,200)', '00123', '2.5M', '1/2']);
  });

  it('are written in full where they have no format, or one that hides or does not mean anything', async () => {
    expect(
      await read([
        ['General', 12345678901234],
        ['General', 0.1 + 0.2],
        ['General', 1e-5],
        [';;;', 42],
        ['[bad', 7],
        ['@', 3.5],
      ]),
    ).toEqual(['12345678901234', '0.3', '0.00001', '42', '7', '3.5']);
  });

  it('have the formats that go without saying', async () => {
    const styles = [0, 9, 10, 14, 22, 44, 46, 31];
    const cells = styles.map((_, at) => cell(`${'ABCDEFGH'[at]}1`, at === 6 ? 1.5 : 45_000.5, at)).join('');
    expect((await readSheet(row(1, cells), { styles })).text).toBe(
      '45000.5 | 4500050% | 4500050.00% | 2023-03-15 | 2023-03-15T12:00 | $45,000.50 | 36:00:00 | 2023-03-15',
    );
  });
});

describe('dates', () => {
  it('are written in ISO 8601, as exact as they are shown', async () => {
    expect(
      await read([
        ['d. mmmm yyyy', 46_112],
        ['dd/mm/yyyy\\ hh:mm', 46_112.604166667],
        ['mmm\\-yy', 46_112],
        ['yyyy', 46_112],
        ['h:mm\\ AM/PM', 0.604166667],
        ['hh:mm:ss', 0.5000116],
        ['[h]:mm', 1.5],
        ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 46_112],
        ['"day" 0', 3],
      ]),
    ).toEqual([
      '2026-03-31',
      '2026-03-31T14:30',
      '2026-03',
      '2026',
      '14:30',
      '12:00:01',
      '36:00',
      '2026-03-31',
      'day 3',
    ]);
  });

  it('know both calendars, and the day that never was', async () => {
    const pattern = 'yyyy-mm-dd';
    expect(
      await read([
        [pattern, 1],
        [pattern, 59],
        [pattern, 60],
        [pattern, 61],
        [pattern, -1],
        [pattern, 3e6],
      ]),
    ).toEqual(['1900-01-01', '1900-02-28', '1900-02-29', '1900-03-01', '-1', '3000000']);
    expect(
      await read(
        [
          [pattern, 0],
          [pattern, 44_650],
        ],
        '<workbookPr date1904="1"/>',
      ),
    ).toEqual(['1904-01-01', '2026-03-31']);
  });
});

describe('cells', () => {
  it('have their text from wherever it is', async () => {
    const strings = [
      '<si><t>shared</t></si>',
      '<si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> and plain</t></r></si>',
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>',
      '<si><t>a_x000D_\nb_x0041_</t></si>',
    ];
    const shared = strings.map((_, at) => `<c r="${'ABCD'[at]}1" t="s"><v>${at}</v></c>`).join('');
    const others =
      '<c r="E1" t="str"><f>A1</f><v>by formula</v></c><c r="F1" t="b"><v>1</v></c><c r="G1" t="e"><v>#DIV/0!</v></c>' +
      '<c r="H1" t="d"><v>2026-03-31T00:00:00</v></c><c r="I1" t="s"><v></v></c>';
    expect((await readSheet(row(1, shared + others), { strings })).text).toBe(
      'shared | bold and plain | 東京 | a<br>bA | by formula | TRUE | #DIV/0! | 2026-03-31',
    );
  });

  it('whose text is missing damage the workbook: a sheet is not read in part', async () => {
    const parts = workbookParts([{ name: 'A', data: row(1, '<c r="A1" t="s"><v>7</v></c><c r="B1"><v>1</v></c>') }]);
    expect(await problemOfParts(parts)).toMatchObject({ code: 'file_damaged', params: { what: 'workbook' } });
  });

  it('are counted on where they do not say where they are', async () => {
    const value = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const read = await readSheet(`<row>${value('a')}${value('b')}</row><row>${value('c')}<c/>${value('d')}</row>`);
    expect(read.text).toBe('a | b\nc |  | d');
  });

  it('without a stored result show their formula, and a note says so', async () => {
    const read = await readSheet(
      row(1, '<c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c>'),
    );
    expect(read.text).toBe('=SUM(B1:B9) | 2');
    expect(read.notes).toEqual([
      '1 formula has no stored result and is shown itself; open the workbook in Excel or LibreOffice and save it.',
    ]);
  });
});
