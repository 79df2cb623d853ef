import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { onePagePdf, pdfStream } from './raw-pdf.ts';

const helvetica = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>';

async function textOf(...operators: readonly string[]): Promise<string> {
  const content = pdfStream(Buffer.from(operators.join('\n'), 'latin1'));
  const read = await readPdf(onePagePdf(content, '/Font<</F1 5 0 R>>', [helvetica]));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.text;
}

const text = (x: number, y: number, words: string) => `BT /F1 10 Tf ${x} ${y} Td (${words}) Tj ET`;

type Wall = (x: number, y: number, toX: number, toY: number) => string;
const stroked: Wall = (x, y, toX, toY) => `${x} ${y} m ${toX} ${toY} l S`;
/** As a thin area. */
const filled: Wall = (x, y, toX, toY) => `${x} ${y} ${toX - x || 0.5} ${toY - y || 0.5} re f`;

const [xs, ys] = [
  [50, 150, 350, 420],
  [700, 680, 640, 620],
];

/** A grid of lines around three columns and three rows. */
function grid(wall: Wall): readonly string[] {
  const [left = 0, , , right = 0] = xs;
  const [top = 0, , , bottom = 0] = ys;
  return [...ys.map((y) => wall(left, y, right, y)), ...xs.map((x) => wall(x, bottom, x, top))];
}

const cells = [
  text(54, 686, 'Item'),
  text(154, 686, 'What it is'),
  text(354, 686, 'Price'),
  text(54, 666, 'Oak table'),
  text(154, 666, 'A table that six people can'),
  text(154, 652, 'sit at'),
  text(354, 666, '480.00'),
  text(54, 626, 'Chair'),
  text(354, 626, '96.50'),
];

const asTable = 'Item | What it is | Price\nOak table | A table that six people can sit at | 480.00\nChair |  | 96.50';

describe('a table with lines around its cells', () => {
  it.each<[string, Wall]>([
    ['drawn', stroked],
    ['as thin areas', filled],
  ])('%s is read by its rows, whatever the lines of a cell', async (_, wall) => {
    expect(await textOf(...grid(wall), ...cells)).toBe(asTable);
  });

  it('of boxes around each cell is, too', async () => {
    const boxes = [0, 1, 2].flatMap((row) =>
      [0, 1, 2].map((column) => {
        const [x = 0, right = 0, y = 0, bottom = 0] = [xs[column], xs[column + 1], ys[row], ys[row + 1]];
        return `${x} ${bottom} ${right - x} ${y - bottom} re S`;
      }),
    );
    expect(await textOf(...boxes, ...cells)).toBe(asTable);
  });

  it('may have no lines around it', async () => {
    const [, top = 0, bottom = 0] = ys;
    const [left = 0, , , right = 0] = xs;
    const inner = [top, bottom]
      .map((y) => stroked(left, y, right, y))
      .concat(xs.slice(1, -1).map((x) => stroked(x, 620, x, 700)));
    expect(await textOf(...inner, ...cells)).toBe(asTable);
  });

  it('may have lines that reach farther than its cells', async () => {
    const reaching = ys.map((y) => stroked(20, y, 460, y)).concat(xs.slice(1, -1).map((x) => stroked(x, 620, x, 700)));
    expect(await textOf(...reaching, ...[50, 420].map((x) => stroked(x, 620, x, 700)), ...cells)).toBe(asTable);
  });

  it('may have cells over several rows: their words are in the first', async () => {
    const [left = 0, second = 0, , right = 0] = xs;
    const walls = [
      ...ys.map((y, at) => stroked(at === 2 ? second : left, y, right, y)),
      ...xs.map((x) => stroked(x, 620, x, 700)),
    ];
    const merged = cells.filter((cell) => !cell.includes('Oak table') && !cell.includes('Chair'));
    expect(await textOf(...walls, text(54, 645, 'Seats'), text(154, 626, 'One'), ...merged)).toBe(
      'Item | What it is | Price\nSeats | A table that six people can sit at | 480.00\n| One | 96.50',
    );
  });

  it('may have lines to write on in a cell: what goes on below one is no row', async () => {
    const [left = 0, second = 0, third = 0, right = 0] = xs;
    const walls = [
      ...[ys[0], ys[1], ys[3]].map((y = 0) => stroked(left, y, right, y)),
      stroked(second, 640, third, 640),
      ...xs.map((x) => stroked(x, 620, x, 700)),
    ];
    const head = [text(54, 686, 'Item'), text(154, 686, 'What it is'), text(354, 686, 'Price')];
    const row = [
      text(54, 666, 'Table'),
      text(154, 646, 'A long table of oak where twelve people all'),
      text(354, 666, '480'),
    ];
    expect(await textOf(...walls, ...head, ...row, text(154, 626, 'can sit at'))).toBe(
      'Item | What it is | Price\nTable | A long table of oak where twelve people all can sit at | 480',
    );
    expect(await textOf(...walls, ...head, ...row, text(154, 626, 'Bench'))).toBe(
      'Item | What it is | Price\nTable | A long table of oak where twelve people all | 480\n| Bench |',
    );
  });

  it('is none if its rows go on beside it', async () => {
    const names = ['Kitchen', 'Hall'].map((name, row) => `BT /F1 10 Tf 10 ${666 - row * 40} Td (${name}) Tj`);
    const rows = names.map((name, row) => `${name} ${44} 0 Td (${row === 0 ? 'Oak' : 'Chair'}) Tj ET`);
    const read = await textOf(...grid(stroked), text(54, 686, 'Item'), text(154, 686, 'Price'), ...rows);
    expect(read).toMatch(/Kitchen\W+Oak/);
  });

  it('may be drawn column by column', async () => {
    const byColumn = [0, 3, 7, 1, 4, 5, 2, 6, 8].map((at) => cells[at] ?? '');
    expect(await textOf(...byColumn, ...grid(stroked))).toBe(asTable);
  });

  it('stands between the paragraphs around it', async () => {
    const all = [text(50, 720, 'We offer:'), ...cells, text(50, 600, 'Yours'), ...grid(stroked)];
    expect(await textOf(...all)).toBe(`We offer:\n\n${asTable}\n\nYours`);
  });
});

describe('no tables are', () => {
  it('columns of text with a line between them', async () => {
    const lines = Array.from({ length: 20 }, (_, row) => [
      text(54, 690 - row * 12, `Left line ${row} of the text`),
      text(254, 690 - row * 12, `Right line ${row} of the text`),
    ]).flat();
    const walls = [50, 250, 450]
      .map((x) => stroked(x, 400, x, 720))
      .concat([720, 705, 400].map((y) => stroked(50, y, 450, y)));
    const read = await textOf(...walls, ...lines);
    expect(read.split('\n').length).toBeGreaterThan(15);
  });

  it('a frame around a page', async () => {
    expect(await textOf('40 40 500 760 re S', text(50, 700, 'One'), text(50, 686, 'Two'))).toBe('One\nTwo');
  });

  it('the axes and grid of a chart', async () => {
    const lines = [0, 1, 2, 3, 4].flatMap((at) => [
      stroked(100 + at * 50, 400, 100 + at * 50, 600),
      stroked(100, 400 + at * 50, 300, 400 + at * 50),
    ]);
    const labels = [0, 1, 2, 3, 4].map((at) => text(80, 398 + at * 50, `${at}0`));
    expect(await textOf(...lines, ...labels, text(150, 380, 'Rent by year'))).not.toContain('|');
  });

  it('drawings of more lines than a table has', async () => {
    const hatching = Array.from({ length: 5_000 }, (_, at) => stroked(50, 300 + at * 0.05, 400, 300 + at * 0.05));
    expect(await textOf(...hatching, ...grid(stroked), ...cells)).not.toBe(asTable);
  });
});
