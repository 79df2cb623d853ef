import { describe, expect, it } from 'vitest';
import { relationship } from '../read-parts.ts';
import { line, readWord, run, styles } from './word-parts.ts';

const raised = '<w:vertAlign w:val="superscript"/>';
const lowered = '<w:vertAlign w:val="subscript"/>';
const textOf = async (...content: string[]): Promise<string> => (await readWord(line(content.join('')))).text;

describe('raised and lowered text of a Word document', () => {
  it('stays distinct from its base, and a note mark from its word', async () => {
    expect(await textOf(run('At most 10'), run('6', raised), run(' cells per litre, see note'), run('3', raised))).toBe(
      'At most 10⁶ cells per litre, see note³',
    );
    expect(await textOf(run('H'), run('2', lowered), run('O and Ca'), run('2+', raised))).toBe('H₂O and Ca²⁺');
    expect(await textOf(run('written 2011'), run('15', lowered))).toBe('written 2011₁₅');
  });

  it('may span several runs', async () => {
    expect(await textOf(run('10'), run('−', raised), run('1', raised), run('2', raised), run(' F'))).toBe('10⁻¹² F');
  });

  it('may contain letters, which brackets then group', async () => {
    expect(await textOf(run('x'), run('n', raised), run(' + y'), run('n+1', raised))).toBe('x^n + y^(n+1)');
    expect(await textOf(run('V'), run('max', lowered), run(' of a'), run('i,j', lowered))).toBe('V_max of a_(i,j)');
    expect(await textOf(run('10'), run('1,5', raised))).toBe('10^(1,5)');
    expect(await textOf(run('Lind'), run('1,2', raised))).toBe('Lind¹,²');
  });

  it('at the end of an ordinal or abbreviation stays part of the word', async () => {
    expect(await textOf(run('the 3'), run('rd', raised), run(' of May, n'), run('o', raised), run(' 7'))).toBe(
      'the 3rd of May, nº 7',
    );
    expect(await textOf(run('M'), run('me', raised), run(' Roy, XIX'), run('e', raised), run(' siècle'))).toBe(
      'Mme Roy, XIXe siècle',
    );
    expect(await textOf(run('e'), run('x', raised))).toBe('e^x');
  });

  it('may come from a run or paragraph style, directly or inherited', async () => {
    const parts = styles(
      '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>' +
        '<w:style w:type="character" w:styleId="Mark"><w:basedOn w:val="Base"/></w:style>' +
        '<w:style w:type="character" w:styleId="Flat"><w:basedOn w:val="Base"/><w:rPr><w:vertAlign w:val="baseline"/></w:rPr></w:style>',
    );
    const body = line(
      run('10') +
        run('6', '<w:rStyle w:val="Mark"/>') +
        run(' and 10') +
        run('6', '<w:rStyle w:val="Flat"/>') +
        run(' and 10') +
        run('6', '<w:rStyle w:val="Mark"/><w:vertAlign w:val="baseline"/>'),
    );
    expect((await readWord(body, { parts })).text).toBe('10⁶ and 106 and 106');
  });

  it('that is moved up is an exponent only after a number', async () => {
    const up = '<w:position w:val="8"/>';
    expect(await textOf(run('10'), run('6', up), run(' l'))).toBe('10⁶ l');
    expect(await textOf(run('Offer', up))).toBe('Offer');
    expect(await textOf(run('10'), run('6', '<w:position w:val="1"/>'))).toBe('106');
  });

  it('that is a whole text reads as normal text', async () => {
    const small = 'The prices hold for orders of the whole year and for deliveries within the Union.';
    expect(await textOf(run(small, raised))).toBe(small);
    expect(await textOf(run('Prices'), run(small, raised))).toBe(`Prices ${small}`);
    expect(await textOf(run('1', raised), run(' As of May.'))).toBe('¹ As of May.');
  });

  it('of an equation stays distinct, and so do its fractions, roots, brackets and sums', async () => {
    const m = (content: string) =>
      line(`<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">${content}</m:oMath>`);
    const t = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
    const square = `<m:sSup><m:e><m:d><m:e>${t('a+b')}</m:e></m:d></m:e><m:sup>${t('2')}</m:sup></m:sSup>`;
    expect((await readWord(m(square + t('=c')))).text).toBe('(a+b)²=c');
    expect((await readWord(m(`<m:f><m:num>${t('1')}</m:num><m:den>${t('2')}</m:den></m:f>`))).text).toBe('(1)/(2)');
    expect((await readWord(m(`<m:rad><m:deg/><m:e>${t('x')}</m:e></m:rad>`))).text).toBe('√(x)');
    const set = '<m:dPr><m:begChr m:val="{"/><m:endChr m:val="}"/></m:dPr>';
    expect((await readWord(m(`<m:d>${set}<m:e>${t('x')}</m:e></m:d>`))).text).toBe('{x}');
    const sum = `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>${t('i=1')}</m:sub><m:sup>${t('n')}</m:sup><m:e>${t('i')}</m:e></m:nary>`;
    expect((await readWord(m(sum))).text).toBe('∑_(i=1)^ni');
  });
});

describe('struck-out text of a Word document', () => {
  const struck = '<w:strike/>';

  it('is marked', async () => {
    expect(await textOf(run("Today's special: "), run('Salmon', struck), run(' sold out'))).toBe(
      "Today's special: ~~Salmon~~ sold out",
    );
    expect(await textOf(run('400 ', '<w:dstrike/>'), run('EUR ', struck), run('500 EUR'))).toBe('~~400 EUR~~ 500 EUR');
    expect(await textOf(run('10'), run('6', `${struck}<w:vertAlign w:val="superscript"/>`), run('7', struck))).toBe(
      '10~~⁶7~~',
    );
  });

  it('ends with its line, its cell or its style', async () => {
    const parts = styles('<w:style w:type="character" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>');
    const body =
      line(run('1. Old', '<w:rStyle w:val="Out"/>')) +
      line(run('2. Older', struck)) +
      line(run('3. New', '<w:rStyle w:val="Out"/><w:strike w:val="false"/>')) +
      `<w:tbl><w:tr><w:tc>${line(run('a', struck))}</w:tc><w:tc>${line(run('b', struck))}</w:tc></w:tr></w:tbl>`;
    expect((await readWord(body, { parts })).text).toBe('~~1. Old~~\n\n~~2. Older~~\n\n3. New\n\n~~a~~ | ~~b~~');
  });
});

describe('a picture in struck or raised text of a Word document', () => {
  it('is neither struck nor raised', async () => {
    const picture =
      '<w:drawing><wp:inline><wp:extent cx="6000000" cy="8000000"/><a:graphic><a:blip r:embed="i"/></a:graphic></wp:inline></w:drawing>';
    const looks = '<w:rPr><w:strike/><w:vertAlign w:val="superscript"/></w:rPr>';
    const body = line(`${run('Old', '<w:strike/>')}<w:r>${looks}${picture}</w:r>${run('price', '<w:strike/>')}`);
    const read = await readWord(body, {
      relationships: relationship('i', 'image', 'media/i.png'),
      parts: { 'word/media/i.png': 'a picture' },
    });
    expect(read.text).toBe('~~Old~~\n\n[Picture]\n\n~~price~~');
  });
});

describe('hidden text of a Word document', () => {
  it('is left out and counted, even if a style hides it', async () => {
    const parts = styles(
      '<w:style w:type="character" w:styleId="Inner"><w:rPr><w:vanish/></w:rPr></w:style>' +
        '<w:style w:type="paragraph" w:styleId="Draft"><w:rPr><w:vanish/></w:rPr></w:style>',
    );
    const body =
      line(run('Shown') + run(' secret', '<w:vanish/>') + run(' inner', '<w:rStyle w:val="Inner"/>')) +
      line(run('draft'), '<w:pStyle w:val="Draft"/>') +
      line(run('On', '<w:rStyle w:val="Inner"/><w:vanish w:val="0"/>'));
    expect(await readWord(body, { parts })).toEqual({
      text: 'Shown\n\nOn',
      notes: [{ code: 'hidden_text_left_out', params: { characters: 16 } }],
    });
  });

  it('does not include text after a hidden deleted run', async () => {
    const gone = '<w:del><w:r><w:rPr><w:vanish/></w:rPr><w:delText>old</w:delText></w:r></w:del>';
    expect(await textOf(run('Shown'), gone, run(' too'))).toBe('Shown too');
    expect(await textOf(`<w:r>${gone}<w:t>In a run</w:t></w:r>`)).toBe('In a run');
  });

  it('does not include a run nested in the text of another', async () => {
    const nested =
      '<w:r><w:t xml:space="preserve">Dear <w:r><w:rPr><w:b/></w:rPr><w:t>Ms Lind</w:t></w:r>,</w:t></w:r>';
    expect(await textOf(nested)).toBe('Dear Ms Lind,');
  });

  it('does not include the text around a text box with hidden text', async () => {
    const box = `<w:r><w:pict><w:txbxContent>${line(run('in the box', '<w:vanish/>'))}</w:txbxContent></w:pict><w:t>behind it</w:t></w:r>`;
    expect((await readWord(line(run('Before, ') + box))).text).toBe('Before, behind it');
  });

  it('notes tracked deletions, and joins paragraphs whose mark they delete', async () => {
    const del = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>';
    const body =
      line(`${run('The fee is')}<w:del><w:r><w:delText> 400</w:delText></w:r></w:del>`, del) + line(run(' 500 EUR.'));
    expect(await readWord(body)).toEqual({
      text: 'The fee is 500 EUR.',
      notes: [{ code: 'deletions_left_out', params: {} }],
    });
  });
});

describe('symbol fonts in a Word document', () => {
  const sym = (font: string, code: string) => `<w:r><w:sym w:font="${font}" w:char="${code}"/></w:r>`;
  const inFont = (font: string) => `<w:rFonts w:ascii="${font}" w:hAnsi="${font}"/>`;

  it('read as the symbols shown', async () => {
    expect(
      await textOf(
        run('Dose ') + sym('Symbol', 'F0B3') + run(' 5 ') + sym('Symbol', 'F06D') + run('g, error '),
        `${sym('Symbol', 'F0B1')}${run(' 2, angle ')}${sym('Symbol', 'F061')}`,
      ),
    ).toBe('Dose ≥ 5 μg, error ± 2, angle α');
    expect(await textOf(run('Dose '), run('\uf0b3', inFont('Symbol')), run(' 7'))).toBe('Dose ≥ 7');
  });

  it.each([
    ['Wingdings', 'F0FE', '☑'],
    ['Wingdings', 'F0A8', '☐'],
    ['Wingdings', '00E0', '→'],
    ['Wingdings', 'F04A', '☺'],
    ['Wingdings 2', 'F052', '☑'],
    ['Wingdings 2', 'F0A3', '☐'],
    ['Wingdings 2', 'F050', '✓'],
    ['Wingdings 3', 'F022', '→'],
    ['Webdings', 'F061', '✓'],
    ['Symbol', '006D', 'μ'],
    ['MT Extra', 'F06D', '∓'],
    ['Monotype Sorts', 'F034', '✔'],
    ['ZapfDingbats', 'F06E', '■'],
  ])('in %s, %s is %s', async (font, code, sign) => {
    expect(await readWord(line(sym(font, code)))).toEqual({ text: sign, notes: [] });
  });

  it('apply to typed letters, whether set on the run, in a style or in the defaults', async () => {
    const parts = styles(`<w:style w:type="character" w:styleId="Greek"><w:rPr>${inFont('Symbol')}</w:rPr></w:style>`);
    const body = line(run('m', inFont('Symbol')) + run('g and ') + run('b', '<w:rStyle w:val="Greek"/>'));
    expect((await readWord(body, { parts })).text).toBe('μg and β');
    const defaults = styles(
      `<w:docDefaults><w:rPrDefault><w:rPr>${inFont('Symbol')}</w:rPr></w:rPrDefault></w:docDefaults>`,
    );
    expect((await readWord(line(run('a')), { parts: defaults })).text).toBe('α');
  });

  it('keep blanks and characters outside the font', async () => {
    expect(await textOf(run('a\u00a0b €', inFont('Symbol')))).toBe('α\u00a0β €');
    expect(await textOf(run('Word', '<w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Symbol"/>'))).toBe('Word');
  });

  it('with unknown symbols give bullets, which are counted', async () => {
    const body = line(sym('Company Logos', 'F041') + run(' and \uf041') + run('\uf0b7 as a bullet'));
    expect(await readWord(body)).toEqual({
      text: '• and •• as a bullet',
      notes: [{ code: 'signs_unknown', params: { count: 2 } }],
    });
  });

  it('are read in a list, a table, a header and a field without a result', async () => {
    const cell = `<w:tbl><w:tr><w:tc>${line(sym('Wingdings', 'F0FE'))}</w:tc></w:tr></w:tbl>`;
    const symbolField =
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SYMBOL 179 \\f "Symbol" \\s 10 </w:instrText></w:r>' +
      '<w:r><w:fldChar w:fldCharType="end"/></w:r>';
    expect((await readWord(cell + line(run('x ') + symbolField + run(' 5')))).text).toBe('☑\n\nx ≥ 5');
  });

  it('may be emoji in newer Word markup', async () => {
    const newer =
      '<w16se:symEx xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" w16se:font="Segoe UI Emoji" w16se:char="1F60A"/>';
    const alternate = (choice: string, fallback: string) =>
      '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">' +
      `<mc:Choice Requires="w16se">${choice}</mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent></w:r>`;
    expect(await textOf(run('Thanks '), alternate(newer, '<w:t>😊</w:t>'))).toBe('Thanks 😊');
    expect(await textOf(run('Thanks '), alternate('<future:sign/>', '<w:t>😊</w:t>')), 'a form of the future').toBe(
      'Thanks 😊',
    );
  });

  it('do not split words at soft hyphens and zero-width spaces', async () => {
    expect(await textOf(run('Ge\u00adsamt\u200bkon\u2060zept'), '<w:r><w:softHyphen/></w:r>', run('e'))).toBe(
      'Gesamtkonzepte',
    );
  });
});
