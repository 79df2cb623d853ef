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
