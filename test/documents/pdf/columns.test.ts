import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { drawnPages, mappedPdf, type PlacedText } from './raw-pdf.ts';
import { leftLines, rightLines } from './two-columns.ts';

async function textOf(...texts: readonly PlacedText[]): Promise<string> {
  const read = await readPdf(drawnPages([texts]));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.text;
}

const at = (x: number) => (text: string, row: number) => ({ x, y: 700 - row * 14, text, size: 11 });
const [left, right] = [leftLines.map(at(50)), rightLines.map(at(310))];
/** Line by line from the left to the right, over both columns. */
const across = (first: readonly PlacedText[], second: readonly PlacedText[]) =>
  first.flatMap((line, row) => [line, ...second.slice(row, row + 1)]);

describe('two columns of text', () => {
  const inOrder = [...leftLines, ...rightLines].join('\n');

  it('that are drawn across are read one after the other', async () => {
    expect(await textOf(...across(left, right))).toBe(inOrder);
  });

  it('whose lines are a little apart in height are, too', async () => {
    expect(
      await textOf(
        ...across(
          left,
          right.map((line) => ({ ...line, y: line.y - 5 })),
        ),
      ),
    ).toBe(inOrder);
  });

  it('that are drawn in order stay as they are', async () => {
    expect(await textOf(...left, ...right)).toBe(inOrder);
  });

  it('keep what stands over both of them and below', async () => {
    const title = {
      x: 50,
      y: 760,
      text: 'On the duties of tenants, and what the law says of the end of a lease',
      size: 11,
    };
    const end = { ...title, y: 540, text: 'Signed in Utrecht by both parties on the last day of the month of March' };
    expect(await textOf(title, ...across(left, right), end)).toBe(`${title.text}\n\n${inOrder}\n\n${end.text}`);
  });

  it('are read from the right in scripts that are', async () => {
    const hebrew = Object.fromEntries(
      Array.from('abcdefghijklmnopqrstuvwxyz', (letter, place) => [letter, String.fromCodePoint(0x5d0 + place)]),
    );
    const lines = across(left, right).map(({ x, y, text }) => `1 0 0 1 ${x} ${y} Tm (${text.toLowerCase()}) Tj`);
    const read = await readPdf(mappedPdf(`BT /F1 11 Tf ${lines.join('\n')} ET`, hebrew));
    const written = (text: string) => [...text.toLowerCase()].map((letter) => hebrew[letter] ?? letter).sort();
    expect(read.ok && [...(read.value.text.split('\n')[0] ?? '')].sort()).toEqual(written(rightLines[0] ?? ''));
  });

  it.each([3, 5, 7])('are, too, if they are only %i lines high', async (lines) => {
    expect(await textOf(...across(left.slice(0, lines), right.slice(0, lines)))).toBe(
      [...leftLines.slice(0, lines), ...rightLines.slice(0, lines)].join('\n'),
    );
  });

  it('may be a few lines high and not end at the same line', async () => {
    expect(await textOf(...across(left.slice(0, 5), right.slice(0, 4)))).toBe(
      [...leftLines.slice(0, 5), ...rightLines.slice(0, 4)].join('\n'),
    );
  });

  it('may be three', async () => {
    const thirds = [leftLines, rightLines, leftLines].map((lines, column) =>
      lines.map((text, row) => ({ x: 40 + column * 180, y: 700 - row * 14, text, size: 8 })),
    );
    const drawn = leftLines.flatMap((_, row) => thirds.flatMap((lines) => lines.slice(row, row + 1)));
    expect(await textOf(...drawn)).toBe([...leftLines, ...rightLines, ...leftLines].join('\n'));
  });
});

describe('no columns of text are', () => {
  it('those of a table', async () => {
    const amounts = leftLines.map((_, row) => ({ x: 400, y: 700 - row * 14, text: `${row + 1}80.00`, size: 11 }));
    expect(await textOf(...across(left, amounts))).toBe(
      leftLines.map((text, row) => `${text} | ${row + 1}80.00`).join('\n'),
    );
  });

  it('fields of a form and what is filled in', async () => {
    const names = ['Name', 'Street', 'Place', 'Born on', 'Married', 'Children', 'Work', 'Since', 'Wage'].map(at(50));
    const lines = await textOf(...across(names, right));
    expect(lines.split('\n')[0]).toBe('Name | Whoever gives notice does so by letter');
  });

  it('those of a table whose cells all begin with small letters', async () => {
    const rows = ['open (name)', 'close (file)', 'list files', 'read a line', 'write a line'];
    const meanings = ['open the file of this name', 'close it', 'print all names', 'read up to its end', 'add one'];
    expect(await textOf(...across(rows.map(at(50)), meanings.map(at(310))))).toBe(
      rows.map((text, row) => `${text} | ${meanings[row]}`).join('\n'),
    );
  });

  it('passages that stand side by side because they belong together', async () => {
    const apart = (text: string, row: number) => ({
      ...at(0)(text, row),
      y: 700 - row * 14 - Math.floor(row / 3) * 12,
    });
    const [one, other] = [leftLines, rightLines].map((lines, column) =>
      lines.slice(0, 6).map((text, row) => ({ ...apart(text, row), x: 50 + column * 260 })),
    );
    const passage = (lines: readonly string[], from: number) => lines.slice(from, from + 3).join(' ');
    expect(await textOf(...across(one ?? [], other ?? []))).toBe(
      [0, 3].map((from) => `${passage(leftLines, from)} | ${passage(rightLines, from)}`).join('\n'),
    );
  });
});
