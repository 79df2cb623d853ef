import { describe, expect, it } from 'vitest';
import { placeOf, problemOfParts } from '../read-parts.ts';
import { odfParts, p, readSheets } from './odf-parts.ts';

const row = (cells: string, attributes = '') => `<table:table-row${attributes}>${cells}</table:table-row>`;
const text = (words: string, attributes = '') =>
  `<table:table-cell office:value-type="string"${attributes}>${p(words)}</table:table-cell>`;
const empty = (count: number) => `<table:table-cell table:number-columns-repeated="${count}"/>`;
const sheet = (name: string, rows: string, attributes = '') =>
  `<table:table table:name="${name}"${attributes}>${rows}</table:table>`;

describe('a spreadsheet', () => {
  it('has its sheets and rows, as far as they are used', async () => {
    const read = await readSheets(
      sheet(
        'Budget',
        row(text('Item') + text('Cost') + empty(16_382)) +
          row(empty(16_384), ' table:number-rows-repeated="7"') +
          row(text('Rent') + empty(3) + text('far')),
      ) +
        sheet('Empty', row(empty(16_384), ' table:number-rows-repeated="1048576"')) +
        sheet('Two', row(text('Last'))),
    );
    expect(read).toMatchObject({
      format: 'ods',
      text: '## Sheet: Budget\n\nItem | Cost\n\nRent |  | far\n\n## Sheet: Two\n\nLast',
      notes: [],
    });
    expect(placeOf(read, 'far')).toBe('sheet “Budget”, cell E9');
    expect(placeOf(read, 'Last')).toBe('sheet “Two”, cell A1');
  });

  it('shows dates and times in ISO 8601, truth and numbers as they are shown', async () => {
    const cell = (type: string, value: string, shown: string) =>
      `<table:table-cell office:value-type="${type}" ${value}>${p(shown)}</table:table-cell>`;
    const read = await readSheets(
      sheet(
        'A',
        row(
          cell('date', 'office:date-value="2026-03-31"', '31.03.26') +
            cell('date', 'office:date-value="2026-03-31T14:30:00"', '31.03.26 14:30') +
            cell('date', 'office:date-value="2026-03-31T14:30:05.000000000"', 'x') +
            cell('time', 'office:time-value="PT08H05M00S"', '8:05') +
            cell('time', 'office:time-value="PT36H00M00S"', '36:00:00') +
            cell('boolean', 'office:boolean-value="true"', 'WAHR') +
            cell('percentage', 'office:value="0.125"', '12,5 %') +
            cell('currency', 'office:value="1200.5" office:currency="EUR"', '1.200,50 €') +
            '<table:table-cell office:value-type="float" office:value="0.30000000000000004"/>' +
            cell('string', 'table:formula="of:=1/0"', '#DIV/0!'),
        ),
      ),
    );
    expect(read.text.split('\n')[2]?.split(' | ')).toEqual([
      '2026-03-31',
      '2026-03-31T14:30',
      '2026-03-31T14:30:05',
      '08:05',
      '36:00:00',
      'TRUE',
      '12,5 %',
      '1.200,50 €',
      '0.3',
      '#DIV/0!',
    ]);
  });

  it('says what is hidden and which formulas have no result', async () => {
    const hidden =
      '<style:style style:name="H" style:family="table"><style:table-properties table:display="false"/></style:style>';
    const read = await readSheets(
      sheet(
        'Open',
        '<table:table-column/><table:table-column table:visibility="collapse"/>' +
          row(text('a') + text('b')) +
          row(text('c'), ' table:visibility="filter"') +
          row('<table:table-cell table:formula="of:=SUM([.A1:.A9])"/>') +
          row('<table:table-cell table:formula="of:=IF(1;&quot;&quot;;2)"><text:p/></table:table-cell>'),
      ) + sheet('Closed', row(text('kept')), ' table:style-name="H"'),
      { styles: hidden },
    );
    expect(read.text).toBe('## Sheet: Open\n\na | b\nc\n=SUM([.A1:.A9])\n\n## Sheet: Closed (hidden)\n\nkept');
    expect(read.notes).toEqual([
      'What is hidden in this workbook was read, too: 1 sheet (Closed), 1 row and 1 column.',
      '1 formula has no stored result and is shown itself; open the workbook in Excel or LibreOffice and save it.',
    ]);
  });

  it('has what its pages print above and below, without numbers and fields', async () => {
    const left = (content: string) => `<style:region-left>${content}</style:region-left>`;
    const master = (name: string, header: string, footer: string) =>
      `<style:master-page style:name="${name}"><style:header>${header}</style:header><style:footer>${footer}</style:footer></style:master-page>`;
    const page = '<text:page-number>1</text:page-number>';
    const documentStyles =
      master(
        'Default',
        p('<text:sheet-name>???</text:sheet-name>'),
        p(`Page ${page}<text:s/>/ <text:page-count>9</text:page-count>`),
      ) +
      master('Draft', left(p('<text:span>Draft</text:span>')) + p('of May'), left(p(`Lind GmbH, Seite ${page}`))) +
      master('Report', p('Not used'), '');
    const styles = '<style:style style:name="ta1" style:family="table" style:master-page-name="Draft"/>';
    const rows = row(text('x'));
    const read = await readSheets(sheet('A', rows) + sheet('B', rows, ' table:style-name="ta1"'), {
      documentStyles: `<office:master-styles>${documentStyles}</office:master-styles>`,
      styles,
    });
    expect(read.text).toBe('## Sheet: A\n\nx\n\n## Sheet: B\n\nx\n\n[Header] Draft of May\n\n[Footer] Lind GmbH,');
  });

  it('has its comments, text boxes and charts behind the rows', async () => {
    const comment = `<office:annotation><dc:creator>Ben</dc:creator>${p('Check')}</office:annotation>`;
    const box = `<draw:frame><draw:text-box>${p('Boxed')}</draw:text-box></draw:frame>`;
    const read = await readSheets(
      sheet(
        'A',
        `<table:shapes>${box.replace('Boxed', 'On the sheet')}<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></table:shapes>` +
          row(
            `${empty(1)}<table:table-cell office:value-type="string">${comment}${p('value')}${box}</table:table-cell>`,
          ),
      ),
      {
        parts: {
          'Object 1/content.xml':
            '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:c="urn:oasis:names:tc:opendocument:xmlns:chart:1.0"><o:body><o:chart><c:title>Sales</c:title></o:chart></o:body></o:document-content>',
        },
      },
    );
    expect(read.text).toBe(
      '## Sheet: A\n\nvalue\n\n[Text box] On the sheet\n\n[Chart] Sales\n\n[Comment on B1 by Ben] Check\n\n[Text box] Boxed',
    );
  });

  it('writes repeated cells out, but not without end', async () => {
    const twice = sheet('A', row(text('x', ' table:number-columns-repeated="3"'), ' table:number-rows-repeated="2"'));
    expect((await readSheets(twice)).text).toBe('## Sheet: A\n\nx | x | x\nx | x | x');
    const bomb = sheet(
      'A',
      row(text('x', ' table:number-columns-repeated="16384"'), ' table:number-rows-repeated="1048576"'),
    );
    expect(await problemOfParts(odfParts('spreadsheet', bomb))).toMatchObject({
      code: 'file_too_large',
      message: expect.stringContaining('repeats its cells'),
    });
  });
});
