import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { mappedPdf } from './raw-pdf.ts';

/** Lines of words at distances from the left, in 12 points; a letter of Helvetica is about half as wide. */
async function textOf(...lines: readonly (readonly (readonly [x: number, text: string])[])[]): Promise<string> {
  const drawn = lines.flatMap((line, row) => line.map(([x, text]) => `1 0 0 1 ${x} ${700 - row * 14} Tm (${text}) Tj`));
  const read = await readPdf(mappedPdf(`BT /F1 12 Tf ${drawn.join(' ')} ET`, { '\x01': '\u0001' }));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.text;
}

describe('a table', () => {
  it('has a line for each row and bars between its cells', async () => {
    expect(
      await textOf(
        [
          [50, 'Item'],
          [200, 'Pieces'],
          [300, 'Price'],
        ],
        [
          [50, 'Oak table'],
          [200, '2'],
          [300, '480.00'],
        ],
        [
          [50, 'Chair'],
          [200, '12'],
          [300, '96.50'],
        ],
        [[50, 'All of it is delivered by the end of March, as agreed.']],
      ),
    ).toBe(
      'Item | Pieces | Price\nOak table | 2 | 480.00\nChair | 12 | 96.50\nAll of it is delivered by the end of March, as agreed.',
    );
  });

  it('may have numbers in line on the right', async () => {
    // Each digit is 6.67 points wide.
    expect(
      await textOf(
        [
          [50, 'Rent'],
          [286.7, '1200'],
        ],
        [
          [50, 'Heating and water'],
          [300, '90'],
        ],
        [
          [50, 'Garage'],
          [306.7, '7'],
        ],
      ),
    ).toBe('Rent | 1200\nHeating and water | 90\nGarage | 7');
  });
});

describe('lines with gaps', () => {
  it('are no table if they are two', async () => {
    expect(
      await textOf(
        [
          [50, 'M. Lind'],
          [300, 'Utrecht'],
        ],
        [
          [50, 'Law office'],
          [300, '12 March'],
        ],
      ),
    ).toBe('M. Lind Utrecht\nLaw office 12 March');
  });

  it('are no table if nothing is in line', async () => {
    expect(
      await textOf(
        [
          [50, 'One'],
          [120, 'two'],
        ],
        [
          [90, 'three'],
          [200, 'four'],
        ],
        [
          [150, 'five'],
          [300, 'six'],
        ],
      ),
    ).toBe('One two\nthree four\nfive six');
  });

  it.each<[string, readonly (readonly [string, string])[]]>([
    [
      'a table of contents',
      [
        ['Rent', '3'],
        ['Costs', '3'],
        ['Duties of the tenant', '12'],
        ['Notice', '17'],
      ],
    ],
    [
      'one with dots',
      [
        ['Rent . . . . . .', '9'],
        ['Costs . . . . . .', '3'],
        ['Notice . . . . . .', '17'],
      ],
    ],
    [
      'a program',
      [
        ['title', '= Lease,'],
        ['year', '= 2026,'],
        ['place', '= Utrecht'],
      ],
    ],
  ])('are no table if they are %s', async (_, rows) => {
    const text = await textOf(
      ...rows.map(
        ([left, right]) =>
          [
            [50, left],
            [300, right],
          ] as const,
      ),
    );
    expect(text).toBe(rows.map((row) => row.join(' ')).join('\n'));
  });

  it('are a table if their numbers do not count up', async () => {
    const text = await textOf(
      [
        [50, 'Rent'],
        [300, '120'],
      ],
      [
        [50, 'Garage'],
        [300, '70'],
      ],
      [
        [50, 'Garden'],
        [300, '90'],
      ],
    );
    expect(text).toBe('Rent | 120\nGarage | 70\nGarden | 90');
  });
});

describe('a table on a page that is read from the right', () => {
  const letters = { '\xe0': 'א', '\xe1': 'ב', '\xe2': 'ג', '\xe3': 'ד' };
  /** Ends of words from the right of the page; their letters are drawn from the left. */
  type Words = readonly (readonly [fromRight: number, text: string])[];
  const hebrew = (...lines: readonly Words[]) => hebrewOf('', lines);
  const hebrewOf = async (rules: string, lines: readonly Words[]) => {
    const drawn = lines.flatMap((line, row) =>
      line.map(
        ([fromRight, text]) => `1 0 0 1 ${545 - fromRight - text.length * 6.67} ${700 - row * 14} Tm (${text}) Tj`,
      ),
    );
    const read = await readPdf(
      mappedPdf(`${rules} BT /F1 12 Tf ${drawn.join(' ')} ET`, { '\x01': '\u0001', ...letters }),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    return read.value.text;
  };

  it('has the cells of its rows from the right, also of rows without a letter of that script', async () => {
    const rows = [
      [
        [0, '\xe0\xe1\xe2'],
        [150, '\xe3\xe2'],
        [300, '\xe1\xe0\xe3'],
      ],
      [
        [0, '\xe2\xe2\xe3'],
        [150, '12'],
        [300, '480.00'],
      ],
      [
        [0, '2026'],
        [150, '7'],
        [300, '96.50'],
      ],
      [
        [0, 'Oak'],
        [150, '5'],
        [300, '120.00'],
      ],
    ] as const;
    const table = 'גבא | גד | דאב\nדגג | 12 | 480.00\n2026 | 7 | 96.50\nOak | 5 | 120.00';
    const text = '\xe0\xe1 \xe2\xe3 \xe0\xe1 \xe2\xe3 \xe0\xe1\xe2';
    expect(await hebrew(...rows, [[0, text]])).toBe(`${table}\nגבא דג בא דג בא`);
    // Drawn from the left.
    expect(await hebrew(...rows.map((row) => row.toReversed()), [[0, text]])).toBe(`${table}\nגבא דג בא דג בא`);
  });

  it('is none of lines in Latin letters alone, where there are others on the page', async () => {
    const latin = [0, 1, 2].map(
      (row): Words => [
        [380, 'command'],
        [200, `explained by words ${row}`],
      ],
    );
    const text = '\xe0\xe1 \xe2\xe3 \xe0\xe1 \xe2\xe3 \xe0\xe1\xe2'.repeat(3);
    const read = await hebrew(...latin, ...[0, 1, 2].map((): Words => [[0, text]]));
    expect(read).toContain('command | explained by words 0\ncommand | explained by words 1');
  });

  it('has them from the right where lines are drawn around its cells, too', async () => {
    const level = [714, 696, 682].map((y) => `100 ${y} m 550 ${y} l S`);
    const upright = [100, 400, 550].map((x) => `${x} 682 m ${x} 714 l S`);
    const rows: readonly Words[] = [
      [
        [0, '\xe0\xe1'],
        [160, '\xe3\xe2'],
      ],
      [
        [0, '\xe2\xe3'],
        [160, '480.00'],
      ],
    ];
    expect(await hebrewOf([...level, ...upright].join(' '), rows)).toBe('בא | גד\nדג | 480.00');
  });
});
