import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { drawnPages, type PlacedText } from './raw-pdf.ts';

async function textsOf(pages: readonly (readonly PlacedText[])[]): Promise<readonly string[]> {
  const read = await readPdf(drawnPages(pages));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { text, places } = read.value;
  return places.starts.map((start, at) => text.slice(start, places.starts[at + 1]).trim());
}

/** A page of four lines of its own, below or above which others stand. */
function page(number: number, ...others: readonly PlacedText[]): readonly PlacedText[] {
  const body = [1, 2, 3, 4].map((line) => ({
    x: 50,
    y: 700 - 14 * line,
    text: `Clause ${number}.${line} binds the parties, whoever they may be.`,
  }));
  return [...body, ...others];
}

const bodyOf = (number: number) =>
  [1, 2, 3, 4].map((line) => `Clause ${number}.${line} binds the parties, whoever they may be.`).join('\n');

const head = (text: string, x = 50): PlacedText => ({ x, y: 800, text, size: 10 });
const foot = (text: string, x = 280): PlacedText => ({ x, y: 30, text, size: 10 });

/** Four pages with what is given for each number. */
const pages = (others: (number: number) => readonly PlacedText[], count = 4) =>
  Array.from({ length: count }, (_, at) => page(at + 1, ...others(at + 1)));

describe('running heads, feet and page numbers', () => {
  it('stand on their first page alone, and are marked', async () => {
    expect(await textsOf(pages((number) => [head('Lease of a flat'), foot(`- ${number} -`)]))).toEqual([
      `[Header] Lease of a flat\n\n${bodyOf(1)}\n\n[Page number] - 1 -`,
      bodyOf(2),
      bodyOf(3),
      bodyOf(4),
    ]);
  });

  it('may alternate from left to right pages', async () => {
    const texts = await textsOf(
      pages((number) => {
        const isLeft = number % 2 === 0;
        return [
          head(isLeft ? 'Lind GmbH' : 'Lease of a flat', isLeft ? 50 : 400),
          foot(String(number), isLeft ? 50 : 500),
        ];
      }, 8),
    );
    expect(texts[0]).toBe(`[Header] Lease of a flat\n\n${bodyOf(1)}\n\n[Page number] 1`);
    expect(texts[1]).toBe(`[Header] Lind GmbH\n\n${bodyOf(2)}`);
    expect(texts.slice(2)).toEqual([3, 4, 5, 6, 7, 8].map(bodyOf));
  });

  it('may change with the chapter, and count in Roman first', async () => {
    const texts = await textsOf(
      pages(
        (number) => [
          head(number <= 4 ? 'Preface of the editor' : 'Duties of the tenant'),
          foot(number <= 4 ? (['i', 'ii', 'iii', 'iv'][number - 1] ?? '') : `Page ${number - 4} of 4`),
        ],
        8,
      ),
    );
    expect(texts.join('\n').match(/^\[.*$/gm)).toEqual([
      '[Header] Preface of the editor',
      '[Page number] i',
      '[Header] Duties of the tenant',
    ]);
    expect(texts[7]).toBe(bodyOf(8));
  });

  it('may have the number among their words', async () => {
    const texts = await textsOf(pages((number) => [foot(`Lind GmbH, Utrecht 2026, sheet ${number} of 4`, 50)]));
    expect(texts[0]).toBe(`${bodyOf(1)}\n\n[Footer] Lind GmbH, Utrecht 2026, sheet 1 of 4`);
    expect(texts.slice(1)).toEqual([2, 3, 4].map(bodyOf));
  });
});

describe('a note on a document', () => {
  it('says how many running lines of how many pages were left out', async () => {
    const read = await readPdf(
      drawnPages(pages((number) => [head('Lease of a flat'), ...(number === 3 ? [] : [foot(String(number))])])),
    );
    expect(read.ok && read.value.notes).toEqual([
      { code: 'running_lines_left_out', params: { lines: 5, pages: 3, of: 4 } },
    ]);
  });

  it('says nothing where none were', async () => {
    const read = await readPdf(drawnPages(pages((number) => [foot(`Balance carried over ${number * number * 17}`)])));
    expect(read.ok && read.value.notes).toEqual([]);
  });
});

describe('lines at the edge of pages that are kept on each', () => {
  it.each<[string, (number: number) => readonly PlacedText[]]>([
    ['numbers that count no pages', (number) => [foot(`Balance carried over ${number * number * 17}`)]],
    ['captions of figures', (number) => [foot(`Figure ${number}`)]],
    ['stamps that pages are cited by', (number) => [foot(`LIND00${4710 + number}`)]],
    ['numbers of chapters in large print (markit#16)', (number) => [{ ...head(String(number)), size: 30 }]],
    ['numbers of years', (number) => [foot(['1998', '2004', '2011', '2026'][number - 1] ?? '')]],
    ['the end of a word', () => [{ x: 50, y: 60, text: 'Print these docu-', size: 24 }, foot('ments')]],
    ['single letters', () => [foot('y')]],
    ['titles of slides', () => [{ x: 50, y: 800, text: 'Results of the year', size: 24 }]],
    ['the last line of a paragraph', () => [{ x: 50, y: 630, text: 'whoever they are.' }]],
    ['lines at other places', (number) => [{ x: 50, y: 800 - 20 * number, text: 'Signed in Utrecht', size: 10 }]],
    ['lines on every fourth page', (number) => (number % 4 === 1 ? [head('Lease of a flat')] : [])],
  ])('%s', async (_, others) => {
    const texts = await textsOf(pages(others, 4));
    const expected = pages(others, 4).map((lines) => lines.length);
    expect(texts.map((text) => text.split('\n').filter((line) => line !== '').length)).toEqual(expected);
    expect(texts.join('\n')).not.toMatch(/^\[/m);
  });

  it('numbers of entries, where that of the page is at its foot (markit#16)', async () => {
    const texts = await textsOf(pages((number) => [head(String(100 + number)), foot(String(number))]));
    expect(texts).toEqual([
      `${bodyOf(1)}\n101\n\n[Page number] 1`,
      ...[2, 3, 4].map((number) => `${bodyOf(number)}\n${100 + number}`),
    ]);
  });

  it('what most pages have no other words than', async () => {
    const titles = Array.from({ length: 6 }, (_, at) => [head('Lease of a flat'), ...(at === 3 ? page(4) : [])]);
    expect((await textsOf(titles)).filter((text) => text.startsWith('Lease of a flat'))).toHaveLength(6);
  });

  it('all lines of two pages', async () => {
    const texts = await textsOf(pages((number) => [head('Lease of a flat'), foot(String(number))], 2));
    expect(texts.map((text) => text.includes('Lease of a flat'))).toEqual([true, true]);
  });

  it('the head of a table that goes on', async () => {
    const row = (y: number, cells: readonly string[]) => cells.map((text, at) => ({ x: 50 + at * 150, y, text }));
    const table = (number: number) => [
      ...row(790, ['Item', 'Pieces', 'Price']),
      ...[1, 2, 3, 4, 5].flatMap((line) =>
        row(780 - line * 20, [`Chair ${number}${line}`, String(line + number), '96.50']),
      ),
    ];
    const texts = await textsOf([1, 2, 3, 4].map((number) => [...table(number), foot(String(number))]));
    expect(texts.map((text) => text.split('\n')[0])).toEqual(Array.from({ length: 4 }, () => 'Item | Pieces | Price'));
  });
});
