import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/main/pages/box.ts';
import { type Ink, inkOfPng, inverted, piecesOfInk, shareOfInk } from '../../src/main/recognition/ink.ts';
import { shareMissed, tiltOf } from '../../src/main/recognition/lines-of-print.ts';
import { pictureOf, png } from '../support/page-pictures.ts';

/** '#' is ink. */
function drawn(...rows: readonly string[]): Ink {
  const width = rows[0]?.length ?? 0;
  const stride = Math.ceil(width / 8);
  const bytes = new Uint8Array(stride * rows.length).fill(0xff);
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x += 1) {
      const at = y * stride + (x >> 3);
      if (row[x] === '#') bytes[at] = (bytes[at] ?? 0) & ~(0x80 >> (x & 7));
    }
  });
  return { width, height: rows.length, rows: bytes };
}

describe('pieces of ink', () => {
  it('hang together along edges and corners', () => {
    const ink = drawn('##..#..##', '...#...##', '##......#');
    expect(piecesOfInk(ink)).toEqual([
      { left: 0, top: 0, right: 2, bottom: 1 },
      { left: 3, top: 0, right: 5, bottom: 2 },
      { left: 7, top: 0, right: 9, bottom: 3 },
      { left: 0, top: 2, right: 2, bottom: 3 },
    ]);
  });

  it('are one where branches meet further down', () => {
    const u = ['#........#.......#', '#........#.......#', '##################'];
    expect(piecesOfInk(drawn(...u))).toEqual([{ left: 0, top: 0, right: 18, bottom: 3 }]);
  });

  it('are none on blank paper, and not counted in noise', () => {
    expect(piecesOfInk(drawn('.........', '.........'))).toEqual([]);
    const [width, height] = [4_000, 2_000];
    expect(piecesOfInk({ width, height, rows: new Uint8Array((width / 8) * height).fill(0x55) })).toBeNull();
  });

  it('are as many of black in white as of white in black', () => {
    const ink = drawn('##..#..##', '...#...##', '##......#');
    expect(shareOfInk(drawn('##..#..###..#..#'))).toBe(0.5);
    expect(piecesOfInk(inverted(inverted(ink)))).toEqual(piecesOfInk(ink));
    expect(piecesOfInk(inverted(drawn('#####', '#.#.#', '#####')))).toEqual([
      { left: 1, top: 1, right: 2, bottom: 2 },
      { left: 3, top: 1, right: 4, bottom: 2 },
    ]);
  });

  it('are not looked for in a picture of more than two colours', async () => {
    const grey = png(await pictureOf(['Grey']));
    expect(() => inkOfPng(grey)).toThrow('The picture has 8 bits a pixel.');
  });
});

describe('the direction of lines', () => {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  /** Letters of differing widths in lines of a page, turned clockwise. */
  const page = (degrees: number) =>
    Array.from({ length: 600 }, (_, at) => {
      const [x, y] = [(at % 30) * 23 + ((at * 7) % 11), Math.floor(at / 30) * 40];
      const [cosine, sine] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))];
      const [left, top] = [x * cosine - y * sine + 1_000, x * sine + y * cosine + 1_000];
      return { left, top, right: left + 14, bottom: top + 20 };
    });

  it.each([0, -1.5, 3, -12, 40])('is that of the letters, at %s degrees', (degrees) => {
    expect(tiltOf(page(degrees))).toBeCloseTo(radians(degrees), 2);
  });

  it('is straight where the letters are on a grid, whose diagonals are lines, too', () => {
    const grid = Array.from({ length: 800 }, (_, at) => {
      const [left, top] = [(at % 20) * 51, Math.floor(at / 20) * 30];
      return { left, top, right: left + 26, bottom: top + 26 };
    });
    expect(tiltOf(grid)).toBe(0);
  });

  /** From 0 to 1, in no order. */
  const scatter = (seed: number) => Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) % 1;

  it('is none among scattered pieces, or a few', () => {
    const scattered = Array.from({ length: 500 }, (_, at) => {
      const [left, top] = [scatter(at) * 1_500, scatter(at + 0.5) * 2_000];
      return { left, top, right: left + 14, bottom: top + 20 };
    });
    expect(tiltOf(scattered)).toBe(0);
    expect(tiltOf(page(10).slice(0, 11))).toBe(0);
  });
});

describe('the share of letters that was missed', () => {
  const letter = (left: number, top: number) => ({ left, top, right: left + 8, bottom: top + 12 });
  const line = (top: number) => Array.from({ length: 10 }, (_, at) => letter(at * 10, top));
  const word = { left: 0, top: 98, right: 100, bottom: 114 };

  it('counts letters outside of words, and neither specks nor drawings', () => {
    const rule = { left: 0, top: 130, right: 900, bottom: 133 };
    const photograph = { left: 0, top: 300, right: 500, bottom: 700 };
    const speck = { left: 40, top: 400, right: 42, bottom: 402 };
    expect(shareMissed([...line(100), rule, photograph, speck], [word])).toBe(0);
    expect(shareMissed([...line(100), ...line(160), ...line(200)], [word])).toBeCloseTo(2 / 3);
  });

  it('is told where lines stand upright, too, and words are as high as they are long', () => {
    const upright = ({ left, top, right, bottom }: Box) => ({ left: top, top: left, right: bottom, bottom: right });
    const letters = [...line(100), ...line(160), ...line(200)].map(upright);
    expect(shareMissed(letters, [upright(word)])).toBeCloseTo(2 / 3);
  });

  it('is nothing where no word was recognised: there is nothing to compare with', () => {
    expect(shareMissed(line(100), [])).toBe(0);
  });
});
