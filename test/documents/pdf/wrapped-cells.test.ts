import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { drawnPages, type PlacedText } from './raw-pdf.ts';

/** Tables without lines around their cells, in shapes that public reports name: camelot#143, pdfplumber#19, #488, docling#3153, tabula#830. */

async function textOf(...texts: readonly PlacedText[]): Promise<string> {
  const read = await readPdf(drawnPages([texts]));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.text;
}

/** Lines of cells at distances from the left, 14 points below each other in 11 points; an empty text draws nothing. */
function lines(xs: readonly number[], cells: readonly (readonly string[])[], top = 700): readonly PlacedText[] {
  return cells.flatMap((line, row) =>
    line.flatMap((text, at) => (text === '' ? [] : [{ x: xs[at] ?? 0, y: top - row * 14, text, size: 11 }])),
  );
}

const xs = [50, 120, 350, 450];

describe('the second line of a cell', () => {
  it('is of its row', async () => {
    const table = lines(xs, [
      ['Item', 'What it is', 'Pieces', 'Price'],
      ['A1', 'A table that six people can sit', '2', '480.00'],
      ['', 'at, made of oak'],
      ['A2', 'Chair', '12', '96.50'],
      ['A3', 'A bed that is wide enough for', '1', '350.00'],
      ['', 'two people'],
    ]);
    expect(await textOf(...table)).toBe(
      'Item | What it is | Pieces | Price\n' +
        'A1 | A table that six people can sit at, made of oak | 2 | 480.00\n' +
        'A2 | Chair | 12 | 96.50\n' +
        'A3 | A bed that is wide enough for two people | 1 | 350.00',
    );
  });

  it('may be in the first column', async () => {
    const table = lines(
      [50, 250, 350],
      [
        ['Item', 'Pieces', 'Price'],
        ['Oak table for', '2', '480.00'],
        ['six people'],
        ['Chair', '12', '96.50'],
        ['Bed', '1', '350.00'],
      ],
    );
    expect(await textOf(...table)).toContain('\nOak table for six people | 2 | 480.00\n');
  });

  it('is known by the room between rows, also where the other cells are in the middle', async () => {
    const rows = [
      ['Oak table', 'A table that', 'six people can', 'sit at', '480.00'],
      ['Office', 'A chair that', 'one can turn', 'on', '96.50'],
      ['Guest', 'A bed that', 'Two people can', 'lie in', '350.00'],
    ];
    const table = rows.flatMap(([name = '', first = '', second = '', third = '', price = ''], at) =>
      lines(
        [50, 150, 300],
        [
          ['', first],
          [name, second, price],
          ['', third],
        ],
        700 - at * 54,
      ),
    );
    expect(await textOf(...table)).toBe(
      rows.map(([name, one, two, three, price]) => `${name} | ${one} ${two} ${three} | ${price}`).join('\n'),
    );
  });

  it('goes on with a word that was split', async () => {
    const table = lines(
      [50, 180],
      [
        ['Landlord', 'Whoever owns the house and is a land-'],
        ['', 'lord by law'],
        ['Tenant', 'Whoever lives in it, but no landlord'],
        ['Rent', 'What the tenant pays for it'],
      ],
    );
    expect(await textOf(...table)).toContain('Landlord | Whoever owns the house and is a landlord by law\n');
  });

  it('is found where a word processor draws each cell with all of its lines', async () => {
    const row = (top: number, name: string, what: readonly string[], price: string) => [
      ...lines([50], [[name]], top),
      ...lines(
        [150],
        what.map((text) => [text]),
        top,
      ),
      ...lines([350], [[price]], top),
    ];
    const table = [
      ...row(700, 'Oak table', ['A table that six people', 'can sit at'], '480.00'),
      ...row(672, 'Chair', ['A chair'], '96.50'),
      ...row(658, 'Bed', ['A bed that is wide and', 'that two can lie in'], '350.00'),
    ];
    expect(await textOf(...table)).toBe(
      'Oak table | A table that six people can sit at | 480.00\n' +
        'Chair | A chair | 96.50\n' +
        'Bed | A bed that is wide and that two can lie in | 350.00',
    );
  });
});

describe('a table', () => {
  it('may have empty cells', async () => {
    const table = lines(
      [50, 150, 220, 290],
      [
        ['Item', 'Pieces', 'Discount', 'Price'],
        ['Chair', '2', '', '480.00'],
        ['Oak table', '1', '5 %', '96.50'],
        ['Bed', '7', '', '12.00'],
        ['Lamp', '3', '1 %', '5.00'],
      ],
    );
    expect(await textOf(...table)).toBe(
      'Item | Pieces | Discount | Price\nChair | 2 |  | 480.00\nOak table | 1 | 5 % | 96.50\nBed | 7 |  | 12.00\nLamp | 3 | 1 % | 5.00',
    );
  });

  it('may have a head of two lines (opendataloader-pdf#463)', async () => {
    const table = lines(
      [50, 200, 300],
      [
        ['', '31st March', '31st March'],
        ['Particulars', '2025', '2024'],
        ['Revenue', '500', '400'],
        ['Other income', '30', '20'],
        ['Total', '530', '420'],
      ],
    );
    expect(await textOf(...table)).toBe(
      '| 31st March | 31st March\nParticulars | 2025 | 2024\nRevenue | 500 | 400\nOther income | 30 | 20\nTotal | 530 | 420',
    );
  });

  it('may have the names of groups of rows (pdf_oxide#1541)', async () => {
    const table = lines(
      [50, 150, 220],
      [['Thailand', '5490', '150'], ['Vietnam', '5520', '30'], ['Oceania'], ['Fiji', '1', '2'], ['Tonga', '9', '8']],
    );
    expect(await textOf(...table)).toBe(
      'Thailand | 5490 | 150\nVietnam | 5520 | 30\nOceania\nFiji | 1 | 2\nTonga | 9 | 8',
    );
  });

  it('has no room for the text below it, nor for a heading between two (pymupdf4llm#156)', async () => {
    const rows = [
      ['Head', '50', '20'],
      ['Body', '100', '40'],
      ['Arm', '10', '5'],
    ];
    const text = await textOf(
      ...lines([50, 150, 220], rows),
      { x: 50, y: 630, text: 'Children', size: 16 },
      ...lines([50, 150, 220], rows, 600),
      { x: 50, y: 540, text: 'to be taken with water', size: 11 },
    );
    const table = rows.map((row) => row.join(' | ')).join('\n');
    expect(text).toBe(`${table}\n\n# Children\n\n${table}\n\nto be taken with water`);
  });
});

describe('no tables are', () => {
  it('two blocks of text side by side, one drawn after the other', async () => {
    const [from, to] = [
      ['Lind GmbH', 'Oudegracht 5', '3511 Utrecht'],
      ['Ada Maas', 'Neude 11', '3512 Utrecht'],
    ];
    const blocks = [from, to].flatMap((block, at) => lines([50 + at * 260], block?.map((text) => [text]) ?? []));
    expect(await textOf(...blocks)).toBe([...(from ?? []), ...(to ?? [])].join('\n'));
  });

  it.each<[string, number, readonly (readonly string[])[]]>([
    [
      'numbers and what they number (all2md#503)',
      90,
      [
        ['1.', 'The rent'],
        ['2.', 'The heating'],
        ['3.', 'The garage'],
      ],
    ],
    [
      'letters and what they number',
      90,
      [
        ['(a)', 'The rent'],
        ['(b)', 'The heating'],
        ['(c)', 'The garage'],
      ],
    ],
    [
      'clauses',
      100,
      [
        ['1.1', 'The rent'],
        ['1.2', 'The heating'],
        ['1.3', 'The garage'],
      ],
    ],
    [
      'parts of a specification (markitdown#1525)',
      90,
      [
        ['.1', 'The rent'],
        ['.2', 'The heating'],
        ['.3', 'The garage'],
      ],
    ],
    [
      'works that are cited',
      110,
      [
        ['[Ear88]', 'The rent'],
        ['[12]', 'The heating'],
        ['[Kn97a]', 'The garage'],
      ],
    ],
    [
      'lines of a program and what is said of them',
      250,
      [
        ['plot sin', '# a wave'],
        ['plot tan', '# another'],
        ['quit', '# the end'],
      ],
    ],
    [
      'rules of a grammar',
      110,
      [
        ['digit', '::= 0 to 9'],
        ['letter', '::= a to z'],
        ['name', '::= letter'],
      ],
    ],
    [
      'lines of a text that have numbers (courtlistener#7722, pdf2docx#351)',
      90,
      [
        ['5', 'The tenant pays the rent on the first working day of'],
        ['6', 'each month, to the one account that the landlord'],
        ['7', 'names, and tells the landlord of all damages to it.'],
      ],
    ],
  ])('%s', async (_, x, rows) => {
    expect(await textOf(...lines([60, x], rows))).toBe(rows.map((row) => row.join(' ')).join('\n'));
  });
});
