import { describe, expect, it } from 'vitest';
import { tempFolder } from '../documents/temp-folder.ts';
import { askew, letterLines, pictureOf, png, stacked } from '../support/page-pictures.ts';
import { reader, wordsOf } from './reader.ts';

const paragraph = [
  'The tenant pays the rent on the first working day of each month, by',
  'transfer to the account that the landlord has named in writing before.',
  'Heating, water and refuse are charged at cost once a year, and shown in',
  'a statement that lists each of them with its share of the building.',
];
const lines = [...paragraph, ...letterLines, ...paragraph, ...letterLines];
const sheet: [number, number] = [560, 420];

describe('a page that lies askew', () => {
  it.each([0.5, 2.5, -6, 20])('is read whole, by %s degrees', async (degrees) => {
    const page = await reader().read(tempFolder().put('scan.png', png(askew(await pictureOf(lines, sheet), degrees))));
    expect(page.words).toEqual(wordsOf(lines.join(' ')));
    expect(page.said).toHaveLength(1);
  });

  it('is read whole, upside down, too', async () => {
    const page = await reader().read(tempFolder().put('scan.png', png(askew(await pictureOf(lines, sheet), 177))));
    expect(page.words).toEqual(wordsOf(lines.join(' ')));
    expect(page.said).toHaveLength(1);
  });

  it('has its words where they stand on the picture', async () => {
    const straight = reader();
    await straight.read(tempFolder().put('scan.png', png(askew(await pictureOf(lines, sheet), 0))));
    const tilted = reader();
    await tilted.read(tempFolder().put('scan.png', png(askew(await pictureOf(lines, sheet), 8))));
    const before = straight.kept[0]?.words;
    const after = tilted.kept[0]?.words;
    expect(after?.words).toEqual(before?.words);
    const radians = (8 * Math.PI) / 180;
    const { width, height } = askew(await pictureOf(lines, sheet), 8);
    before?.words.forEach((word, at) => {
      const [x, y] = middle(before.boxes, at);
      const [across, down] = [(x - 0.5) * width, (y - 0.5) * height];
      const [newX, newY] = middle(after?.boxes ?? [], at);
      const found = { word, x: (newX - 0.5) * width, y: (newY - 0.5) * height };
      expect(found.x, word).toBeCloseTo(across * Math.cos(radians) - down * Math.sin(radians), -1.3);
      expect(found.y, word).toBeCloseTo(across * Math.sin(radians) + down * Math.cos(radians), -1.3);
    });
  });

  it('in part says how much of it was not recognised', async () => {
    const [upper, lower] = [askew(await pictureOf(lines, sheet), 0), askew(await pictureOf(lines, sheet), 15)];
    const page = await reader().read(tempFolder().put('scan.png', png(stacked([upper, lower]))));
    expect(page.words).toEqual(expect.arrayContaining([...wordsOf(paragraph.join(' '))]));
    expect(page.said).toEqual([
      expect.stringMatching(/^This text was recognised from an image/),
      expect.stringMatching(
        /^About [1-6]\d % of what looks like text was not recognised\. Try a straighter or sharper scan, or/,
      ),
    ]);
  });
});

describe('a photograph of a page', () => {
  it('is read whole where a shadow lies on it', async () => {
    const whole = await pictureOf(lines, sheet);
    const light = (at: number) => 0.35 + (0.65 * (at % whole.width)) / whole.width;
    const pixels = Buffer.from(whole.pixels.map((grey, at) => Math.round(grey * light(at))));
    const page = await reader().read(tempFolder().put('photo.png', png({ ...whole, pixels })));
    expect(page.words).toEqual(wordsOf(lines.join(' ')));
    expect(page.said).toHaveLength(1);
  });
});

describe('a page full of specks', () => {
  it('says that nobody can tell how much of it was not recognised', async () => {
    const print = await pictureOf(letterLines, [864, 200]);
    const raster = { width: print.width, height: 1_750, pixels: Buffer.alloc(print.width * 1_750) };
    for (let y = 0; y < raster.height; y += 1) {
      for (let x = y % 2; x < raster.width; x += 2) raster.pixels[y * raster.width + x] = 0xff;
    }
    const page = stacked([print, raster]);
    const { text, said } = await reader().read(tempFolder().put('scan.png', png(page)));
    expect(text).toContain('Northwind Traders, 14 Harbour Street, Bristol');
    expect(said).toEqual([
      expect.stringMatching(/^This text was recognised from an image/),
      'The image is covered in specks. Words may be missing, and how many cannot be told. Try a cleaner scan.',
    ]);
  });
});

/** Of a word's box, in shares of the page. */
function middle(boxes: readonly number[], at: number): readonly [x: number, y: number] {
  const [left = 0, top = 0, right = 0, bottom = 0] = boxes.slice(at * 4, at * 4 + 4);
  return [(left + right) / 20_000, (top + bottom) / 20_000];
}
