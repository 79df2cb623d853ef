import { describe, expect, it } from 'vitest';
import { docxText } from '../../../src/main/documents/docx/docx-text.ts';
import { readLists } from '../../../src/main/documents/docx/numbering.ts';
import { readStyles } from '../../../src/main/documents/docx/styles.ts';
import { field, fieldChar, instruction, line, readWord, run, w } from './word-parts.ts';

const textOf = async (...content: string[]): Promise<string> => (await readWord(line(content.join('')))).text;

describe('a field of a Word document', () => {
  it('reads as its result, even with another field in its code', async () => {
    const condition =
      fieldChar('begin') +
      instruction('IF') +
      field('MERGEFIELD sex', run('F')) +
      instruction('= "F" "Ms" "Mr"') +
      fieldChar('separate') +
      run('Ms') +
      fieldChar('end');
    expect(await textOf(run('Dear '), condition, run(' Lind,'))).toBe('Dear Ms Lind,');
  });

  it('may be nested in the result of another, at any depth', async () => {
    const inner = field('PAGEREF _Toc1 \\h', run('3'));
    const link = field('HYPERLINK \\l "_Toc1"', run('Scope ') + inner);
    expect(await textOf(field('TOC \\o "1-3"', link), run(' end'))).toBe('Scope 3 end');
    const deep = Array.from({ length: 2_000 }).reduce<string>((code) => field('IF', run('x')) + code, '');
    expect(await textOf(fieldChar('begin'), deep, fieldChar('separate'), run('y'), fieldChar('end'))).toBe('y');
  });

  it('may spread its code over several runs and paragraphs', async () => {
    const body =
      line(run('Total: ') + fieldChar('begin') + instruction('IF') + run(' typed as text ')) +
      line(run('still code')) +
      line(instruction('= 1 "a" "b"') + fieldChar('separate') + run('400 EUR') + fieldChar('end')) +
      line(run('Thank you'));
    expect((await readWord(body)).text).toBe('Total: 400 EUR\n\nThank you');
  });

  it('may have paragraphs and a table as its result', async () => {
    const body =
      line(fieldChar('begin') + instruction('INCLUDETEXT "a.docx"') + fieldChar('separate') + run('One')) +
      `<w:tbl><w:tr><w:tc>${line(run('Two'))}</w:tc></w:tr></w:tbl>` +
      line(run('Three') + fieldChar('end'));
    expect((await readWord(body)).text).toBe('One\n\nTwo\n\nThree');
  });

  it('reads as its result in a single run or as a simple field, too', async () => {
    const one =
      '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> SEQ Figure </w:instrText><w:fldChar w:fldCharType="separate"/>' +
      '<w:t>7</w:t><w:fldChar w:fldCharType="end"/></w:r>';
    expect(await textOf(run('Figure '), one, run(': Costs'))).toBe('Figure 7: Costs');
    const simple = `<w:fldSimple w:instr=" DOCPROPERTY Client ">${run('Lind GmbH')}</w:fldSimple>`;
    expect(await textOf(run('For '), simple)).toBe('For Lind GmbH');
    const nested =
      fieldChar('begin') + instruction('IF') + simple + fieldChar('separate') + run('yes') + fieldChar('end');
    expect(await textOf(nested)).toBe('yes');
  });

  it('that marks an index or contents entry shows nothing', async () => {
    expect(await textOf(run('Steel'), field('XE "Steel:prices"'), field('TC "Steel"'), run(' costs more'))).toBe(
      'Steel costs more',
    );
  });

  it('whose result is empty is empty', async () => {
    expect(await readWord(line(run('Fax: ') + field('MERGEFIELD fax', run('')) + run('none')))).toEqual({
      text: 'Fax: none',
      notes: [],
    });
  });

  it('without a stored result is noted, unless it shows nothing or a page number', async () => {
    const page = field('PAGE') + field('NUMPAGES');
    expect(
      await readWord(line(run('Total ') + field('=SUM(ABOVE)') + field('DATE') + field('SET a "b"') + page)),
    ).toEqual({
      text: 'Total',
      notes: [{ code: 'fields_without_result', params: { count: 2 } }],
    });
  });

  it('that Word draws from its code reads as what is drawn', async () => {
    expect(await textOf(run('x '), field('SYMBOL 179 \\f "Symbol" \\s 10'), run(' 5'))).toBe('x ≥ 5');
    expect(await textOf(field('SYMBOL 8804 \\u'))).toBe('≤');
    expect(await textOf(field('MACROBUTTON NoMacro [Name of the client]'))).toBe('[Name of the client]');
    expect(await textOf(field('AUTONUM'), run(' Scope '), field('AUTONUMLGL'), run(' Term'))).toBe('1. Scope 2. Term');
    expect(await textOf(field('HYPERLINK "https://example.org/a"'))).toBe('https://example.org/a');
    expect(await textOf(field('QUOTE "as agreed"'))).toBe('as agreed');
  });

  it('with an equation reads as that equation on one line', async () => {
    expect(await textOf(field('EQ \\f(1,2)'))).toBe('1/2');
    expect(await textOf(field('EQ \\r(3,x+1)'))).toBe('3√(x+1)');
    expect(await textOf(run('x'), field('EQ \\s\\up8(n+1)'))).toBe('x^(n+1)');
    expect(await textOf(field('eq \\o\\ac(○,7)'), run(' Scope'))).toBe('⑦ Scope');
    expect(
      await textOf(field('EQ \\* jc2 \\* "Font:MS Mincho" \\* hps10 \\o\\ad(\\s\\up 9(とう),東)'), run('京')),
    ).toBe('東京');
    expect(await readWord(line(field('EQ \\i\\su(1,5,3x)')))).toMatchObject({
      text: '∑_1^5 3x',
      notes: [{ code: 'equations_as_symbols' }],
    });
    expect(await textOf(field(`EQ ${'\\f('.repeat(5_000)}`), run('end'))).toMatch(/end$/);
  });

  it('that never ends swallows nothing', async () => {
    expect(await textOf(run('One '), fieldChar('begin'), instruction('REF a'), run('two'))).toBe('One two');
    expect(await textOf(fieldChar('end'), fieldChar('separate'), run('One'))).toBe('One');
    const closed = field('REF b', run('three'));
    expect(await textOf(run('One '), fieldChar('begin'), closed, run(' four'))).toBe('One three four');
  });

  it('partly deleted by tracked changes still ends', async () => {
    const half = `<w:del>${fieldChar('begin')}${instruction('REF a')}</w:del>${fieldChar('separate')}${run('kept')}`;
    expect((await readWord(line(half + fieldChar('end') + run(' and more')))).text).toBe('kept and more');
  });

  it('in the fallback of a text box does not shift the others', async () => {
    const alternate =
      '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"/>' +
      `<mc:Fallback>${fieldChar('begin')}</mc:Fallback></mc:AlternateContent></w:r>`;
    expect(await textOf(alternate, run('One '), field('REF a', run('two')))).toBe('One two');
    const endsInFallback =
      '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">' +
      `<w:t>new </w:t></mc:Choice><mc:Fallback>${fieldChar('end')}</mc:Fallback></mc:AlternateContent></w:r>`;
    expect(await textOf(fieldChar('begin'), endsInFallback, run('and text'))).toBe('new and text');
  });

  it('swallows no text after it, however broken the document is', () => {
    const elements = (
      'w:p w:r w:rPr w:pPr w:tbl w:tr w:tc w:sdt w:sdtContent w:txbxContent mc:AlternateContent mc:Choice mc:Fallback w:del ' +
      'w:ins m:e w:fldSimple w:rt w:t w:instrText'
    ).split(' ');
    const leaves = ['begin', 'separate', 'end'].map((type) => `<w:fldChar w:fldCharType="${type}"/>`);
    leaves.push('<w:vanish/>', '<w:strike/>', '<w:vertAlign w:val="superscript"/>', '<w:tab/>', 'x');
    let state = 20_260_501;
    const below = (limit: number): number => {
      // A linear congruential generator, so that every run tries the same documents.
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return Math.floor((state / 4_294_967_296) * limit);
    };
    const content = (depth: number): string =>
      Array.from({ length: below(5) }, () => {
        const name = elements[below(elements.length)];
        return depth > 0 && below(3) > 0 ? `<${name}>${content(depth - 1)}</${name}>` : leaves[below(leaves.length)];
      }).join('');
    const none = {
      endnotes: '',
      comments: '',
      footnotes: '',
      settings: '',
      diagrams: [],
      charts: [],
      chartShapes: [],
      headers: [],
      footers: [],
    };
    const parts = { ...none, lists: readLists('', () => null), styles: readStyles('') };
    for (let round = 0; round < 3_000; round += 1) {
      const broken = content(6);
      const document =
        `<w:document ${w} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">${broken}` +
        `${line(run('The end'))}</w:document>`;
      const { text } = docxText({ ...parts, document, pathOf: () => '', partAt: () => '', chunkAt: () => null });
      expect(text, broken).toContain('The end');
    }
  });

  it('keeps the choice of an old form field anywhere', async () => {
    const data = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>';
    const box = `<w:r><w:fldChar w:fldCharType="begin">${data}</w:fldChar></w:r>${instruction('FORMCHECKBOX')}${fieldChar('separate')}${fieldChar('end')}`;
    expect(await textOf(field('IF', run('Agreed: ') + box))).toBe('Agreed: ☑');
  });

  it('may occur a hundred thousand times, side by side or nested', async () => {
    // Varying numbers keep the part from looking like a zip bomb.
    const many = (count: number, of: (id: string) => string) =>
      Array.from({ length: count }, (_, index) => of(((index * 2_654_435_761) % 4_294_967_296).toString(16))).join('');
    const simple = (id: string) =>
      `<w:fldSimple w:instr="REF a${id}"><w:r w:rsidR="${id}"><w:t>1</w:t></w:r></w:fldSimple>`;
    expect(await textOf(many(100_000, simple))).toHaveLength(100_000);
    const char = (type: string) => (id: string) => `<w:r w:rsidR="${id}"><w:fldChar w:fldCharType="${type}"/></w:r>`;
    expect(await textOf(many(50_000, char('begin')), run('all'))).toBe('all');
    const nested = many(50_000, char('begin')) + run('code') + many(50_000, char('end'));
    expect(await textOf(nested, run('text'))).toBe('text');
  });
});

describe('a content control of a Word document', () => {
  const w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"';
  const box = (state: string, content: string) =>
    `<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr><w14:checkbox ${w14}>${state}<w14:checkedState w14:val="2612"/></w14:checkbox></w:sdtPr>` +
    `<w:sdtContent>${content}</w:sdtContent></w:sdt>`;

  it('says what is ticked, whatever symbol shows it', async () => {
    const body =
      line(box('<w14:checked w14:val="1"/>', run('☒')) + run(' Agreed')) +
      line(box('<w14:checked w14:val="0"/>', run('☐')) + run(' Objected')) +
      line(box('<w14:checked w14:val="1"/>', '<w:r><w:sym w:font="Company" w:char="F041"/></w:r>') + run(' Paid')) +
      line(box('', '') + run(' Sent'));
    expect(await readWord(body)).toEqual({ text: '☑ Agreed\n\n☐ Objected\n\n☑ Paid\n\n☐ Sent', notes: [] });
  });

  it('may contain the whole paragraph or cell of its box', async () => {
    const cell = `<w:tc>${line(run('☒'))}</w:tc>`;
    const row = `<w:tr>${box('<w14:checked w14:val="1"/>', cell)}<w:tc>${line(run('Paid'))}</w:tc></w:tr>`;
    expect((await readWord(`<w:tbl>${row}</w:tbl>`)).text).toBe('☑ | Paid');
  });

  it('gives the displayed list entry, not its value', async () => {
    const list =
      '<w:sdt><w:sdtPr><w:dropDownList w:lastValue="DE"><w:listItem w:displayText="Germany" w:value="DE"/>' +
      '<w:listItem w:displayText="France" w:value="FR"/></w:dropDownList></w:sdtPr>' +
      `<w:sdtContent>${run('Germany')}</w:sdtContent></w:sdt>`;
    expect(await textOf(run('Country: '), list)).toBe('Country: Germany');
  });
});
