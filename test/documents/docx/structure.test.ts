import { describe, expect, it } from 'vitest';
import { paragraph } from '../hostile-files.ts';
import { definition, item, level, line, list, numbering, readWord, run, styles, w } from './word-parts.ts';

const style = (id: string, name: string, more = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;
const outline = (at: number) => `<w:outlineLvl w:val="${at}"/>`;
const styled = (id: string, text: string) => line(run(text), `<w:pStyle w:val="${id}"/>`);

describe('headings of a Word document', () => {
  it('have the marks of their level, by the outline of their style or by its name', async () => {
    const parts = styles(
      style('Kop1', 'heading 1', `<w:pPr>${outline(0)}</w:pPr>`) +
        style('Clause', 'Clause', `<w:basedOn w:val="Kop1"/>`) +
        style('Old', 'Heading 3') +
        style('Contents', 'TOC Heading', `<w:basedOn w:val="Kop1"/><w:pPr>${outline(9)}</w:pPr>`),
    );
    const body =
      styled('Contents', 'Contents') +
      styled('Kop1', 'Prices') +
      paragraph('As agreed.') +
      styled('Clause', 'Terms') +
      styled('Old', 'Details') +
      line(run('By itself'), outline(1)) +
      styled('Kop1', '');
    expect((await readWord(body, { parts })).text).toBe(
      'Contents\n\n# Prices\n\nAs agreed.\n\n# Terms\n\n### Details\n\n## By itself',
    );
  });

  it('keep their numbers, each on a paragraph of its own', async () => {
    const parts = {
      ...numbering(definition('0', level(0, 'decimal', '%1.')), list('1', '0')),
      ...styles(style('H', 'heading 2')),
    };
    const numbered = (text: string) =>
      line(run(text), '<w:pStyle w:val="H"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');
    const body = numbered('Rent') + numbered('Term') + item('1', 0, 'One year.');
    expect((await readWord(body, { parts })).text).toBe('## 1. Rent\n\n## 2. Term\n\n3. One year.');
  });

  it('have no marks in tables and headers, where they are no headings', async () => {
    const cell = `<w:tc>${styled('H', 'Item')}</w:tc><w:tc>${styled('H', 'Price')}</w:tc>`;
    const parts = styles(style('H', 'heading 1'));
    expect((await readWord(`<w:tbl><w:tr>${cell}</w:tr></w:tbl>`, { parts })).text).toBe('Item | Price');
  });
});

it('a row of a table in a Word document is one line, whatever its cells hold', async () => {
  const cell = (...content: string[]) => `<w:tc>${content.join('')}</w:tc>`;
  const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`;
  const parts = numbering(definition('0', level(0, 'decimal', '%1.')), list('1', '0'));
  const inner = `<w:tbl>${row(cell(paragraph('Oak')), cell(paragraph('40')))}${row(cell(paragraph('Ash')), cell(paragraph('50')))}</w:tbl><w:p/>`;
  const table = [
    row(cell(paragraph('Rent'), paragraph('and heat')), cell(line(`${run('1')}<w:r><w:br/></w:r>${run('2')}`))),
    row(cell(item('1', 0, 'Supply'), item('1', 0, 'Oak')), cell(inner)),
    row(cell('<w:p/>'), cell(paragraph('Total'), paragraph('90'))),
  ];
  expect(
    (await readWord(`${paragraph('Costs')}<w:tbl>${table.join('')}</w:tbl>${paragraph('End')}`, { parts })).text,
  ).toBe('Costs\n\nRent<br>and heat | 1<br>2\n1. Supply<br>2. Oak | Oak ¦ 40<br>Ash ¦ 50\n | Total<br>90\n\nEnd');
});

describe('comments on a Word document', () => {
  const said = (id: number, author: string, ...texts: string[]) =>
    `<w:comment w:id="${id}" w:author="${author}">${texts.map((text) => line(run(text))).join('')}</w:comment>`;
  const parts = {
    'word/comments.xml': `<w:comments ${w}>${said(0, 'Anna Berg', 'Is this', 'right?')}${said(1, '', 'Yes.')}</w:comments>`,
  };
  const refer = (id: number) => `<w:r><w:commentReference w:id="${id}"/></w:r>`;

  it('stand behind their paragraph, with who made them', async () => {
    const body = line(run('Some') + refer(0) + refer(1) + run(' words.')) + paragraph('More.');
    expect(await readWord(body, { parts })).toEqual({
      text: 'Some words.\n\n[Comment by Anna Berg] Is this right?\n\n[Comment] Yes.\n\nMore.',
      notes: [],
    });
  });

  it('stand behind their table', async () => {
    const cell = (content: string) => `<w:tc>${line(content)}</w:tc>`;
    const table = `<w:tbl><w:tr>${cell(run('Costs') + refer(0))}${cell(run('100'))}</w:tr></w:tbl>`;
    expect((await readWord(table + paragraph('More.'), { parts })).text).toBe(
      'Costs | 100\n\n[Comment by Anna Berg] Is this right?\n\nMore.',
    );
  });

  it('are written once, however often they are referred to', async () => {
    const body = line(run('One.') + refer(1) + refer(1)) + line(run('Two.') + refer(1));
    expect((await readWord(body, { parts })).text).toBe('One.\n\n[Comment] Yes.\n\nTwo.');
  });
});
