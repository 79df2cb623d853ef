import { describe, expect, it } from 'vitest';
import { definition, item, level, line, list, numbering, readWord, run, styles } from './word-parts.ts';

const decimal = level(0, 'decimal', '%1.');
const start = (depth: number, value: number) =>
  `<w:lvlOverride w:ilvl="${depth}"><w:startOverride w:val="${value}"/></w:lvlOverride>`;

async function linesOf(body: string, parts: Record<string, string>): Promise<string[]> {
  return (await readWord(body, { parts })).text.split('\n').filter((text) => text !== '');
}

describe('the numbers of a Word document', () => {
  it('come from the numbering style that a list refers to', async () => {
    const style =
      '<w:style w:type="numbering" w:styleId="Clauses"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const linked = definition('1', '<w:numStyleLink w:val="Clauses"/>');
    const named = definition('0', `<w:styleLink w:val="Clauses"/>${decimal}`);
    const body = item('2', 0, 'Supply') + item('2', 0, 'Prices') + item('2', 0, 'Term');
    const lists = [named, linked, list('1', '0'), list('2', '1')];
    const expected = ['1. Supply', '2. Prices', '3. Term'];
    expect(await linesOf(body, { ...numbering(...lists), ...styles(style) })).toEqual(expected);
    expect(await linesOf(body, numbering(...lists)), 'without the style').toEqual(expected);
    const circle = [definition('0', '<w:numStyleLink w:val="A"/>'), list('2', '0')];
    expect(await linesOf(body, numbering(...circle)), 'a link to nothing').toEqual(['- Supply', '- Prices', '- Term']);
  });

  it('continue in another list of the same definition, unless it has its own start', async () => {
    const parts = numbering(definition('0', decimal), list('1', '0'), list('2', '0'), list('3', '0', start(0, 8)));
    const body =
      item('1', 0, 'a') +
      item('1', 0, 'b') +
      line(run('Between')) +
      item('2', 0, 'c') +
      item('3', 0, 'd') +
      item('3', 0, 'e') +
      item('1', 0, 'f');
    expect(await linesOf(body, parts)).toEqual(['1. a', '2. b', 'Between', '3. c', '8. d', '9. e', '10. f']);
  });

  it('restart below each higher item, or as the level says', async () => {
    const lower = (more: string) =>
      definition('0', decimal + level(1, 'decimal', '%1.%2', more) + level(2, 'lowerLetter', '(%3)', more));
    const body = [
      item('1', 0, 'A'),
      item('1', 1, 'a'),
      item('1', 2, 'x'),
      item('1', 1, 'b'),
      item('1', 2, 'y'),
      item('1', 0, 'B'),
      item('1', 1, 'c'),
      item('1', 2, 'z'),
    ].join('');
    const marks = async (more: string) =>
      (await linesOf(body, numbering(lower(more), list('1', '0')))).map((text) => text.trim().split(' ')[0]);
    expect(await marks('')).toEqual(['1.', '1.1', '(a)', '1.2', '(a)', '2.', '2.1', '(a)']);
    expect(await marks('<w:lvlRestart w:val="0"/>')).toEqual(['1.', '1.1', '(a)', '1.2', '(b)', '2.', '2.3', '(c)']);
    expect(await marks('<w:lvlRestart w:val="1"/>')).toEqual(['1.', '1.1', '(a)', '1.2', '(b)', '2.', '2.1', '(a)']);
  });

  it('start where the level or the list says, at each restart', async () => {
    const parts = numbering(
      definition('0', level(0, 'decimal', '%1.', '', 0) + level(1, 'lowerLetter', '%2)', '', 3)),
      list('1', '0', start(1, 5)),
    );
    const body = item('1', 0, 'A') + item('1', 1, 'a') + item('1', 0, 'B') + item('1', 1, 'b');
    expect(await linesOf(body, parts)).toEqual(['0. A', '  e) a', '1. B', '  e) b']);
  });

  it('use the format that a list overrides for a level', async () => {
    const own = `<w:lvlOverride w:ilvl="0">${level(0, 'upperRoman', '§ %1')}</w:lvlOverride>`;
    const parts = numbering(definition('0', decimal), list('1', '0', own));
    expect(await linesOf(item('1', 0, 'A') + item('1', 0, 'B'), parts)).toEqual(['§ I A', '§ II B']);
  });

  it('in legal numbering are decimal on all levels', async () => {
    const parts = numbering(
      definition('0', level(0, 'upperRoman', 'Article %1.') + level(1, 'decimalZero', 'Section %1.%2', '<w:isLgl/>')),
      list('1', '0'),
    );
    expect(await linesOf(item('1', 0, 'A') + item('1', 0, 'B') + item('1', 1, 'b'), parts)).toEqual([
      'Article I. A',
      'Article II. B',
      '  Section 2.1 b',
    ]);
  });

  it('leave out levels without a number', async () => {
    const levels =
      level(0, 'decimal', '%1.') +
      level(1, 'decimal', '%1.%2.') +
      level(2, 'bullet', '—') +
      level(3, 'decimal', '%1.%2.%3%4.');
    const parts = numbering(definition('0', levels), list('1', '0'));
    const body =
      item('1', 0, 'a') +
      item('1', 1, 'b') +
      item('1', 3, 'c') +
      item('1', 3, 'd') +
      item('1', 1, 'e') +
      item('1', 3, 'f');
    expect((await linesOf(body, parts)).map((text) => text.trim())).toEqual([
      '1. a',
      '1.1. b',
      '1.1.1. c',
      '1.1.2. d',
      '1.2. e',
      '1.2.1. f',
    ]);
    const none = numbering(definition('0', level(0, 'none', '%1')), list('1', '0'));
    expect(await linesOf(item('1', 0, 'REFERENCES') + item('1', 0, ''), none)).toEqual(['REFERENCES']);
  });

  it('of a deeper level continue in a list that overrides only a higher start', async () => {
    const parts = numbering(
      definition('0', decimal + level(1, 'decimal', '%2.')),
      list('1', '0'),
      list('2', '0', start(0, 1)),
    );
    expect(await linesOf(item('1', 1, 'a') + item('1', 1, 'b') + item('2', 1, 'c'), parts)).toEqual([
      '1. a',
      '  2. b',
      '  3. c',
    ]);
  });

  it('follow the paragraph style on the level that names it', async () => {
    const heading = (depth: number) => `<w:pStyle w:val="Heading${depth + 1}"/>`;
    const parts = {
      ...numbering(
        definition('0', level(0, 'decimal', '%1', heading(0)) + level(1, 'decimal', '%1.%2', heading(1))),
        list('1', '0'),
      ),
      ...styles(
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
          '<w:style w:type="paragraph" w:styleId="Heading2"><w:basedOn w:val="Heading1"/></w:style>' +
          '<w:style w:type="paragraph" w:styleId="Annex"><w:basedOn w:val="Heading2"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>',
      ),
    };
    const styled = (style: string, text: string) => line(run(text), `<w:pStyle w:val="${style}"/>`);
    const body =
      styled('Heading1', 'Supply') +
      styled('Heading2', 'Orders') +
      styled('Heading2', 'Prices') +
      styled('Annex', 'Forms');
    expect(await linesOf(body, parts)).toEqual(['1 Supply', '  1.1 Orders', '  1.2 Prices', 'Forms']);
  });

  it('count items without text, as in a table column, but not deleted or hidden ones', async () => {
    const parts = numbering(definition('0', decimal), list('1', '0'));
    const row = (text: string) => `<w:tr><w:tc>${item('1', 0, '')}</w:tc><w:tc>${line(run(text))}</w:tc></w:tr>`;
    expect(await linesOf(`<w:tbl>${row('Bolt')}${row('Nut')}</w:tbl>`, parts)).toEqual(['1. | Bolt', '2. | Nut']);
    const gone = (mark: string) => line('', `<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr>${mark}</w:rPr>`);
    const body =
      item('1', 0, 'A') +
      gone('<w:vanish/>') +
      gone('<w:del w:id="1"/>') +
      gone('<w:moveFrom w:id="2"/>') +
      item('1', 0, 'B');
    expect(await linesOf(body, parts)).toEqual(['1. A', '2. B']);
  });

  it('stand in their paragraph before its style, as some programs write them', async () => {
    const parts = { ...numbering(definition('0', level(0, 'decimal', '%1.')), list('1', '0')), ...styles('') };
    const body = line(
      run('One'),
      '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:pStyle w:val="Compact"/>',
    );
    expect((await readWord(body, { parts })).text).toBe('1. One');
  });

  it('precede a run-in heading', async () => {
    const parts = numbering(definition('0', decimal), list('1', '0'));
    const separator = '<w:rPr><w:vanish/><w:specVanish/></w:rPr>';
    const heading = line(run('Definitions.'), `<w:numPr><w:numId w:val="1"/></w:numPr>${separator}`);
    const body = heading + line(run(' In this contract:')) + item('1', 0, 'Term.');
    expect(await linesOf(body, parts)).toEqual(['1. Definitions. In this contract:', '2. Term.']);
  });

  it('that are hidden or undefined are left out', async () => {
    const parts = numbering(definition('0', level(0, 'decimal', '%1.', '<w:rPr><w:vanish/></w:rPr>')), list('1', '0'));
    expect(await linesOf(item('1', 0, 'A') + item('9', 0, 'B'), parts)).toEqual(['A', 'B']);
  });

  it.each([
    ['ordinal', ['1st', '2nd', '3rd', '11th', '22nd']],
    ['cardinalText', ['One', 'Two', 'Three', 'Eleven', 'Twenty-two']],
    ['ordinalText', ['First', 'Second', 'Third', 'Eleventh', 'Twenty-second']],
    ['decimalZero', ['01', '02', '03', '11', '22']],
    ['lowerLetter', ['a', 'b', 'c', 'k', 'v']],
    ['upperRoman', ['I', 'II', 'III', 'XI', 'XXII']],
    ['hex', ['1', '2', '3', 'B', '16']],
    ['chicago', ['*', '†', '‡', '‡‡‡', '††††††']],
    ['decimalEnclosedCircle', ['①', '②', '③', '⑪', '㉒']],
    ['decimalEnclosedParen', ['⑴', '⑵', '⑶', '⑾', '22']],
    ['chineseCounting', ['一', '二', '三', '十一', '二十二']],
    ['japaneseCounting', ['一', '二', '三', '十一', '二十二']],
    ['chineseLegalSimplified', ['壹', '贰', '叁', '壹拾壹', '贰拾贰']],
    ['ideographTraditional', ['甲', '乙', '丙', '甲', '乙']],
    ['aiueoFullWidth', ['ア', 'イ', 'ウ', 'サ', 'ニ']],
    ['iroha', ['イ', 'ロ', 'ハ', 'ル', 'ラ']],
    ['ganada', ['가', '나', '다', '카', '아']],
    ['koreanDigital', ['일', '이', '삼', '일일', '이이']],
    ['russianLower', ['а', 'б', 'в', 'л', 'ц']],
    ['hebrew1', ['א', 'ב', 'ג', 'יא', 'כב']],
    ['arabicAlpha', ['أ', 'ب', 'ت', 'ز', 'ك']],
    ['thaiNumbers', ['๑', '๒', '๓', '๑๑', '๒๒']],
    ['hindiNumbers', ['१', '२', '३', '११', '२२']],
    ['numberInDash', ['- 1 -', '- 2 -', '- 3 -', '- 11 -', '- 22 -']],
    ['decimalFullWidth', ['１', '２', '３', '１１', '２２']],
  ])('may be %s', async (format, expected) => {
    const parts = numbering(definition('0', level(0, format, '%1:')), list('1', '0'));
    const body = Array.from({ length: 22 }, (_, index) => item('1', 0, `x${index + 1}`)).join('');
    const { text, notes } = await readWord(body, { parts });
    const marks = text.split('\n').map((row) => row.split(': x')[0]);
    expect([0, 1, 2, 10, 21].map((index) => marks[index])).toEqual(expected);
    expect(notes).toEqual([]);
  });

  it('may have leading zeros from a custom format, with a fallback beside it', async () => {
    const custom =
      '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">' +
      '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>' +
      '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>';
    const parts = numbering(
      definition('0', `<w:lvl w:ilvl="0"><w:start w:val="9"/>${custom}<w:lvlText w:val="%1"/></w:lvl>`),
      list('1', '0'),
    );
    expect(await linesOf(item('1', 0, 'A') + item('1', 0, 'B'), parts)).toEqual(['009 A', '010 B']);
  });

  it('in an unknown format become digits, with a note', async () => {
    const parts = numbering(definition('0', level(0, 'bahtText', '%1.')), list('1', '0'));
    expect(await readWord(item('1', 0, 'A'), { parts })).toEqual({
      text: '1. A',
      notes: [{ code: 'list_numbers_in_digits', params: {} }],
    });
  });

  it('cannot inflate a small document with a huge pattern', async () => {
    const parts = numbering(definition('0', level(0, 'decimal', '%1'.repeat(100_000))), list('1', '0'));
    const body = Array.from({ length: 1_000 }, () => item('1', 0, 'x')).join('');
    expect((await readWord(body, { parts })).text.length).toBeLessThan(500_000);
  });

  it('of a hundred thousand items on nine levels take linear time', async () => {
    const levels = Array.from({ length: 9 }, (_, depth) => level(depth, 'decimal', '%1.%2.%3.%4.%5.%6.%7.%8.%9')).join(
      '',
    );
    const parts = numbering(definition('0', levels), list('1', '0'));
    const body = Array.from({ length: 100_000 }, (_, index) => item('1', index % 9, 'x')).join('');
    expect(await linesOf(body, parts)).toHaveLength(100_000);
  });
});
