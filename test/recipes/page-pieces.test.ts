import { describe, expect, it } from 'vitest';
import { PICTURE_TOKENS, pagePieces, piecesOf, turnPictures } from '../../src/main/recipes/page-pieces.ts';

function documentOf(texts: readonly string[], withText = false) {
  const starts = texts.map((_, page) => texts.slice(0, page).join('').length);
  const places = { unit: 'page' as const, starts, names: null };
  return { text: texts.join(''), places, pages: { count: texts.length, withText } };
}

const pages = (count: number, text = 'x') => documentOf(Array.from({ length: count }, () => text));
const MUCH = { tokens: 1_000_000, pictures: 20 };

describe('a document that is sent as pictures', () => {
  it('goes in as few parts of whole pages as fit, none much smaller than the others', () => {
    const sizes = (count: number, portion = MUCH) =>
      pagePieces(pages(count), portion).map((piece) => piece.pages.length);
    expect(sizes(1)).toEqual([1]);
    expect(sizes(20)).toEqual([20]);
    expect(sizes(21)).toEqual([11, 10]);
    expect(sizes(84)).toEqual([17, 17, 17, 17, 16]);
    expect(sizes(5, { tokens: PICTURE_TOKENS * 2, pictures: 20 })).toEqual([2, 2, 1]);
    expect(sizes(3, { tokens: 10, pictures: 20 }), 'a page is never cut').toEqual([1, 1, 1]);
  });

  it('has every page once and in order, and says which they are', () => {
    const pieces = pagePieces(pages(45), MUCH);
    expect(pieces.flatMap((piece) => piece.pages)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    expect(pieces.map(({ text }) => text)).toEqual([
      'Pages 1 to 15 of 45 are the pictures above.',
      'Pages 16 to 30 of 45 are the pictures above.',
      'Pages 31 to 45 of 45 are the pictures above.',
    ]);
    expect(pagePieces(pages(1), MUCH)[0]?.text).toBe('It is the picture above.');
    expect(piecesOf(pages(9), [4], MUCH)[0]?.text).toBe('Page 4 of 9 is the picture above.');
  });

  it('has the text of the same pages beside them where both are sent, and counts it', () => {
    const document = documentOf(['One. ', 'Two. ', 'Three. '], true);
    const [first, second] = pagePieces(document, { tokens: PICTURE_TOKENS * 2 + 10, pictures: 2 });
    expect(first?.text).toContain('read from them:\n\nOne. Two. ');
    expect(second?.text).toContain('read from it:\n\nThree. ');
    expect(first?.tokens).toBeGreaterThan(PICTURE_TOKENS * 2);
  });

  it('has a strip in its pieces, and says which they are', () => {
    const image = (base64: string) => ({ type: 'image/png', base64 });
    expect(turnPictures(documentOf(['']), [1], [[image('A'), image('B')]])).toEqual([
      { label: 'Page 1, piece 1 of 2 from the top:', image: image('A') },
      { label: 'Page 1, piece 2 of 2 from the top:', image: image('B') },
    ]);
  });

  it('has the text of a page of which there is no picture in its place', () => {
    const [one, two, three] = turnPictures(
      documentOf(['One. ', 'Two. ', '']),
      [1, 2, 3],
      [[{ type: 'image/png', base64: 'A' }], null, null],
    );
    expect(one).toEqual({ label: 'Page 1:', image: { type: 'image/png', base64: 'A' } });
    expect(two).toEqual({ label: 'Page 2: There is no picture of this page. Its text:\nTwo.', image: null });
    expect(three).toEqual({ label: 'Page 3: There is no picture of this page.', image: null });
  });
});
