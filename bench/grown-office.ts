/** Workbooks, presentations and OpenDocument files of one shape each, in any size. */
import { columnName } from '../src/main/documents/sheets/cell-address.ts';
import { packZip } from '../test/documents/hostile-files.ts';
import { odfParts, p } from '../test/documents/odf/odf-parts.ts';
import * as slides from '../test/documents/pptx/slide-parts.ts';
import { relationship } from '../test/documents/read-parts.ts';
import { cell, row, workbookParts } from '../test/documents/xlsx/workbook-parts.ts';
import { each, type Grown, nested } from './grown.ts';

const sheet = (data: string, more: object = {}, options: object = {}) =>
  packZip(workbookParts([{ name: 'A', data, ...more }], options));
const column = (at: number): string => columnName(at + 1);

const workbookShapes: Readonly<Record<string, Grown>> = {
  'xlsx rows': (count) => sheet(each(count, (at) => row(at + 1, cell(`A${at + 1}`, 'x') + cell(`B${at + 1}`, at)))),
  'xlsx columns': (count) =>
    sheet(
      each(Math.ceil(count / 10_000), (number) =>
        row(
          number + 1,
          each(Math.min(count, 10_000), (at) => cell(`${column(at)}${number + 1}`, 'x')),
        ),
      ),
    ),
  'xlsx columns from the last': (count) =>
    sheet(
      row(
        1,
        each(Math.min(count, 16_000), (at) => cell(`${column(Math.min(count, 16_000) - 1 - at)}1`, 'x')),
      ),
    ),
  'xlsx two rows in turn': (count) =>
    sheet(each(Math.min(count, 30_000), (at) => row((at % 2) + 1, cell(`${column(at >> 1)}${(at % 2) + 1}`, 'x')))),
  'xlsx rows from the last': (count) => sheet(each(count, (at) => row(count - at, cell(`A${count - at}`, 'x')))),
  'xlsx shared strings': (count) =>
    sheet(
      each(count, (at) => row(at + 1, `<c r="A${at + 1}" t="s"><v>${at}</v></c>`)),
      {},
      { strings: Array.from({ length: count }, (_, at) => `<si><t>s${at}</t></si>`) },
    ),
  'xlsx merged cells': (count) =>
    sheet(
      each(count * 2, (at) => row(at + 1, cell(`A${at + 1}`, 'x'))),
      { after: `<mergeCells>${each(count, (at) => `<mergeCell ref="A${at * 2 + 1}:B${at * 2 + 2}"/>`)}</mergeCells>` },
    ),
  'xlsx merged cells over each other': (count) =>
    sheet(
      each(count, (at) => row(at + 1, cell(`B${at + 1}`, 'x'))),
      { after: `<mergeCells>${each(count, () => `<mergeCell ref="B1:B${count}"/>`)}</mergeCells>` },
    ),
  'xlsx links': (count) =>
    sheet(
      each(count, (at) => row(at + 1, cell(`A${at + 1}`, 'x'))),
      {
        after: `<hyperlinks>${each(count, (at) => `<hyperlink ref="A${at + 1}" r:id="h${at}"/>`)}</hyperlinks>`,
        relationships: each(count, (at) => relationship(`h${at}`, 'hyperlink', `https://example.org/${at}`, true)),
      },
    ),
  'xlsx hidden columns': (count) =>
    sheet(
      row(
        1,
        each(Math.min(count, 16_000), (at) => cell(`${column(at)}1`, 'x')),
      ),
      { before: `<cols>${each(count, () => '<col min="16384" max="16384" hidden="1"/>')}</cols>` },
    ),
  'xlsx hidden rows': (count) => sheet(each(count, (at) => row(at + 1, cell(`A${at + 1}`, 'x'), ' hidden="1"'))),
  'xlsx styles': (count) =>
    sheet(
      each(count, (at) => row(at + 1, cell(`A${at + 1}`, 44_000 + at, at))),
      {},
      {
        formats: Object.fromEntries(Array.from({ length: count }, (_, at) => [200 + at, `yyyy-mm-dd ${at}`])),
        styles: Array.from({ length: count }, (_, at) => 200 + at),
      },
    ),
  'xlsx comments': (count) =>
    sheet(
      each(count, (at) => row(at + 1, cell(`A${at + 1}`, 'x'))),
      { relationships: relationship('c', 'comments', '../comments1.xml') },
      {
        parts: {
          'xl/comments1.xml': `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>A</author></authors><commentList>${each(count, (at) => `<comment ref="A${at + 1}" authorId="0"><text><r><t>c</t></r></text></comment>`)}</commentList></comments>`,
        },
      },
    ),
  'xlsx runs of one cell': (count) =>
    sheet(row(1, `<c r="A1" t="inlineStr"><is>${each(count, () => '<r><t>x</t></r>')}</is></c>`)),
  'xlsx sheets': (count) =>
    packZip(
      workbookParts(
        Array.from({ length: Math.min(count, 4_800) }, (_, at) => ({ name: `S${at}`, data: row(1, cell('A1', 'x')) })),
      ),
    ),
  'xlsx one sheet over and over': (count) => {
    const parts = workbookParts([{ name: 'A', data: row(1, cell('A1', 'x')) }]);
    parts['xl/workbook.xml'] = (parts['xl/workbook.xml'] ?? '').replace(/<sheet [^>]*>/, (one) => one.repeat(count));
    return packZip(parts);
  },
};

const show = (shapes: string, more: object = {}) => packZip(slides.presentationParts([{ shapes, ...more }]));
const slideShapes: Readonly<Record<string, Grown>> = {
  'pptx shapes': (count) => show(each(count, () => slides.shape(slides.line('x')))),
  'pptx paragraphs': (count) => show(slides.shape(each(count, () => slides.line('x')))),
  'pptx groups': (count) =>
    show(nested(Math.min(count, 9_000), '<p:grpSp>', slides.shape(slides.line('x')), '</p:grpSp>')),
  'pptx cells': (count) =>
    show(
      slides.frame(
        `<a:tbl><a:tr>${each(count, () => `<a:tc><a:txBody>${slides.line('x')}</a:txBody></a:tc>`)}</a:tr></a:tbl>`,
      ),
    ),
  'pptx one slide over and over': (count) =>
    packZip(
      slides.presentationParts([{ shapes: slides.shape(slides.line('x')) }], {
        order: Array.from({ length: count }, () => 1),
      }),
    ),
  'pptx slides': (count) =>
    packZip(
      slides.presentationParts(
        Array.from({ length: Math.min(count, 2_000) }, () => ({ shapes: slides.shape(slides.line('x')) })),
      ),
    ),
  'pptx placeholders': (count) => show(each(count, (at) => slides.shape(slides.line('x'), `type="body" idx="${at}"`))),
};

const odt = (body: string, options: object = {}) => packZip(odfParts('text', body, options));
const ods = (body: string, options: object = {}) =>
  packZip(odfParts('spreadsheet', `<table:table table:name="A">${body}</table:table>`, options));
const odfRow = (cells: string, attributes = '') => `<table:table-row${attributes}>${cells}</table:table-row>`;
const odfCell = (text: string, attributes = '') =>
  `<table:table-cell${attributes}><text:p>${text}</text:p></table:table-cell>`;
const odfShapes: Readonly<Record<string, Grown>> = {
  'odt paragraphs': (count) => odt(each(count, () => p('x'))),
  'odt spans': (count) => odt(`<text:p>${each(count, () => '<text:span>x</text:span>')}</text:p>`),
  'odt spans in spans': (count) =>
    odt(`<text:p>${nested(Math.min(count, 19_000), '<text:span>', 'x', '</text:span>')}</text:p>`),
  'odt lists in lists': (count) =>
    odt(nested(Math.min(count, 9_000), '<text:list><text:list-item>', p('x'), '</text:list-item></text:list>')),
  'odt list items': (count) =>
    odt(`<text:list>${each(count, () => `<text:list-item>${p('x')}</text:list-item>`)}</text:list>`),
  'odt sections in sections': (count) =>
    odt(nested(Math.min(count, 9_000), '<text:section>', p('x'), '</text:section>')),
  'odt notes': (count) =>
    odt(
      each(
        count,
        (at) =>
          `<text:p>x<text:note text:id="n${at}"><text:note-citation>${at}</text:note-citation><text:note-body>${p('n')}</text:note-body></text:note></text:p>`,
      ),
    ),
  'odt notes in notes': (count) =>
    odt(
      `<text:p>${nested(Math.min(count, 6_000), '<text:note><text:note-body><text:p>', 'x', '</text:p></text:note-body></text:note>')}</text:p>`,
    ),
  'odt frames in frames': (count) =>
    odt(
      `<text:p>${nested(Math.min(count, 6_000), '<draw:frame><draw:text-box><text:p>', 'x', '</text:p></draw:text-box></draw:frame>')}</text:p>`,
    ),
  'odt comments in comments': (count) =>
    odt(
      `<text:p>${nested(Math.min(count, 6_000), '<office:annotation><text:p>', 'x', '</text:p></office:annotation>')}</text:p>`,
    ),
  'odt tables in tables': (count) =>
    odt(
      nested(
        Math.min(count, 6_000),
        '<table:table><table:table-row><table:table-cell>',
        p('x'),
        '</table:table-cell></table:table-row></table:table>',
      ),
    ),
  'odt styles': (count) =>
    odt(
      each(count, (at) => p('x', `s${at}`)),
      {
        styles: each(
          count,
          (at) => `<style:style style:name="s${at}" style:family="paragraph" style:parent-style-name="s${at + 1}"/>`,
        ),
      },
    ),
  'odt spaces': (count) => odt(p(`x${'<text:s/>'.repeat(count)}y`)),
  'odt breaks': (count) => odt(p(`x${'<text:line-break/>'.repeat(count)}y`)),
  'ods rows': (count) => ods(each(count, () => odfRow(odfCell('x') + odfCell('y')))),
  'ods repeated rows': (count) =>
    ods(each(Math.ceil(count / 10), () => odfRow(odfCell('x'), ' table:number-rows-repeated="10"'))),
  'ods columns': (count) => ods(odfRow(each(Math.min(count, 16_000), () => odfCell('x')))),
  'ods hidden columns': (count) =>
    ods(
      each(count, () => '<table:table-column table:visibility="collapse"/>') +
        odfRow(each(Math.min(count, 16_000), () => odfCell('x'))),
    ),
  'ods merged cells': (count) => ods(each(count, () => odfRow(odfCell('x', ' table:number-rows-spanned="2"')))),
  'ods comments': (count) =>
    ods(
      each(count, () =>
        odfRow(`<table:table-cell><office:annotation>${p('c')}</office:annotation>${p('x')}</table:table-cell>`),
      ),
    ),
  'ods empty rows': (count) =>
    ods(
      each(
        count,
        () =>
          '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
      ) + odfRow(odfCell('x')),
    ),
};

export const officeShapes: Readonly<Record<string, Grown>> = {
  ...workbookShapes,
  ...slideShapes,
  ...odfShapes,
};
