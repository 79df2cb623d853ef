import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { readRtf } from '../../../src/main/documents/rtf/read-rtf.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { pngImage } from '../../support/corpus.ts';
import { languages } from '../languages.ts';
import { tempFolder } from '../temp-folder.ts';

const fonts =
  '{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset2 Symbol;}{\\f2\\fcharset204 Arial Cyr;}' +
  '{\\f3\\fcharset128 MS Mincho;}{\\f4\\fcharset2 Wingdings;}{\\f5\\fcharset177 Arial (Hebrew);}}';

/** A document with the given content. */
function rtf(content: string, head = '\\ansi\\ansicpg1252\\deff0\\uc1'): Buffer {
  return Buffer.from(`{\\rtf1${head}${fonts}${content}}`, 'latin1');
}

function read(content: string, head?: string) {
  const { text, notes } = readRtf(rtf(content, head));
  return { text, notes: notes.map(noteWords) };
}

const textOf = (content: string, head?: string) => read(content, head).text;

/** Bytes in hexadecimal, as RTF writes letters beyond ASCII. */
function hex(text: string, encoding: string): string {
  return [...iconv.encode(text, encoding)].map((byte) => `\\'${byte.toString(16).padStart(2, '0')}`).join('');
}

describe('a rich text document', () => {
  it('is known by its content', async () => {
    const path = tempFolder().put('letter.doc', rtf('Dear Sir'));
    expect(await extractDocument(path, defaultExtractLimits)).toMatchObject({
      ok: true,
      value: { format: 'rtf', text: 'Dear Sir', notes: [] },
    });
  });

  it('written by LibreOffice has all words of 22 languages, its lists, tables and small letters', () => {
    const { text, notes } = readRtf(readFileSync(new URL('../files/languages.rtf', import.meta.url)));
    for (const [name, article] of Object.entries(languages)) expect(text).toContain(`${name}\n\n${article}`);
    expect(text).toContain(
      '- One\n- Two\n1. Inner a\n2. Inner b\n\nItem | Price\nOak | 40 €\n\nE = mc², H₂O ~~struck~~',
    );
    expect(notes).toEqual([]);
  });

  it('has letters of its fonts’ code pages, one or two bytes each', () => {
    expect(
      textOf(`{\\f2 ${hex('Договор', 'cp1251')}} {\\f3 ${hex('契約書', 'cp932')}} ${hex('Größe', 'cp1252')}`),
    ).toBe('Договор 契約書 Größe');
    expect(textOf(`\\rtlch\\fcs1\\af5\\ltrch\\fcs0\\f0 \\rtlch ${hex('חוזה', 'cp1255')}`)).toBe('חוזה');
  });

  it('by a simple program is in the code page of the document, whatever its fonts say', () => {
    const plain = `{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0 ${hex('Договор', 'cp1251')}}`;
    expect(readRtf(Buffer.from(plain)).text).toBe('Договор');
    expect(readRtf(Buffer.from('{\\rtf1\\ansi Größe, 契約}')).text).toBe('Größe, 契約');
  });

  it('has Unicode letters instead of what stands in for them', () => {
    expect(textOf("\\u8364?5, \\u1044\\'c4, {\\uc2\\u26085\\'93\\'fa}, {\\uc0\\u233}t\\'e9, \\u-10179?\\u-8704?")).toBe(
      '€5, Д, 日, été, 😀',
    );
    expect(textOf('{\\upr{Gr?n}{\\*\\ud{Gr\\u252?n}}}')).toBe('Grün');
  });

  it('has signs of symbol fonts', () => {
    expect(textOf("5 {\\f1\\'6d}g {\\f1\\'b3} 4, {\\f4\\'fc}{\\f1\\u-3913?}")).toBe('5 μg ≥ 4, ✓•');
  });

  it('has paragraphs, lines, tabs, dashes and blanks', () => {
    expect(textOf('One\\par\r\nTwo\\line three\\tab four\\~five\\_six\\emdash\\par\\par End\\\nLast')).toBe(
      'One\n\nTwo\nthree\tfour\u00a0five-six—\n\nEnd\n\nLast',
    );
  });

  it('has what its fields show, not how they are made', () => {
    const link = '{\\field{\\*\\fldinst{HYPERLINK "https://example.org"}}{\\fldrslt{\\ul the site}}}';
    const nested =
      '{\\field{\\*\\fldinst IF {\\field{\\*\\fldinst MERGEFIELD sex}{\\fldrslt f}} = "f" "Ms"}{\\fldrslt Ms}}';
    expect(textOf(`See ${link}, ${nested} Lind`)).toBe('See the site, Ms Lind');
    const box = '{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres1{\\*\\ffname a}}}}{\\fldrslt }}';
    const choice =
      '{\\field{\\*\\fldinst FORMDROPDOWN {\\*\\formfield{\\fftype2\\ffres1{\\*\\ffl Red}{\\*\\ffl Green}}}}{\\fldrslt }}';
    expect(textOf(`${box} Agreed, ${choice}`)).toBe('☑ Agreed, Green');
    expect(textOf('{\\field{\\*\\fldinst SYMBOL 183 \\\\f "Symbol"}{\\fldrslt }} item')).toBe('• item');
    expect(read('Page {\\field{\\*\\fldinst PAGE}{\\fldrslt }}').notes).toEqual([
      '1 field has no stored result and was left out; update the fields in Word and save the document.',
    ]);
  });

  it('has the marks of its lists', () => {
    const item = (mark: string, text: string) => `{\\listtext\\tab ${mark}\\tab}${text}\\par `;
    const list = item('1.', 'Supply') + item("{\\f1\\'b7}", 'oak') + item('o', 'beech') + item('(a)', 'Prices');
    expect(textOf(`Contents\\par ${list}\\pard End`)).toBe('Contents\n\n1. Supply\n- oak\n- beech\n(a) Prices\n\nEnd');
    expect(textOf("{\\pntext\\f1\\'b7\\tab}{\\*\\pn\\pnlvlblt{\\pntxtb\\'b7}}First\\par")).toBe('- First');
  });

  it('has its tables by rows and cells, also in each other', () => {
    const row = (...cells: string[]) =>
      `\\trowd\\cellx100\\cellx200 ${cells.map((one) => `\\pard\\intbl ${one}\\cell`).join(' ')}\\row `;
    expect(textOf(`Prices\\par ${row('Oak', '40')}${row('', 'two\\par lines')}\\pard After`)).toBe(
      'Prices\n\nOak | 40\n | two<br>lines\n\nAfter',
    );
    expect(textOf('\\trowd A\\cell B\\cell\\row After')).toBe('A | B\n\nAfter');
    const inner =
      '\\pard\\intbl\\itap2 a\\nestcell b\\nestcell{\\nonesttables\\par}{\\*\\nesttableprops\\trowd\\nestrow}';
    expect(textOf(`${row(`outer ${inner}\\pard\\intbl`, 'last')}`)).toBe('outer<br>a ¦ b | last');
  });

  it('has its footnotes and endnotes, with their marks', () => {
    const note = (text: string, kind = '') => `{\\super\\chftn{\\*\\footnote${kind}\\pard{\\super\\chftn} ${text}}}`;
    expect(textOf(`One${note('First.')} two${note('Second.')} three${note('Last.', '\\ftnalt')}.`)).toBe(
      'One[1] two[2] three[i].\n\n[1] First.\n\n[2] Second.\n\n[i] Last.',
    );
  });

  it('has its headers and footers once, marked, and its text boxes', () => {
    const box =
      '{\\shp{\\*\\shpinst{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt Boxed words\\par}}{\\shprslt{\\*\\do{\\dptxbxtext Boxed words}}}}';
    expect(textOf(`{\\header Contract 7\\par}{\\headerl Contract 7}{\\footer\\chpgn}Body ${box}end`)).toBe(
      '[Header] Contract 7\n\nBody\n\nBoxed words\n\nend',
    );
  });

  it('has text boxes in struck or raised words as they are themselves', () => {
    const box = '{\\shp{\\*\\shpinst{\\shptxt 12\\par}}}';
    expect(textOf(`Kept {\\strike not ${box}this}\\par {\\super 2${box}}`)).toBe(
      'Kept ~~not~~\n\n12\n\n~~this~~\n\n²\n\n12',
    );
  });

  it('says that it has notes and boxes in hidden or deleted text', () => {
    expect(read('Shown{\\v{\\footnote Secret} }')).toEqual({
      text: 'Shown',
      notes: ['6 characters of hidden text were left out.'],
    });
    expect(read('Shown{\\deleted{\\shp{\\*\\shpinst{\\shptxt Old\\par}}}}')).toEqual({
      text: 'Shown',
      notes: read('Shown{\\deleted Old}').notes,
    });
    expect(read('Shown{\\deleted Old}').notes).toHaveLength(1);
  });

  it('has headers and footers once where only the page numbers differ that they were stored with', () => {
    const numbered = (kind: string, name: string, page: string) =>
      `{\\${kind} ${name}, page {\\field{\\*\\fldinst PAGE \\\\* MERGEFORMAT}{\\fldrslt ${page}}}` +
      ` of {\\field{\\*\\fldinst  NUMPAGES }{\\fldrslt 1${page}}}\\par}`;
    const headers = numbered('headerl', 'Offer 8', '3') + numbered('headerr', 'Offer 9', '3');
    const footers = numbered('footerl', 'Offer 7', '1') + numbered('footerr', 'Offer 7', '2');
    expect(textOf(`${headers}${footers}Text`)).toBe(
      '[Header] Offer 8, page 3 of 13\n\n[Header] Offer 9, page 3 of 13\n\nText\n\n[Footer] Offer 7, page 1 of 11',
    );
  });

  it('has its comments behind their paragraph or table, with who made them', () => {
    const comment = (author: string, text: string) =>
      `{\\*\\atnid AB}{\\*\\atnauthor ${author}}\\chatn{\\*\\annotation{\\*\\atndate 1}\\pard\\plain\\chatn ${text}}`;
    expect(read(`Some${comment('Anna Berg', 'Is this\\par right?')} words.\\par More.\\par`)).toEqual({
      text: 'Some words.\n\n[Comment by Anna Berg] Is this right?\n\nMore.',
      notes: [],
    });
    const row = `\\trowd\\cellx1\\cellx2\\pard\\intbl Oak${comment('', 'Dear.')}\\cell 40\\cell\\row`;
    expect(textOf(`${row}\\pard Then.\\par`)).toBe('Oak | 40\n\n[Comment] Dear.\n\nThen.');
  });

  it('has the marks of its headings, by their outline level or the name of their style', () => {
    const styles =
      '{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 Chapter;}{\\s2\\sbasedon0 heading 3;}{\\*\\cs10 Emphasis;}}';
    const body =
      '\\pard\\s1 Prices\\par\\pard As agreed.\\par\\pard\\s2 {\\listtext 1.\\tab}Terms\\par' +
      '\\pard\\outlinelevel1 By itself\\par\\pard\\s1\\outlinelevel9 Not one\\par';
    expect(textOf(styles + body)).toBe('# Prices\n\nAs agreed.\n\n### 1. Terms\n\n## By itself\n\nNot one');
  });

  it('counts the items of its lists where their marks do not stand beside them', () => {
    const level = (format: number, text: string, start = 1) =>
      `{\\listlevel\\levelnfc${format}\\levelstartat${start}{\\leveltext ${text};}{\\levelnumbers\\'01;}\\fi-360}`;
    const tables =
      `{\\*\\listtable{\\list\\listtemplateid1${level(0, "\\'02\\'00.")}${level(4, "\\'04\\'00.\\'01)")}{\\listname A;}\\listid7}` +
      `{\\list${level(23, "\\'01\\u8226 ?")}\\listid8}}` +
      '{\\*\\listoverridetable{\\listoverride\\listid7\\listoverridecount0\\ls1}{\\listoverride\\listid8\\listoverridecount0\\ls2}' +
      '{\\listoverride\\listid7\\listoverridecount1{\\lfolevel\\listoverridestartat\\levelstartat9}\\ls3}}';
    const body =
      '\\pard\\ls1\\ilvl0 Oak\\par{\\b A}sh\\par\\ilvl1 Deep\\par Deeper\\par\\ilvl0\\par Pine\\par' +
      '\\pard Between\\par\\pard\\ls2 Dot\\par\\pard\\ls3 Nine\\par';
    expect(textOf(tables + body)).toBe('1. Oak\n2. Ash\n2.a) Deep\n2.b) Deeper\n4. Pine\n\nBetween\n\n- Dot\n9. Nine');
    expect(textOf(`${tables}{\\listtext 7.\\tab}\\ls1 Oak\\par \\ls1 Ash`), 'as it is stored').toBe('7. Oak\n\nAsh');
  });

  it('ends paragraphs by line feeds in hexadecimal, too', () => {
    expect(textOf("foo\\'0dba\nr\\'0abaz\\'0d\\'0aquux")).toBe('foo\n\nbar\n\nbaz\n\nquux');
  });

  it('says what is hidden, deleted, drawn or embedded in it', () => {
    const picture = '{\\*\\shppict{\\pict\\pngblip\\picwgoal8000\\pichgoal8000 89504e47}}{\\nonshppict{\\pict 00}}';
    const { text, notes } = read(
      `Shown {\\v secret}{\\deleted gone}{\\revised new}${picture}` +
        '{\\object\\objemb{\\*\\objclass Excel.Sheet.8}{\\*\\objdata 0105}{\\result 42}}',
    );
    expect(text).toBe('Shown new42');
    expect(notes).toEqual([
      'Text deleted in tracked changes was left out.',
      'Embedded objects were not read.',
      '6 characters of hidden text were left out.',
      '1 large image was not read; if it contains text, that text is missing.',
    ]);
  });

  it('says nothing of pictures that are hidden, deleted or in the code of a field, as of those of a Word document', () => {
    const size = '\\picwgoal8000\\pichgoal8000';
    for (const form of [`\\pngblip${size} ${pngImage(800, 800).toString('hex')}`, `\\wmetafile8${size} 0100`]) {
      const picture = `{\\pict${form}}`;
      const field = `{\\field{\\*\\fldinst INCLUDEPICTURE ${picture}}{\\fldrslt Oak}}`;
      const { text, notes, pictured } = readRtf(rtf(`{\\v ${picture}}{\\deleted ${picture}}${field}`));
      expect([text, notes, pictured]).toEqual(['Oak', [], undefined]);
    }
  });

  it('says that it has objects whose class it does not name, and controls', () => {
    expect(read('See {\\object\\objemb{\\*\\objdata 0105}{\\result 42}}').notes).toEqual([
      'Embedded objects were not read.',
    ]);
    const control = '{\\object\\objocx{\\*\\objclass Forms.TextBox.1}{\\*\\objdata 0105}}';
    expect(read(`See ${control}`).notes).toEqual(['Form controls were not read.']);
  });

  it('says that it has large pictures of kinds that are not read, also where it does not say how large', () => {
    const large = ['1 large image was not read; if it contains text, that text is missing.'];
    const size = '\\picwgoal8000\\pichgoal8000';
    expect(read(`A{\\pict\\wmetafile8${size} 0100}`).notes).toEqual(large);
    expect(read(`A{\\pict\\emfblip\\picw30000\\pich20000 ${'01'.repeat(60_000)}}`).notes).toEqual(large);
    expect(read(`A{\\pict\\emfblip ${'01'.repeat(6_000)}}`).notes).toEqual([]);
  });

  it('says of each object whether it is linked', () => {
    const object = (type: string) => `{\\object\\${type}{\\*\\objclass Excel.Sheet.8}{\\*\\objdata 0105}{\\result 42}}`;
    const linked = 'Objects linked from other files were not read.';
    expect(read(object('objlink')).notes).toEqual([linked]);
    expect(read(object('objlink') + object('objhtml')).notes).toEqual(['Embedded objects were not read.', linked]);
  });

  it('has nothing of its tables of fonts, styles and other things that do not print', () => {
    const things =
      '{\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\s1 Heading;}}{\\info{\\title T}{\\author A}}{\\*\\unknown words}' +
      "{\\*\\listtable{\\list{\\listlevel{\\leveltext\\'01\\u-3913 ?;}}}}{\\xe index}{\\*\\bkmkstart here}";
    expect(textOf(`${things}Body\\bin5 {{{{{ end`)).toBe('Body end');
  });

  it('that breaks off says so', () => {
    const whole = rtf('{\\b One}\\par {\\b Two').subarray(0, -1);
    const { text, notes } = readRtf(whole);
    expect(text).toBe('One\n\nTwo');
    expect(notes.map(noteWords)).toEqual(['This file breaks off in the middle of the document; its end is missing.']);
  });

  it('that closes a brace too many is read to its end, and says so', () => {
    const { text, notes } = read('{\\b One}}\\par Two{\\b  and}\\par Three}');
    expect(text).toBe('One\n\nTwo and\n\nThree');
    expect(notes).toEqual([
      'The document in this file ends before the file does; what follows was read, too. Other programs may not show it.',
    ]);
    expect(readRtf(Buffer.concat([rtf('One'), Buffer.from('\0\0 left by a program')]))).toMatchObject({
      text: 'One',
      notes: [],
    });
  });

  it('has words that are drawn as pictures, such as watermarks, and none of the other properties of shapes', () => {
    const property = (name: string, value: string) => `{\\sp{\\sn ${name}}{\\sv ${value}}}`;
    const shape = (...properties: string[]) => `{\\shp{\\*\\shpinst\\shpleft0${properties.join('')}}}`;
    const mark = shape(
      property('shapeType', '136'),
      property('gtextUNICODE', 'Strictly secret'),
      property('fill', '1'),
    );
    expect(read(`{\\header\\pard ${mark}\\par}Body{\\v ${mark}}`)).toEqual({
      text: '[Header] Strictly secret\n\nBody',
      notes: [],
    });
  });

  it('of pictures alone has no text, and one of nothing is empty', async () => {
    const folder = tempFolder();
    const pictures = folder.put('a.rtf', rtf('{\\pict\\pngblip 89504e47}'));
    expect(await extractDocument(pictures, defaultExtractLimits)).toMatchObject({
      error: { code: 'file_no_text', params: { what: 'images' } },
    });
    const object = folder.put('c.rtf', rtf('{\\object\\objemb{\\*\\objdata 0105}}'));
    expect(await extractDocument(object, defaultExtractLimits)).toMatchObject({
      error: { code: 'file_no_text', params: { what: 'document_objects' } },
    });
    expect(await extractDocument(folder.put('b.rtf', rtf('')), defaultExtractLimits)).toMatchObject({
      error: { code: 'file_empty', params: { what: 'document' } },
    });
  });
});

describe('a rich text document made to do harm', () => {
  it('of a million braces is read', () => {
    const deep = `${'{\\b '.repeat(1_000_000)}Hello.${'}'.repeat(1_000_000)}`;
    expect(textOf(deep)).toBe('Hello.');
    expect(textOf(`${'{'.repeat(1_000_000)}Hello.`)).toBe('Hello.');
    expect(textOf(`}}}}Hello.`)).toBe('');
  });

  it('of a hundred thousand notes, fields, tables or boxes in each other is read', () => {
    const many = 100_000;
    for (const [open, close] of [
      ['{\\footnote a', '}'],
      ['{\\field{\\*\\fldinst PAGE}{\\fldrslt a', '}}'],
      ['{\\shp{\\*\\shpinst{\\shptxt a', '}}}'],
      ['\\pard\\intbl\\itap99999999999 a\\nestcell ', ''],
    ] as const) {
      expect(textOf(`Hello. ${open.repeat(many)}${close.repeat(many)}`)).toContain('Hello.');
    }
  });

  it('with data that is longer than the file is read to its end', () => {
    expect(textOf('Hello.\\bin2000000000 abc')).toBe('Hello.');
    expect(textOf("Hello.\\uc999999999 \\u65?abc\\'")).toBe('Hello.A');
  });
});
