import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complaintOf } from '../../../src/main/documents/pdf/complaints.ts';
import { type PdfText, readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { assemblePdf, onePagePdf, pdfOfPages, pdfStream } from './raw-pdf.ts';

const helvetica = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>';

async function read(bytes: Buffer): Promise<PdfText> {
  const result = await readPdf(Buffer.from(bytes));
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error)}`);
  return result.value;
}

async function codeOf(bytes: Buffer): Promise<string> {
  const result = await readPdf(Buffer.from(bytes));
  return result.ok ? `read: ${result.value.text}` : result.error.code;
}

/** A page drawn by these operators, in Helvetica as F1. */
function drawn(operators: string): Buffer {
  return onePagePdf(pdfStream(Buffer.from(operators, 'latin1')), '/Font<</F1 5 0 R>>', [helvetica]);
}

const textOf = async (operators: string) => (await read(drawn(operators))).text;
const fixture = (name: string) => readFileSync(new URL(`../files/${name}`, import.meta.url));

/** Draws each letter with its own operator, 8 units apart. */
const byLetter = (word: string, left: number) =>
  [...word].map((letter, at) => `1 0 0 1 ${left + at * 8} 700 Tm (${letter}) Tj`);

describe('the pages of a document', () => {
  /** A page for each text; empty ones have none. */
  function pagesOf(...texts: readonly string[]): Buffer {
    const kids = texts.map((_, page) => `${4 + page * 2} 0 R`).join(' ');
    return assemblePdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      `<</Type/Pages/Kids[${kids}]/Count ${texts.length}>>`,
      helvetica,
      ...texts.flatMap((text, page) => [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + page * 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
        pdfStream(text === '' ? '' : `BT /F1 12 Tf 50 700 Td (${text}) Tj ET`),
      ]),
    ]);
  }

  it('are known by where they begin, those without text included', async () => {
    const { text, places } = await read(pagesOf('', 'One', '', 'Two cancel-', 'lation of a cancellation'));
    expect(text).toBe('One\n\nTwo cancel-\n\nlation of a cancellation');
    expect(places).toEqual({ unit: 'page', starts: [0, 0, 3, 5, 18], names: null });
  });
});

describe('a document of 10,000 pages', () => {
  it('is read, and each page known by where it begins', async () => {
    const count = 10_000;
    const kids = Array.from({ length: count }, (_, page) => `${5 + page} 0 R`).join(' ');
    const bytes = assemblePdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      `<</Type/Pages/Kids[${kids}]/Count ${count}/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>`,
      helvetica,
      pdfStream('BT /F1 12 Tf 50 700 Td (Page) Tj ET'),
      ...Array.from({ length: count }, () => '<</Type/Page/Parent 2 0 R/Contents 4 0 R>>'),
    ]);
    const { text, places } = await read(bytes);
    expect(text).toBe(Array.from({ length: count }, () => 'Page').join('\n\n'));
    expect(places.starts.at(-1)).toBe(text.length - 'Page'.length);
  });
});

describe('text that is drawn twice', () => {
  it('is read once', async () => {
    expect((await read(fixture('twice.pdf'))).text).toBe('Description\nTotal 60 EUR');
  });

  it.each([
    [
      'in bold, letter by letter',
      `${byLetter('HOME', 50)
        .flatMap((one, at) => [one, byLetter('HOME', 50.3)[at]])
        .join(' ')}`,
      'HOME',
    ],
    ['as outline and filling', '1 Tr 50 700 Td (Heading) Tj 0 Tr 1 0 0 1 50 700 Tm (Heading) Tj', 'Heading'],
    [
      'four times around',
      ['50', '50.2', '49.8', '50.1'].map((x) => `1 0 0 1 ${x} 700 Tm (Total) Tj`).join(' '),
      'Total',
    ],
    [
      'with a shadow below it',
      '/F1 24 Tf 51 698.8 Td (Annual report) Tj 1 0 0 1 50 700 Tm (Annual report) Tj',
      'Annual report',
    ],
    [
      'in other pieces',
      '50 700 Td (Description of goods) Tj 1 0 0 1 50.2 700 Tm (Descr) Tj (iption of) Tj ( goods) Tj',
      'Description of goods',
    ],
    [
      'with its letters moved together',
      '50 700 Td [(W) 80 (ater bill)] TJ 1 0 0 1 50.3 700 Tm [(W) 80 (ater bill)] TJ',
      'Water bill',
    ],
    ['turned', '0 1 -1 0 300 300 Tm (Side) Tj 0 1 -1 0 300.2 300 Tm (Side) Tj', 'Side'],
  ])('%s is read once', async (_, operators, text) => {
    expect(await textOf(`BT /F1 12 Tf ${operators} ET`)).toBe(text);
  });

  it('keeps the end of its line', async () => {
    const line = (x: number) => `1 0 0 1 ${x} 700 Tm (Name) Tj`;
    expect(await textOf(`BT /F1 12 Tf ${line(50)} ${line(50.2)} 1 0 0 1 50 686 Tm (Lind) Tj ET`)).toBe('Name\nLind');
  });

  it.each([
    ['beside itself', '50 700 Td (no ) Tj (no ) Tj (no) Tj', 'no no no'],
    ['below itself', '50 700 Td (same) Tj 0 -14 Td (same) Tj', 'same\nsame'],
    ['in double letters', '50 700 Td (Mississippi) Tj', 'Mississippi'],
    ['in columns', '50 700 Td (0) Tj 1 0 0 1 70 700 Tm (0) Tj 1 0 0 1 90 700 Tm (0) Tj', '0 0 0'],
    ['in spaced-out letters', byLetter('ILLS', 50).join(' '), 'I L L S'],
  ])('is not confused with text %s', async (_, operators, text) => {
    expect(await textOf(`BT /F1 12 Tf ${operators} ET`)).toBe(text);
  });
});

describe('raised and lowered text', () => {
  it.each([
    ['an exponent', '(10) Tj /F1 8 Tf 5 Ts (6) Tj 0 Ts /F1 12 Tf ( cells) Tj', '10⁶ cells'],
    ['an exponent in letters', '(x) Tj /F1 8 Tf 5 Ts (n) Tj 0 Ts /F1 12 Tf ( is) Tj', 'x^n is'],
    ['an index', '(H) Tj /F1 8 Tf -2 Ts (2) Tj 0 Ts /F1 12 Tf (O) Tj', 'H₂O'],
    [
      'the mark of a note',
      '(in 106 cases) Tj /F1 7 Tf 5 Ts (3) Tj 0 Ts /F1 12 Tf ( we saw) Tj',
      'in 106 cases³ we saw',
    ],
    ['a raise of the same size', '(10) Tj 4 Ts (6) Tj 0 Ts ( cells) Tj', '10⁶ cells'],
    ['small capitals on the line', '(T) Tj /F1 9 Tf (OTAL) Tj /F1 12 Tf ( due) Tj', 'TOTAL due'],
    [
      'an exponent in several fonts',
      '(e) Tj /F1 8 Tf 5 Ts (i) Tj /F2 8 Tf (2k) Tj /F1 8 Tf (r) Tj 0 Ts /F1 12 Tf (, x) Tj',
      'e^(i2kr), x',
    ],
    [
      'an exponent of an exponent',
      '(x) Tj /F1 8 Tf 5 Ts (an) Tj /F1 6 Tf 8 Ts (2) Tj 0 Ts /F1 12 Tf ( is) Tj',
      'x^(an²) is',
    ],
    [
      'an index under an exponent',
      '(x) Tj /F1 8 Tf 5 Ts (2) Tj 0 Ts ET BT 56 697 Td (k) Tj /F1 12 Tf 5 3 Td (is it) Tj',
      'x²_k is it',
    ],
    ['the mark that begins a note', '/F1 8 Tf 5 Ts (1) Tj 0 Ts /F1 12 Tf (See there) Tj', '¹ See there'],
    ['an ordinal', '(the 3) Tj /F1 8 Tf 4 Ts (rd) Tj 0 Ts /F1 12 Tf ( time) Tj', 'the 3rd time'],
  ])('stays distinct: %s', async (_, operators, text) => {
    expect(await textOf(`BT /F1 12 Tf 50 700 Td ${operators} ET`)).toBe(text);
  });
});

describe('a word split at a line end', () => {
  const lines = (...all: string[]) =>
    `BT /F1 12 Tf 50 700 Td ${all.map((line) => `(${line}) Tj 0 -14 Td`).join(' ')} ET`;

  it('by a soft hyphen, which pdf.js drops, is joined if it occurs whole elsewhere', async () => {
    // pdf.js takes WinAnsi's soft hyphen for a plain one, so the character map has to say otherwise.
    const cmap = pdfStream(
      '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <2d> <00ad> endbfchar 2 beginbfrange <20> <2c> <0020> <2e> <7a> <002e> endbfrange endcmap end',
    );
    const font = `${helvetica.slice(0, -2)}/ToUnicode 6 0 R>>`;
    const page = onePagePdf(
      pdfStream(lines('Das Gesamtkonzept. Ein Gesamt-', 'konzept ist gut')),
      '/Font<</F1 5 0 R>>',
      [font, cmap],
    );
    expect((await read(page)).text).toBe('Das Gesamtkonzept. Ein Gesamtkonzept\nist gut');
  });

  it('is joined, with what follows it, if it occurs whole elsewhere', async () => {
    expect(await textOf(lines('management of a manage-', 'ment, and more'))).toBe(
      'management of a management,\nand more',
    );
  });

  it('keeps a hyphen that may belong to it', async () => {
    expect(await textOf(lines('a part-', 'time job'))).toBe('a part-\ntime job');
    expect(await textOf(lines('a part-time parttime part-', 'time job'))).toContain('part-\ntime');
  });
});

describe('a text whose words are split at many line ends', () => {
  const lines = (...all: string[]) =>
    `BT /F1 12 Tf 50 700 Td ${all.map((line) => `(${line}) Tj 0 -14 Td`).join(' ')} ET`;
  const setText = ['The agree-', 'ment binds suc-', 'cessors and assign-', 'ees of both.'];

  it('has them joined, though they occur nowhere else', async () => {
    expect(await textOf(lines(...setText))).toBe('The agreement\nbinds successors\nand assignees\nof both.');
  });

  it('has halves joined that are words, unless other compounds are like them', async () => {
    const words = 'We have pack, ages, form, per, self and made of it, and self-made it was.';
    const text = await textOf(lines(words, ...setText, 'The pack-', 'ages per-', 'form as a self-', 'form.'));
    expect(text).toContain('packages\nperform\nas a self-\nform.');
  });

  it('keeps the hyphen of a word that is written with it elsewhere, and of two words', async () => {
    const text = await textOf(
      lines('A long-term rent, a part of it in time.', ...setText, 'A long-', 'term part-', 'time job'),
    );
    expect(text).toContain('long-\nterm part-\ntime job');
    expect(text).toContain('agreement\n');
  });
});

describe('a form', () => {
  it('says what is ticked, chosen and typed, and what is not', async () => {
    const { text, notes } = await read(fixture('checks.pdf'));
    expect(text.split('\n')).toEqual([
      'Application',
      '☑ I agree to the terms',
      '☐ Send the newsletter',
      'delivery: ○ standard ◉ express',
      'Country: Germany',
    ]);
    expect(notes).toEqual([]);
  });

  const field = (entries: string) => `<</Type/Annot/Subtype/Widget/P 3 0 R/Rect[50 600 150 615]${entries}>>`;

  function form(...fields: string[]): Buffer {
    const numbers = fields.map((_, at) => `${6 + at} 0 R`).join(' ');
    return assemblePdf([
      `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${numbers}]/DA(/F1 12 Tf)>>>>`,
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[${numbers}]>>`,
      pdfStream('BT /F1 12 Tf 70 700 Td (Form) Tj ET'),
      helvetica,
      ...fields,
    ]);
  }

  const formText = async (...fields: string[]) => (await read(form(...fields))).text.split('\n').slice(1);

  it('shows no invisible fields and no password', async () => {
    expect(
      await formText(
        field('/FT/Tx/T(trace)/V(hidden value)/F 2'),
        field('/FT/Tx/T(view)/V(not viewed)/F 32'),
        field('/FT/Tx/T(point)/V(no size)').replace('150 615', '50 600'),
        field('/FT/Tx/T(pin)/V(1234)/Ff 8192'),
        field('/FT/Tx/T(name)/V(Hannah)'),
      ),
    ).toEqual(['name: Hannah']);
  });

  it('gives several choices by their display names', async () => {
    const options = '/Opt[[(1)(Monday)][(2)(Tuesday)][(3)(Friday)]]';
    expect(await formText(field(`/FT/Ch/T(days)/Ff 2097152${options}/V[(1)(3)]`))).toEqual(['days: Monday, Friday']);
  });

  it('gives a choice that was typed in', async () => {
    expect(await formText(field('/FT/Ch/T(city)/Ff 393216/Opt[(Paris)(Rome)]/V(Oslo)'))).toEqual(['city: Oslo']);
  });

  it('names fields of other programs by their last name', async () => {
    expect(await formText(field('/FT/Tx/T(form1[0].page2[0].Surname[0])/V(Lind)'))).toEqual(['Surname: Lind']);
  });

  it('leaves out buttons that only trigger actions', async () => {
    expect(await formText(field('/FT/Btn/T(print)/Ff 65536/MK<</CA(Print)>>'))).toEqual([]);
  });
});

describe('a page with notes and marks from readers', () => {
  it('says that they are not in the text', async () => {
    const bytes = assemblePdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R 7 0 R 8 0 R 9 0 R 10 0 R]>>',
      pdfStream('BT /F1 12 Tf 70 700 Td (Rent) Tj ET'),
      helvetica,
      '<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents(Too high?)>>',
      '<</Type/Annot/Subtype/Highlight/Rect[70 700 90 712]/QuadPoints[70 712 90 712 70 700 90 700]>>',
      '<</Type/Annot/Subtype/StrikeOut/Rect[70 700 90 712]/QuadPoints[70 712 90 712 70 700 90 700]/Contents(No)>>',
      '<</Type/Annot/Subtype/Link/Rect[70 700 90 712]/A<</S/URI/URI(https://example.invalid)>>>>',
      '<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/F 2/Contents(Hidden)>>',
    ]);
    expect(await read(bytes)).toMatchObject({
      text: 'Rent',
      notes: [{ code: 'pdf_marks', params: { comments: 2, marked: 2 } }],
    });
  });
});

describe('text that a damaged PDF may have lost', () => {
  it('in a missing font is read, but marked doubtful', async () => {
    expect(await read(fixture('missing-font.pdf'))).toMatchObject({
      text: 'Contract 7, tenant:\nHannah Lindqvist, rent 1200 EUR',
      notes: [{ code: 'letters_doubtful', params: {} }],
    });
  });

  it.each([
    ['in a font of an unknown kind', '<</Type/Font/Subtype/Type0/BaseFont/X>>'],
    [
      'in a font without its letters',
      '<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[99 0 R]/Encoding/Identity-H>>',
    ],
  ])('%s is damaged or doubtful, never silently lost', async (_, font) => {
    const page = onePagePdf(
      pdfStream('BT /F1 12 Tf 50 700 Td (Tenant:) Tj /F2 12 Tf 0 -20 Td (Hannah) Tj ET'),
      '/Font<</F1 5 0 R/F2 6 0 R>>',
      [helvetica, font],
    );
    const result = await readPdf(Buffer.from(page));
    const told = result.ok ? result.value.notes.map(({ code }) => code) : [result.error.code];
    expect(told.some((code) => code === 'letters_doubtful' || code === 'file_damaged')).toBe(true);
  });

  it.each([
    ['behind an unknown filter', pdfStream('BT /F1 12 Tf (x) Tj ET', '/Filter/MadeUpDecode')],
    ['in an unterminated string', pdfStream('BT /F1 12 Tf 50 700 Td (Tenant) Tj (Hannah Tj ET')],
    ['in a compressed part that is not compressed', pdfStream('no flate data at all', '/Filter/FlateDecode')],
  ])('%s makes the file damaged', async (_, content) => {
    expect(await codeOf(onePagePdf(content, '/Font<</F1 5 0 R>>', [helvetica]))).toBe('file_damaged');
  });

  it('in a missing part of the page makes the file damaged', async () => {
    const page = onePagePdf(
      pdfStream('BT /F1 12 Tf 50 700 Td (Tenant) Tj ET /Fm1 Do'),
      '/Font<</F1 5 0 R>>/XObject<</Fm1 6 0 R>>',
      [helvetica, '<</Type/XObject/Subtype/Form/BBox[0 0 10 10]>>'],
    );
    expect(await codeOf(page)).toBe('file_damaged');
  });

  it('names every damaged page, and no other', async () => {
    expect(await readPdf(pdfOfPages(['One', null, 'Three', null, 'Five']))).toMatchObject({
      ok: false,
      error: { code: 'file_damaged', params: { what: 'pdf_damaged_pages', damaged: [2, 4], pages: 5 } },
    });
  });

  it('is read without its damaged pages by choice, which says so in their place', async () => {
    const read = await readPdf(pdfOfPages(['One', null, 'Three']), { withoutPages: [2] });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const { text, places, notes, unread } = read.value;
    expect(text).toBe('One\n\n[Page 2 is damaged and missing here.]\n\nThree');
    expect(places.starts.map((start) => text.slice(start).trimStart().split('\n')[0])).toEqual([
      'One',
      '[Page 2 is damaged and missing here.]',
      'Three',
    ]);
    expect(notes).toEqual([{ code: 'pages_missing', params: { pages: [2], of: 3 } }]);
    expect(unread).toBeUndefined();
  });

  it.each([
    ['another page is damaged', ['One', null, null], [2]],
    ['no page is left', [null, null], [1, 2]],
  ])('is not read without pages if %s', async (_, lines, withoutPages) => {
    expect(await readPdf(pdfOfPages(lines), { withoutPages })).toMatchObject({
      ok: false,
      error: { code: 'file_damaged' },
    });
  });

  it('with a broken cross-reference table is reported as repaired', async () => {
    const whole = drawn('BT /F1 12 Tf 50 700 Td (Tenant) Tj ET').toString('latin1');
    const broken = Buffer.from(whole.replace(/startxref\n\d+/, 'startxref\n7'), 'latin1');
    expect(await read(broken)).toMatchObject({ text: 'Tenant', notes: [{ code: 'file_repaired', params: {} }] });
  });

  it('counts symbols of unknown fonts', async () => {
    const cmap = pdfStream(
      '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <f0c5> endbfchar endcmap end',
    );
    const page = onePagePdf(
      pdfStream('BT /F1 12 Tf 50 700 Td (First page of the contract ) Tj (A) Tj ET'),
      '/Font<</F1 5 0 R>>',
      [`${helvetica.slice(0, -2)}/ToUnicode 6 0 R>>`, cmap],
    );
    expect((await read(page)).notes).toEqual([{ code: 'signs_unknown', params: { count: 1 } }]);
  });

  it.each([
    ['Warning: getTextContent - ignoring XObject: "FormatError: x".', 'text_lost'],
    ['Warning: getContentStream - ignoring sub-stream (4 0 R): "x".', 'text_lost'],
    ['Info: Bad block header in flate stream', 'text_lost'],
    ['Warning: Type3 font resource "a" is not available.', null],
    [
      'Warning: getTextContent - ignoring ExtGState: "FormatError: GState should be a dictionary.".',
      'letters_doubtful',
    ],
    ['Warning: loadFont - translateFont failed: "FormatError: x".', 'text_lost'],
    ['Warning: readToUnicode - ignoring ToUnicode data: "x".', 'letters_doubtful'],
    ['Warning: Indexing all PDF objects', 'file_repaired'],
    ['Warning: Cannot fetch form information: "x".', 'form_not_read'],
    ['Warning: _parsedAnnotations: "x".', 'marks_not_read'],
    ['Warning: JpegImage.parse - unexpected data, current marker is: ffd8', null],
    ['Warning: TT: undefined function: 32', null],
    ['Info: Bad shading domain.', null],
  ])('is recognised from the complaint %j', (message, meaning) => {
    expect(complaintOf(message)).toBe(meaning);
  });
});
