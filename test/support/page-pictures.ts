/** Pictures of pages with known words, as scanners and cameras leave them. */
import { deflateSync } from 'node:zlib';
import { drawGrey } from '../../src/main/pages/draw-page.ts';
import { openPdf } from '../../src/main/pages/pdf-document.ts';
import { greyPng, pdfBytes } from './corpus.ts';

/** Grey pixels, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

export const letterLines = [
  'Northwind Traders, 14 Harbour Street, Bristol',
  'Invoice number 2026-0417 of 3 March 2026',
  'Forty office chairs with adjustable arm rests',
  'Total amount due within thirty days: 8,420.50',
];

/** A page of lines, as a scanner at 200 dpi has it. */
export async function pictureOf(lines: readonly string[] = letterLines, size: [number, number] = [420, 200]) {
  const pdf = await pdfBytes({ size, margin: 24 }, (document) => {
    document.fontSize(14);
    for (const line of lines) document.text(line);
  });
  const drawn = drawGrey(await openPdf(pdf), 1);
  if (drawn === null) throw new Error('The page could not be drawn.');
  const file = Buffer.from(drawn.image);
  const [head = '', width = '', height = ''] = /^P5\n(\d+) (\d+)\n255\n/.exec(file.toString('latin1', 0, 40)) ?? [];
  return { width: Number(width), height: Number(height), pixels: file.subarray(head.length) };
}

/** Turned clockwise, as by a sheet that lies on its side. */
export function quarterTurn({ width, height, pixels }: Picture): Picture {
  const turned = Buffer.alloc(pixels.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) turned[x * height + (height - 1 - y)] = pixels[y * width + x] ?? 0;
  }
  return { width: height, height: width, pixels: turned };
}

/** On a larger white sheet. */
function framed({ width, height, pixels }: Picture, margin: number): Picture {
  const rows = Array.from({ length: height }, (_, y) => pixels.subarray(y * width, (y + 1) * width));
  const side = Buffer.alloc(margin, 0xff);
  const above = Buffer.alloc((width + 2 * margin) * margin, 0xff);
  const framedRows = rows.flatMap((row) => [side, row, side]);
  return {
    width: width + 2 * margin,
    height: height + 2 * margin,
    pixels: Buffer.concat([above, ...framedRows, above]),
  };
}

/** Turned clockwise by degrees, as by a sheet that lies askew on the glass of a scanner. */
export function askew(picture: Picture, degrees: number): Picture {
  const { width, height, pixels } = framed(picture, Math.round(picture.width / 5));
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turned = Buffer.alloc(pixels.length, 0xff);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [across, down] = [x - width / 2, y - height / 2];
      const [fromX, fromY] = [across * cosine + down * sine + width / 2, down * cosine - across * sine + height / 2];
      const [column, row] = [Math.round(fromX), Math.round(fromY)];
      if (column >= 0 && column < width && row >= 0 && row < height) {
        turned[y * width + x] = pixels[row * width + column] ?? 0xff;
      }
    }
  }
  return { width, height, pixels: turned };
}

/** One below the other, of the same width. */
export function stacked(pictures: readonly [Picture, ...Picture[]]): Picture {
  const height = pictures.reduce((sum, picture) => sum + picture.height, 0);
  return { width: pictures[0].width, height, pixels: Buffer.concat(pictures.map(({ pixels }) => pixels)) };
}

export function png({ width, height, pixels }: Picture): Buffer {
  return greyPng(width, height, pixels);
}

const WIDTH = 256;
const HEIGHT = 257;
const SHORT = 3;
const LONG = 4;

/** How the pages of a TIFF file are packed, and how they are to be turned, as EXIF numbers it. */
interface Packing {
  readonly deflated?: boolean;
  /** Of a strip; the last is filled up. All rows are one strip by default. */
  readonly rows?: number;
  readonly orientation?: number;
}

/** One page after the other. */
export function tiff(pages: readonly Picture[], { deflated = false, rows, orientation = 1 }: Packing = {}): Buffer {
  return tiffFile(
    pages.map(({ width, height, pixels }) => ({
      width,
      height,
      rows: rows ?? height,
      strips: stripsOf(pixels, width * (rows ?? height)).map((strip) => (deflated ? deflateSync(strip) : strip)),
      compression: deflated ? ADOBE_DEFLATE : UNCOMPRESSED,
      colours: GREY,
      orientation,
    })),
  );
}

function stripsOf(pixels: Buffer, bytes: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(pixels.length / bytes) }, (_, at) => {
    const strip = Buffer.alloc(bytes, 0xff);
    pixels.copy(strip, 0, at * bytes);
    return strip;
  });
}

/** A page that is packed as a JPEG file, as colour scanners leave it. */
export function tiffOfJpeg(
  jpeg: Buffer,
  { width, height }: Pick<Picture, 'width' | 'height'>,
  { isOld = false }: { readonly isOld?: boolean } = {},
): Buffer {
  const compression = isOld ? OLD_JPEG : JPEG;
  return tiffFile([{ width, height, rows: height, strips: [jpeg], compression, colours: YCBCR, orientation: 1 }]);
}

const UNCOMPRESSED = 1;
const OLD_JPEG = 6;
const JPEG = 7;
const ADOBE_DEFLATE = 8;
/** Values a pixel, and TIFF's number for what they mean; 0 is black. */
const GREY = { values: 1, meaning: 1 };
const YCBCR = { values: 3, meaning: 6 };

const EIGHT_BITS = '\x08\0';

interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  readonly strips: readonly Buffer[];
  readonly compression: number;
  readonly colours: typeof GREY;
  readonly orientation: number;
}

function tiffFile(pages: readonly TiffPage[]): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
  const links: [at: number, to: number][] = [];
  let end = 8;
  let linkAt = 4;
  const add = (part: Buffer) => {
    parts.push(part);
    end += part.length;
  };
  const numbers = (all: readonly number[]) => Buffer.from(new Uint32Array(all).buffer);
  for (const { width, height, rows, strips, compression, colours, orientation } of pages) {
    const starts = strips.map((strip) => {
      add(strip);
      return end - strip.length;
    });
    const lengths = strips.map(({ length }) => length);
    const listsAt = end;
    if (strips.length > 1) add(numbers([...starts, ...lengths]));
    const bitsAt = end;
    // A single one stands in the directory itself.
    if (colours.values > 1) add(Buffer.from(EIGHT_BITS.repeat(colours.values), 'latin1'));
    const tags = [
      [WIDTH, LONG, width],
      [HEIGHT, LONG, height],
      [258, SHORT, colours.values === 1 ? 8 : bitsAt, colours.values], // bits a value
      [259, SHORT, compression],
      [262, SHORT, colours.meaning],
      [273, LONG, strips.length === 1 ? (starts[0] ?? 0) : listsAt, strips.length],
      [274, SHORT, orientation],
      [277, SHORT, colours.values],
      [278, LONG, rows],
      [279, LONG, strips.length === 1 ? (lengths[0] ?? 0) : listsAt + strips.length * 4, strips.length],
    ] as const;
    const directory = Buffer.alloc(2 + tags.length * 12 + 4);
    directory.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag, type, value, count = 1], index) => {
      directory.writeUInt16LE(tag, 2 + index * 12);
      directory.writeUInt16LE(type, 4 + index * 12);
      directory.writeUInt32LE(count, 6 + index * 12);
      directory.writeUInt32LE(value, 10 + index * 12);
    });
    links.push([linkAt, end]);
    linkAt = end + directory.length - 4;
    add(directory);
  }
  const file = Buffer.concat(parts);
  for (const [at, to] of links) file.writeUInt32LE(to, at);
  return file;
}

/** A scan on which an archive left its text. */
export interface StampedPicture {
  readonly picture: Picture;
  readonly stamp: string;
}

/** A PDF whose pages are these pictures, or the lines of a text. */
export async function pdfOf(pages: readonly (Picture | StampedPicture | string)[]): Promise<Buffer> {
  return await pdfBytes({ autoFirstPage: false }, (document) => {
    for (const page of pages) {
      document.addPage({ size: [595, 842], margin: 40 });
      if (typeof page === 'string') {
        document.text(page);
        continue;
      }
      const { picture, stamp } = 'picture' in page ? page : { picture: page, stamp: '' };
      document.image(png(picture), 0, 0, { width: (picture.width * 72) / 200 });
      if (stamp !== '') document.text(stamp, 400, 20);
    }
  });
}

const BMP_HEAD = 54;

/** 24 bits a pixel, the last row first. */
export function bmp({ width, height, pixels }: Picture): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(BMP_HEAD + row * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(BMP_HEAD, 10);
  file.writeUInt32LE(40, 14); // of the second header
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26); // planes
  file.writeUInt16LE(24, 28); // bits a pixel
  for (let y = 0; y < height; y += 1) {
    const from = BMP_HEAD + (height - 1 - y) * row;
    for (let x = 0; x < width; x += 1) file.fill(pixels[y * width + x] ?? 0, from + x * 3, from + x * 3 + 3);
  }
  return file;
}

/** A JPEG with what a camera says about how it was held, as EXIF numbers it. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.alloc(32);
  exif.write('Exif\0\0MM\0*', 'latin1');
  exif.writeUInt32BE(8, 10); // where its directory begins
  exif.writeUInt16BE(1, 14); // entries
  exif.writeUInt16BE(274, 16); // orientation
  exif.writeUInt16BE(SHORT, 18);
  exif.writeUInt32BE(1, 20);
  exif.writeUInt16BE(orientation, 24);
  const segment = Buffer.alloc(4);
  segment.writeUInt16BE(0xff_e1, 0);
  segment.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, exif, jpeg.subarray(2)]);
}
