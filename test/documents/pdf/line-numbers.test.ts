import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { drawnPages, type PlacedText } from './raw-pdf.ts';

async function read(pages: readonly (readonly PlacedText[])[]) {
  const found = await readPdf(drawnPages(pages));
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  const { text, notes } = found.value;
  return { text, notes: notes.map(({ code, params }) => ({ code, params })) };
}

const WORDS = 'The plaintiff says that the defendant has not paid the rent of the flat since'.split(' ');
/** A line of text that goes on in the next one. */
const lineOf = (at: number) =>
  WORDS.map((_, word) => WORDS[(word + at * 5) % WORDS.length])
    .join(' ')
    .slice(0, 60)
    .trim();
const top = 760;
const text = (count: number, from = 0, gap = 20): readonly PlacedText[] =>
  Array.from({ length: count }, (_, at) => ({ x: 90, y: top - at * gap, text: lineOf(from + at) }));
const numbers = (count: number, first = 1, { x = 50, gap = 20, step = 1 } = {}): readonly PlacedText[] =>
  Array.from({ length: count }, (_, at) => ({ x, y: top - at * gap * step, text: String(first + at * step) }));
const plain = (...lines: readonly (readonly PlacedText[])[]) =>
  lines.map((page) => page.map((line) => line.text).join('\n')).join('\n\n');
const leftOut = (pages: number, of: number) => [{ code: 'line_numbers_left_out', params: { pages, of } }];

describe('numbers of lines in the margin of a PDF', () => {
  it('are left out and noted where they begin anew on each page, as on pleading paper, drawn before the text', async () => {
    const pages = [text(24), text(20, 24), text(22, 44)];
    expect(await read(pages.map((page) => [...numbers(28), ...page]))).toEqual({
      text: plain(...pages),
      notes: leftOut(3, 3),
    });
  });

  it('are where they are not at the height of the lines', async () => {
    const pages = [text(40, 0, 13), text(40, 40, 13)];
    expect(await read(pages.map((page) => [...numbers(28, 1, { gap: 24 }), ...page]))).toEqual({
      text: plain(...pages),
      notes: leftOut(2, 2),
    });
  });

  it('are where they count on from page to page, line by line, also on a short last page', async () => {
    const pages = [text(30), text(30, 30), text(4, 60)];
    const across = pages.map((page, at) => {
      const own = numbers(page.length, 1 + at * 30);
      return page.flatMap((line, index) => [own[index], line].filter((part) => part !== undefined));
    });
    expect(await read(across)).toEqual({ text: plain(...pages), notes: leftOut(3, 3) });
  });

  it('are at the right, and where only every fifth line has one', async () => {
    const pages = [text(30), text(30, 30)];
    const numbered = pages.map((page, at) => [...page, ...numbers(6, 5 + at * 30, { x: 540, step: 5 })]);
    expect(await read(numbered)).toEqual({ text: plain(...pages), notes: leftOut(2, 2) });
  });

  it.each<[string, readonly (readonly PlacedText[])[]]>([
    ['on a single page', [[...numbers(28), ...text(28)]]],
    [
      'of the rows of a table',
      [0, 1].map((page) =>
        Array.from({ length: 20 }, (_, at): readonly PlacedText[] => {
          const y = top - at * 20;
          return [
            { x: 50, y, text: String(page * 20 + at + 1) },
            { x: 90, y, text: `A table of oak for so many people, and chairs ${at}` },
            { x: 480, y, text: `${at}.50` },
          ];
        }).flat(),
      ),
    ],
    [
      'of sentences, each on a line',
      [0, 1].map((page) =>
        Array.from({ length: 20 }, (_, at): readonly PlacedText[] => [
          { x: 50, y: top - at * 20, text: String(page * 20 + at + 1) },
          { x: 90, y: top - at * 20, text: `${lineOf(at)}.` },
        ]).flat(),
      ),
    ],
    [
      'of paragraphs',
      [0, 1].map((page) => [
        ...text(30, page * 30),
        ...[0, 3, 9, 11, 18, 21, 29].map((line, at) => ({
          x: 50,
          y: top - line * 20,
          text: String(page * 7 + at + 1),
        })),
      ]),
    ],
    [
      'that are not at the margin alone',
      [1, 2].map(() => [...numbers(28), ...text(28), { x: 40, y: 790, text: 'Lease of a flat, draft' }]),
    ],
  ])('stay %s', async (_, pages) => {
    const { text: shown, notes } = await read(pages);
    expect(notes.map(({ code }) => code)).not.toContain('line_numbers_left_out');
    const last =
      pages
        .at(-1)
        ?.filter(({ text: words }) => /^\d+$/.test(words))
        .at(-1)?.text ?? '';
    expect(shown).toMatch(new RegExp(`(?:^|\\s)${last}(?:\\s|$)`));
  });
});
