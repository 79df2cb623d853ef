import { describe, expect, it } from 'vitest';
import { drawColour } from '../../src/main/pages/draw-page.ts';
import { createPageFinder, type PageWords } from '../../src/main/pages/find-on-page.ts';
import { charactersOf } from '../../src/main/pages/page-characters.ts';
import { openPdf } from '../../src/main/pages/pdf-document.ts';
import type { Raster } from '../../src/main/pages/raster.ts';
import type { PageBox } from '../../src/shared/page-picture.ts';
import { pdfBytes } from '../support/corpus.ts';

/** Lines of words, each a tenth of the page wide and high; the words of a line stand side by side. */
function pageOf(...lines: readonly string[]): PageWords {
  const pieces = lines.flatMap((line, row) => line.split(' ').map((word, column) => ({ word, row, column })));
  const starts = new Int32Array(pieces.length);
  const boxes = new Float32Array(pieces.length * 4);
  let text = '';
  pieces.forEach(({ word, row, column }, at) => {
    starts[at] = text.length;
    text += `${word} `;
    boxes.set([column / 10, row / 10, column / 10 + 0.08, row / 10 + 0.08], at * 4);
  });
  return { text, starts, boxes };
}

/** Where there is anything on a picture. */
function inkOf(picture: Raster | null): PageBox {
  if (picture === null) throw new Error('The page was not drawn.');
  const { width, height, pixels } = picture;
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let at = 0; at < width * height; at += 1) {
    if ((pixels[at * 4] ?? 255) > 200) continue;
    xs.push(at % width);
    ys.push(Math.floor(at / width));
  }
  return {
    left: Math.min(...xs) / width,
    top: Math.min(...ys) / height,
    right: Math.max(...xs) / width,
    bottom: Math.max(...ys) / height,
  };
}

/** What is marked: rows, with the columns from and to. */
function marked(page: PageWords, words: string, before = '', after = '') {
  return (
    createPageFinder(page)({ before, words, after })?.map(({ left, top, right }) => [
      Math.round(top * 10),
      Math.round(left * 10),
      Math.floor(right * 10),
    ]) ?? null
  );
}

describe('words of a text on the page they were read from', () => {
  it('are marked line by line', () => {
    const page = pageOf('the rent is due', 'on the first day', 'of each month');
    expect(marked(page, 'due on the first day of')).toEqual([
      [0, 3, 3],
      [1, 0, 3],
      [2, 0, 0],
    ]);
  });

  it('are found although the text was put together differently', () => {
    const page = pageOf('The Agree- ', 'ment “of” ﬁve', 'years');
    expect(marked(page, '**The agreement** "of" five\nyears')).toEqual([
      [0, 0, 1],
      [1, 0, 2],
      [2, 0, 0],
    ]);
  });

  it('are found although accents stand apart from their letters', () => {
    expect(marked(pageOf('f¨ur', 'ge ¨ıntrodu', 'ceerd'), 'für geïntroduceerd')).toHaveLength(3);
  });

  it('are found although a font names some of its letters wrongly', () => {
    const page = pageOf('the rule gives hresulti when', 'both of these tests hold');
    expect(marked(page, 'The rule gives 〈result〉 when both of these tests')).toEqual([
      [0, 1, 4],
      [1, 0, 3],
    ]);
  });

  it('are those with the same words around them', () => {
    const page = pageOf('Rent 500 EUR', 'Deposit 500 EUR', 'Fee 500 EUR');
    expect(marked(page, '500', 'Deposit: ', ' EUR')).toEqual([[1, 1, 1]]);
    expect(marked(page, '500', 'Fee: ', ' EUR')).toEqual([[2, 1, 1]]);
  });

  it('are found cell by cell where the page has them in another order', () => {
    const page = pageOf('Item Chairs Tables', 'Price 1,200 3,400');
    expect(marked(page, '| Chairs | 1,200 |')).toEqual([
      [0, 1, 1],
      [1, 1, 1],
    ]);
  });

  it('that are not there are not marked', () => {
    expect(marked(pageOf('the rent is due'), 'the deposit was returned')).toBeNull();
    expect(marked(pageOf('the rent is due'), '| — |')).toBeNull();
  });

  it.each([
    ['as it is', {}],
    ['turned', { Rotate: 90 }],
    ['upside down', { Rotate: 180 }],
    ['cut', { CropBox: [20, 100, 200, 300] }],
    ['cut and turned', { CropBox: [20, 100, 200, 300], Rotate: 270 }],
    ['with a corner of its own', { MediaBox: [-50, -70, 200, 300] }],
  ] as const)('are where the picture of a PDF’s page has them: %s', async (_name, changes) => {
    const bytes = await pdfBytes({ size: [200, 300], margin: 0 }, (document) => {
      Object.assign(document.page.dictionary.data, changes);
      document.fontSize(12).text('RENT', 40, 36);
    });
    const pdf = await openPdf(bytes);
    const words = charactersOf(pdf, 1);
    const marks = words && createPageFinder(words)({ before: '', words: 'rent', after: '' });
    expect(marks).toHaveLength(1);
    const [mark, ink] = [marks?.[0], inkOf(drawColour(pdf, 1, { width: 400 }))];
    for (const side of ['left', 'top', 'right', 'bottom'] as const) expect(mark?.[side]).toBeCloseTo(ink[side], 1);
  });

  it('that were cut off from the page are not marked', async () => {
    const bytes = await pdfBytes({ size: [200, 300], margin: 0 }, (document) => {
      Object.assign(document.page.dictionary.data, { CropBox: [100, 0, 200, 300] });
      document.fontSize(12).text('RENT', 40, 36);
    });
    const words = charactersOf(await openPdf(bytes), 1);
    expect(words && createPageFinder(words)({ before: '', words: 'rent', after: '' })).toBeNull();
  });
});
