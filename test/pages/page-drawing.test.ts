import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { forkWithNode } from '../../src/main/common/fork-node.ts';
import type { PageSource } from '../../src/main/pages/messages.ts';
import { createPageDrawer, type PageProcess } from '../../src/main/pages/page-drawer.ts';
import type { PagePicture } from '../../src/shared/page-picture.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { tempFolder } from '../documents/temp-folder.ts';
import { pdfBytes } from '../support/corpus.ts';
import { bmp, type Picture, pictureOf, png, quarterTurn, tiff, withOrientation } from '../support/page-pictures.ts';

const fork = (): PageProcess =>
  forkWithNode(fileURLToPath(new URL('../../src/main/pages/process.ts', import.meta.url)));

const drawer = createPageDrawer({ fork });
afterAll(() => drawer.close());

/** Draws pages of a file as it was when it was read. */
function reader() {
  const folder = tempFolder();
  const keep = (name: string, bytes: Buffer, format: PageSource['format']): PageSource => ({
    path: folder.put(name, bytes),
    inside: [],
    roots: null,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    format,
  });
  const draw = async (source: PageSource, page = 1, width = 400, signal = new AbortController().signal) => {
    const drawn = await drawer.draw(source, page, width, signal);
    return drawn.ok ? drawn.value : problemSentence(drawn.error);
  };
  return { folder, keep, draw };
}

function pixelAt({ width, pixels }: PagePicture, x: number, y: number): readonly number[] {
  return [...pixels.subarray((y * width + x) * 4, (y * width + x + 1) * 4)];
}

/** A sheet with a red square in its upper left quarter. */
function redCorner(size: [number, number], change: (document: PDFKit.PDFDocument) => void = () => {}) {
  return pdfBytes({ size, margin: 0 }, (document) => {
    change(document);
    document.rect(0, 0, size[0] / 2, size[1] / 2).fill('#ff0000');
  });
}

const RED = [255, 0, 0, 255];
const WHITE = [255, 255, 255, 255];
const grey = (value: number) => [value, value, value, 255];

function drawn(picture: PagePicture | string): PagePicture {
  if (typeof picture === 'string') throw new Error(picture);
  return picture;
}

describe('a page of a PDF', () => {
  it('is drawn in colour, as wide as it is asked for', async () => {
    const { keep, draw } = reader();
    const page = drawn(await draw(keep('a.pdf', await redCorner([200, 300]), 'pdf')));
    expect(page).toMatchObject({ width: 400, height: 600, blank: false });
    expect([pixelAt(page, 10, 10), pixelAt(page, 390, 10), pixelAt(page, 10, 590)]).toEqual([RED, WHITE, WHITE]);
  });

  it('is drawn as it is turned and cut', async () => {
    const { keep, draw } = reader();
    const turned = await redCorner([200, 300], (document) => {
      Object.assign(document.page.dictionary.data, { Rotate: 90 });
    });
    const page = drawn(await draw(keep('turned.pdf', turned, 'pdf'), 1, 300));
    expect(page).toMatchObject({ width: 300, height: 200 });
    expect([pixelAt(page, 290, 10), pixelAt(page, 10, 10)]).toEqual([RED, WHITE]);
    const cut = await redCorner([200, 300], (document) => {
      Object.assign(document.page.dictionary.data, { CropBox: [100, 0, 200, 300] });
    });
    const half = drawn(await draw(keep('cut.pdf', cut, 'pdf'), 1, 100));
    expect(half).toMatchObject({ width: 100, height: 300, blank: true });
  });

  it.each([
    ['of an inch', [72, 72], 400, { width: 400, height: 400 }],
    ['of a poster', [2384, 3370], 4_096, { width: 2379, height: 3363 }],
    ['of a strip', [14_400, 1], 400, { width: 400, height: 1 }],
    ['of a till', [20, 14_400], 400, { width: 23, height: 16_384 }],
  ] as const)('%s has bounds', async (_name, [width, height], wanted, size) => {
    const { keep, draw } = reader();
    const { pixels, ...page } = drawn(await draw(keep('a.pdf', await redCorner([width, height]), 'pdf'), 1, wanted));
    expect(page).toMatchObject(size);
    expect(pixels).toHaveLength(size.width * size.height * 4);
  });

  it('without anything to be seen says so', async () => {
    const { keep, draw } = reader();
    const bytes = await pdfBytes({ size: [200, 300] }, () => {});
    expect(await draw(keep('blank.pdf', bytes, 'pdf'))).toMatchObject({ blank: true });
  });

  it('whose image cannot be decoded is an error and not a blank page', async () => {
    const { keep, draw } = reader();
    const picture = await pictureOf();
    const whole = (await pdfBytes({ size: [400, 300] }, (document) => document.image(png(picture), 0, 0))).toString(
      'latin1',
    );
    const image = whole.indexOf('/Subtype /Image');
    const filter = whole.indexOf('/FlateDecode', image);
    const broken = Buffer.from(`${whole.slice(0, filter)}/Unknown7890${whole.slice(filter + 12)}`, 'latin1');
    expect(await draw(keep('broken.pdf', broken, 'pdf'))).toContain('could not be drawn');
  });

  it('far into a document of 10,000 is drawn, and one after its end is not', async () => {
    const { keep, draw } = reader();
    const bytes = await pdfBytes({ autoFirstPage: false, size: [100, 100], margin: 0 }, (document) => {
      for (let page = 0; page < 10_000; page += 1) document.addPage();
      document.rect(0, 0, 50, 50).fill('#ff0000');
    });
    const source = keep('long.pdf', bytes, 'pdf');
    expect(pixelAt(drawn(await draw(source, 10_000)), 10, 10)).toEqual(RED);
    expect(await draw(source, 10_001)).toContain('could not be drawn');
  });
});

describe('an image', () => {
  const small: Picture = { width: 2, height: 2, pixels: Buffer.from([0, 100, 200, 255]) };

  it.each([
    ['png', png(small)],
    ['bmp', bmp(small)],
    ['tiff', tiff([small])],
    ['tiff', tiff([small], { deflated: true })],
  ] as const)('as a %s file is shown as it is, and no larger', async (format, bytes) => {
    const { keep, draw } = reader();
    const page = drawn(await draw(keep(`a.${format}`, bytes, format)));
    expect(page).toMatchObject({ width: 2, height: 2 });
    expect([0, 1, 2, 3].map((at) => pixelAt(page, at % 2, at >> 1))).toEqual([0, 100, 200, 255].map(grey));
  });

  it.each(['jpeg', 'webp', 'gif', 'heic', 'avif'] as const)('as a %s file is shown', async (format) => {
    const { keep, draw } = reader();
    const bytes = readFileSync(join(import.meta.dirname, '../recognition/files', `line.${format}`));
    expect(await draw(keep(`a.${format}`, bytes, format), 1, 320)).toMatchObject({
      width: 320,
      height: 80,
      blank: false,
    });
  });

  it('is shown as its camera says it was held', async () => {
    const { keep, draw } = reader();
    const bytes = withOrientation(readFileSync(join(import.meta.dirname, '../recognition/files/mirrored.jpeg')), 6);
    expect(await draw(keep('a.jpg', bytes, 'jpeg'))).toMatchObject({ width: 160, height: 640 });
  });

  it('larger than its picture is the mean of its pixels', async () => {
    const { keep, draw } = reader();
    const page = drawn(await draw(keep('a.png', png(small), 'png'), 1, 1));
    expect(pixelAt(page, 0, 0)).toEqual(grey(139));
  });

  it('with others in a TIFF has a page of its own', async () => {
    const { keep, draw } = reader();
    const source = keep('fax.tif', tiff([small, quarterTurn(small)]), 'tiff');
    expect(pixelAt(drawn(await draw(source, 2)), 0, 0)).toEqual(grey(200));
  });

  it('that claims to be vast is refused before it is decoded', async () => {
    const { keep, draw } = reader();
    const vast = png(small);
    vast.writeUInt32BE(100_000, 16);
    vast.writeUInt32BE(100_000, 20);
    expect(await draw(keep('bomb.png', vast, 'png'))).toContain('This image is 100,000 × 100,000 pixels');
  });
});

describe('a file', () => {
  it('that has changed since it was read is not shown, not even after it was', async () => {
    const { folder, keep, draw } = reader();
    const source = keep('a.pdf', await redCorner([200, 300]), 'pdf');
    expect(await draw(source)).toMatchObject({ width: 400 });
    folder.put('a.pdf', await redCorner([300, 200]));
    expect(await draw(source)).toContain('This file has changed since it was read');
    rmSync(source.path);
    expect(await draw(source)).toContain('This was moved, renamed or deleted');
  });

  it('that is no PDF any more to the drawing program says so', async () => {
    const { keep, draw } = reader();
    expect(await draw(keep('a.pdf', Buffer.from('%PDF-1.7\nnothing'), 'pdf'))).toContain('PDF');
  });

  it('that nobody looks at any more keeps no other waiting', async () => {
    const { keep, draw } = reader();
    const [first, second] = [
      keep('a.pdf', await redCorner([200, 300]), 'pdf'),
      keep('b.pdf', await redCorner([300, 200]), 'pdf'),
    ];
    const controller = new AbortController();
    const left = draw(first, 1, 400, controller.signal);
    const next = draw(second);
    controller.abort();
    expect(await left).toContain('cancelled');
    expect(await next).toMatchObject({ width: 400, height: 267 });
  });
});
