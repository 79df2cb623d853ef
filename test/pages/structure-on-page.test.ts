import { describe, expect, it } from 'vitest';
import { readPdf } from '../../src/main/documents/pdf/read-pdf.ts';
import { createPageFinder } from '../../src/main/pages/find-on-page.ts';
import { charactersOf } from '../../src/main/pages/page-characters.ts';
import { openPdf } from '../../src/main/pages/pdf-document.ts';
import { createQuotationFinder } from '../../src/main/recipes/find-quotation.ts';
import { assemblePdf, pdfStream } from '../documents/pdf/raw-pdf.ts';
import { leftLines, rightLines } from '../documents/pdf/two-columns.ts';

/** Of A4, in points. */
const [WIDTH, HEIGHT] = [595, 842];

const written = (x: number, y: number, text: string, size = 11) => `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET`;

/** A page with a running head, a heading of two lines, a table with lines around its cells, two columns drawn across, and a list. */
function page(number: number): string {
  const walls = [620, 590, 550]
    .map((y) => `50 ${y} m 500 ${y} l S`)
    .concat([50, 200, 500].map((x) => `${x} 550 m ${x} 620 l S`));
  const columns = leftLines
    .slice(0, 8)
    .flatMap((line, row) => [
      written(50, 500 - row * 14, `${number}${line}`),
      written(310, 500 - row * 14, rightLines[row] ?? ''),
    ]);
  return [
    written(50, 800, 'Lease of a flat in Utrecht', 9),
    written(50, 720, 'On the duties of those', 20),
    written(50, 696, `who live in part ${number}`, 20),
    ...walls,
    ...[written(54, 600, 'Room'), written(204, 600, 'What is in it')],
    ...[
      written(54, 576, `Kitchen ${number}`),
      written(204, 576, 'An oak table that six'),
      written(204, 562, 'people can sit at'),
    ],
    ...[40, 54, 68].map((down, at) =>
      written(60, 704 - down, `\x95 ${['the rent', 'the heating', 'the garage'][at]} ${number}`),
    ),
    ...columns,
    written(290, 30, String(number), 9),
  ].join('\n');
}

function lease(): Buffer {
  const pages = [1, 2, 3, 4];
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${pages.map((number) => `${2 + number * 2} 0 R`).join(' ')}]/Count 4/MediaBox[0 0 ${WIDTH} ${HEIGHT}]/Resources<</Font<</F1 3 0 R>>>>>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...pages.flatMap((number) => [
      `<</Type/Page/Parent 2 0 R/Contents ${3 + number * 2} 0 R>>`,
      pdfStream(Buffer.from(page(number), 'latin1')),
    ]),
  ]);
}

/** Where a quotation from the text is marked: its page, and the lines as points from the left and the bottom. */
async function markedAt(quote: string) {
  const bytes = lease();
  const read = await readPdf(Buffer.from(bytes));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { text, places } = read.value;
  const place = createQuotationFinder(text, places).find(quote);
  if (place === null) throw new Error(`“${quote}” is not in:\n${text}`);
  const number = places.starts.findLastIndex((start) => start <= place.start) + 1;
  const words = charactersOf(await openPdf(bytes), number);
  const wanted = {
    before: text.slice(Math.max(0, place.start - 200), place.start),
    words: text.slice(place.start, place.end),
    after: text.slice(place.end, place.end + 200),
  };
  const lines = words && createPageFinder(words)(wanted);
  return {
    number,
    lines: lines?.map(({ left, bottom }) => [Math.round(left * WIDTH), Math.round((1 - bottom) * HEIGHT)]),
  };
}

describe('a quotation from the structured text of a PDF is marked on its page', () => {
  it.each<[string, string, number, readonly (readonly [number, number])[]]>([
    [
      'from a heading',
      'On the duties of those who live in part 2',
      2,
      [
        [50, 720],
        [50, 696],
      ],
    ],
    [
      'with the mark of a heading',
      '# On the duties of those who live in part 3',
      3,
      [
        [50, 720],
        [50, 696],
      ],
    ],
    [
      'from a row of a table',
      'Kitchen 2 | An oak table that six people can sit at',
      2,
      [
        [54, 576],
        [204, 576],
        [204, 562],
      ],
    ],
    [
      'over two lines of the right column',
      'The keys are given back on the last day to whoever the landlord sends',
      1,
      [
        [310, 444],
        [310, 430],
      ],
    ],
    [
      'from the end of one column to the next',
      '1the others are borne by the landlord.\nWhoever gives notice',
      1,
      [
        [50, 402],
        [310, 500],
      ],
    ],
    [
      'over two items of a list',
      '- the rent 2\n- the heating 2',
      2,
      [
        [60, 664],
        [60, 650],
      ],
    ],
    ['from an item of a list without its mark', 'the garage 3', 3, [[60, 636]]],
    ['from a running head, which is on the first page alone', 'Lease of a flat in Utrecht', 1, [[50, 800]]],
    ['with the mark of a running head', '[Header] Lease of a flat in Utrecht', 1, [[50, 800]]],
  ])('%s', async (_, quote, number, lines) => {
    const marked = await markedAt(quote);
    expect(marked.number).toBe(number);
    expect(marked.lines).toHaveLength(lines.length);
    for (const [x, y] of lines)
      expect(marked.lines?.some((line) => Math.abs((line[0] ?? 0) - x) < 60 && Math.abs((line[1] ?? 0) - y) < 8)).toBe(
        true,
      );
  });
});
