import { describe, expect, it } from 'vitest';
import { placeOf, problemOfParts, readParts, relationship } from '../read-parts.ts';
import { cell, namespaces, readSheet, readSheets, row, workbookParts } from './workbook-parts.ts';

const main = 'http://schemas.openxmlformats.org';
const drawing = (content: string) =>
  `<xdr:wsDr xmlns:xdr="${main}/drawingml/2006/spreadsheetDrawing" xmlns:a="${main}/drawingml/2006/main" xmlns:c="${main}/drawingml/2006/chart" xmlns:r="${main}/officeDocument/2006/relationships">${content}</xdr:wsDr>`;

describe('merged cells', () => {
  it('are told where they go down, and written once', async () => {
    const data =
      row(1, cell('A1', 'Region') + cell('B1', 'Sales')) +
      row(2, cell('A2', 'North') + cell('B2', 1)) +
      row(3, `<c r="A3"/>${cell('B3', 2)}`) +
      row(4, cell('A4', 'Both columns'));
    const after = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:B4"/></mergeCells>';
    expect((await readSheet(data, { after })).text).toBe('Region | Sales\nNorth | 1\n″ | 2\nBoth columns');
  });
});

describe('what is hidden in a workbook', () => {
  it('is read and counted', async () => {
    const read = await readSheets([
      {
        name: 'Open',
        before: '<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>',
        data:
          row(1, cell('A1', 'a') + cell('B1', 'b')) +
          row(2, cell('A2', 'c'), ' hidden="1"') +
          row(3, '', ' hidden="1"'),
      },
      { name: 'Lists', data: row(1, cell('A1', 'x')), state: 'veryHidden' },
      { name: 'Nothing', data: '', state: 'hidden' },
    ]);
    expect(read.text).toBe('## Sheet: Open\n\na | b\nc\n\n## Sheet: Lists (hidden)\n\nx');
    expect(read.notes).toEqual(['What is hidden in this workbook was read, too: 1 sheet (Lists), 1 row and 1 column.']);
  });
});

describe('comments on cells', () => {
  it('name their cell and who made them; conversations are not told twice', async () => {
    const threaded = 'http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments';
    const comment = (ref: string, author: number, text: string) =>
      `<comment ref="${ref}" authorId="${author}"><text><r><t>${text}</t></r></text></comment>`;
    const read = await readSheets(
      [
        {
          name: 'A',
          data: row(1, cell('A1', 'value')),
          relationships:
            relationship('c', 'comments', '../comments1.xml') +
            relationship('t', 'threadedComment', '../threadedComments/t1.xml'),
        },
      ],
      {
        workbookRelationships: relationship('p', 'person', 'persons/person.xml'),
        parts: {
          'xl/comments1.xml': `<comments ${namespaces}><authors><author>Ben</author><author>tc={1}</author></authors><commentList>${comment('A1', 0, 'Ben:\nOld &amp; wrong')}${comment('B2', 1, '[Threaded comment] Your version of Excel …')}</commentList></comments>`,
          'xl/threadedComments/t1.xml': `<ThreadedComments xmlns="${threaded}"><threadedComment ref="B2" personId="{a}"><text>Why?</text></threadedComment><threadedComment ref="B2" personId="{b}" parentId="1"><text>Because.</text></threadedComment></ThreadedComments>`,
          'xl/persons/person.xml': `<personList xmlns="${threaded}"><person displayName="Anna" id="{a}"/><person displayName="Carl" id="{b}"/></personList>`,
        },
      },
    );
    expect(read.text).toBe(
      '## Sheet: A\n\nvalue\n\n[Comment on A1 by Ben] Old & wrong\n\n[Comment on B2 by Anna] Why?\n\n[Comment on B2 by Carl] Because.',
    );
    expect(placeOf(read, 'Because.')).toBe('sheet “A”');
  });
});

describe('links of cells', () => {
  it('stand behind their text, unless that says it', async () => {
    const after =
      '<hyperlinks><hyperlink ref="A1" r:id="l1"/><hyperlink ref="B1" r:id="l2"/><hyperlink ref="C1" location="Two!A1"/></hyperlinks>';
    const read = await readSheet(row(1, cell('A1', 'Our site') + cell('B1', 'anna@b.example') + cell('C1', 'Next')), {
      after,
      relationships:
        relationship('l1', 'hyperlink', 'https://example.org/a', true) +
        relationship('l2', 'hyperlink', 'mailto:anna@b.example', true),
    });
    expect(read.text).toBe('Our site <https://example.org/a> | anna@b.example | Next');
  });
});

describe('what lies on a sheet', () => {
  it('follows its rows: text boxes, titles of charts; large pictures and the rest are noted', async () => {
    const box =
      '<xdr:sp><xdr:txBody><a:p><a:r><a:t>Read </a:t></a:r><a:r><a:t>me</a:t></a:r></a:p><a:p><a:r><a:t>first</a:t></a:r></a:p></xdr:txBody></xdr:sp>';
    const picture = '<xdr:pic><xdr:spPr><a:xfrm><a:ext cx="9000000" cy="6000000"/></a:xfrm></xdr:spPr></xdr:pic>';
    const chart = `<c:chartSpace xmlns:c="${main}/drawingml/2006/chart" xmlns:a="${main}/drawingml/2006/main"><c:title><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:title><c:ser><c:tx><c:v>North</c:v></c:tx><c:val><c:pt idx="0"><c:v>99</c:v></c:pt></c:val></c:ser></c:chartSpace>`;
    const read = await readSheet(row(1, cell('A1', 'cell')), {
      after: '<oleObjects><oleObject progId="Word"/></oleObjects><controls><control name="Box"/></controls>',
      relationships: relationship('d', 'drawing', '../drawings/drawing1.xml'),
      parts: {
        'xl/drawings/drawing1.xml': drawing(`${box}<xdr:grpSp>${picture}</xdr:grpSp><c:chart r:id="c1"/>`),
        'xl/drawings/_rels/drawing1.xml.rels': `<Relationships>${relationship('c1', 'chart', '/xl/charts/chart1.xml')}</Relationships>`,
        'xl/charts/chart1.xml': chart,
      },
    });
    expect(read.text).toBe('cell\n\n[Text box] Read me\nfirst\n\n[Chart] Sales: North');
    expect(read.notes).toEqual([
      'Embedded objects were not read.',
      'Form controls were not read.',
      '1 large image was not read; if it contains text, that text is missing.',
    ]);
  });

  it.each([
    ['Button', ['Form controls were not read.']],
    ['Note', []],
    ['Pict', []],
  ])('is noted if it is a control as Excel 2007 wrote it: %s', async (type, notes) => {
    const read = await readSheet(row(1, cell('A1', 'cell')), {
      relationships: relationship('v', 'vmlDrawing', '../drawings/vmlDrawing1.vml'),
      parts: {
        'xl/drawings/vmlDrawing1.vml': `<xml><v:shape><v:textbox><br>Buy</v:textbox><x:ClientData ObjectType="${type}"/></v:shape></xml>`,
      },
    });
    expect(read.notes).toEqual(notes);
  });

  it('has equations in its text boxes, and large pictures that are the ground of a shape', async () => {
    const equation =
      '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+1</m:t></m:r></m:oMath></mc:Choice><mc:Fallback><a:r><a:t>old</a:t></a:r></mc:Fallback></mc:AlternateContent>';
    const box = `<xdr:sp><xdr:txBody><a:p>${equation}</a:p></xdr:txBody></xdr:sp>`;
    const ground =
      '<xdr:sp><xdr:spPr><a:xfrm><a:ext cx="9000000" cy="6000000"/></a:xfrm><a:blipFill><a:blip r:embed="p"/></a:blipFill></xdr:spPr></xdr:sp>';
    const read = await readSheet(row(1, cell('A1', 'cell')), {
      relationships: relationship('d', 'drawing', '../drawings/drawing1.xml'),
      parts: {
        'xl/drawings/drawing1.xml': drawing(
          `<xdr:twoCellAnchor>${box}</xdr:twoCellAnchor><xdr:twoCellAnchor>${ground}</xdr:twoCellAnchor>`,
        ),
        'xl/drawings/_rels/drawing1.xml.rels': `<Relationships>${relationship('p', 'image', '../media/a.png')}</Relationships>`,
      },
    });
    expect(read.text).toBe('cell\n\n[Text box] x+1\n\n[Picture]');
    expect(read.notes).toEqual(['Equations appear as a plain row of symbols.']);
  });

  it('is noted if it is a picture or linked data in a cell, which is stored as an error', async () => {
    const read = await readSheet(row(1, `${cell('A1', 'Oak')}<c r="B1" t="e" vm="1"><v>#VALUE!</v></c>`));
    expect(read.notes).toEqual([
      '1 cell shows a picture or linked data (such as a stock) that was not read; an error stands in its place.',
    ]);
  });

  it('is printed around it: headers and footers that hold words', async () => {
    const after =
      '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Board &amp;&amp; staff&amp;R&amp;D</oddHeader><oddFooter>&amp;CPage &amp;P of &amp;N</oddFooter></headerFooter>';
    expect((await readSheet(row(1, cell('A1', 'x')), { after })).text).toBe('x\n\n[Header] Board & staff');
  });
});

describe('a workbook', () => {
  it('is told by its content, whatever variant or name it is', async () => {
    for (const type of [
      'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml',
    ]) {
      const parts = workbookParts([{ name: 'A', data: row(1, cell('A1', 'x')) }], { contentType: type });
      expect(await readParts(parts, 'letter.docx')).toMatchObject({ format: 'xlsx', text: '## Sheet: A\n\nx' });
    }
  });

  it('in the strict edition of the standard, or with other prefixes, is read alike', async () => {
    const parts = workbookParts([{ name: 'A', data: row(1, cell('A1', 'x') + cell('B1', 2)) }]);
    const strict = Object.entries(parts).map(([name, xml]) => [
      name,
      xml
        .replaceAll(`${main}/spreadsheetml/2006/main`, 'http://purl.oclc.org/ooxml/spreadsheetml/main')
        .replaceAll(
          `${main}/officeDocument/2006/relationships`,
          'http://purl.oclc.org/ooxml/officeDocument/relationships',
        ),
    ]);
    expect((await readParts(Object.fromEntries(strict))).text).toBe('## Sheet: A\n\nx | 2');
    const prefixed = { ...parts };
    for (const name of ['xl/workbook.xml', 'xl/worksheets/sheet1.xml']) {
      prefixed[name] = (parts[name] ?? '')
        .replace(/<(\/?)(\w+)/g, '<$1s:$2')
        .replace('xmlns=', 'xmlns:s=')
        .replaceAll('r:id=', 'rel:id=')
        .replace('xmlns:r=', 'xmlns:rel=');
    }
    expect((await readParts(prefixed)).text).toBe('## Sheet: A\n\nx | 2');
  });

  it('that is binary is not read, and says what to do', async () => {
    expect(await problemOfParts({ 'xl/workbook.bin': 'x' }, 'plan.xlsb')).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('Save it as .xlsx'),
    });
  });

  it('of chart sheets has their titles', async () => {
    const parts = workbookParts(
      [
        {
          name: 'Chart1',
          data: '<?xml version="1.0"?><chartsheet/>',
          relationships: relationship('d', 'drawing', '../drawings/drawing1.xml'),
        },
      ],
      {
        parts: {
          'xl/drawings/drawing1.xml': drawing('<c:chart r:id="c1"/>'),
          'xl/drawings/_rels/drawing1.xml.rels': `<Relationships>${relationship('c1', 'chart', '../charts/chart1.xml')}</Relationships>`,
          'xl/charts/chart1.xml': `<c:chartSpace xmlns:c="${main}/drawingml/2006/chart" xmlns:a="${main}/drawingml/2006/main"><c:title><a:p><a:r><a:t>Only a chart</a:t></a:r></a:p></c:title></c:chartSpace>`,
        },
      },
    );
    expect((await readParts(parts)).text).toBe('## Sheet: Chart1\n\n[Chart] Only a chart');
  });
});
