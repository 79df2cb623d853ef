/** Images made to break what decodes them, read in the one process that then reads a good one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../documents/temp-folder.ts';
import { chunk } from '../support/corpus.ts';
import { png, tiff } from '../support/page-pictures.ts';
import { reader } from './reader.ts';

const files = join(import.meta.dirname, 'files');
const line = (format: string) => readFileSync(join(files, `line.${format}`));
const dot = { width: 1, height: 1, pixels: Buffer.alloc(1) };

/** A PNG of this size whose data are these. */
function pngOf(width: number, height: number, depth: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  const chunks = [chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

/** A TIFF of one pixel whose directory says something else, also twice. */
function tiffClaiming(...claims: readonly (readonly [tag: number, value: number])[]): Buffer {
  const file = tiff([dot]);
  const directory = file.readUInt32LE(4);
  const entries = file.readUInt16LE(directory);
  const added = claims.map(([tag, value]) => {
    const entry = Buffer.alloc(12);
    entry.writeUInt16LE(tag, 0);
    entry.writeUInt16LE(4, 2);
    entry.writeUInt32LE(1, 4);
    entry.writeUInt32LE(value, 8);
    return entry;
  });
  const count = Buffer.alloc(2);
  count.writeUInt16LE(entries + added.length);
  return Buffer.concat([file.subarray(0, directory), count, ...added, file.subarray(directory + 2)]);
}

/** Its end is missing: what is left must not pass for the whole page. */
function cutPng(): Buffer {
  const pixels = Buffer.from(Array.from({ length: 200 * 200 }, (_, at) => (at * at) & 255));
  return png({ width: 200, height: 200, pixels }).subarray(0, -100);
}

/** Little-endian numbers of two bytes. */
const u16 = (...values: readonly number[]) =>
  Buffer.concat(values.map((value) => Buffer.from([value & 255, value >> 8])));

/** A GIF whose screen has one size, and each of its frames another. */
function gifOf(screen: number, frame: number, frames: number): Buffer {
  const head = Buffer.concat([
    Buffer.from('GIF89a'),
    u16(screen, screen),
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
  ]);
  const image = Buffer.concat([
    Buffer.from([0x2c]),
    u16(0, 0, frame, frame),
    // No colours of its own; then its data: a byte of a code, and their end.
    Buffer.from([0, 2, 2, 0x4c, 0x01, 0]),
  ]);
  return Buffer.concat([head, ...Array.from({ length: frames }, () => image), Buffer.from([0x3b])]);
}

/** A part of a WebP file. */
function riff(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name, 'latin1'), length, data, Buffer.alloc(data.length % 2)]);
}

const u24 = (value: number) => Buffer.from([value & 255, (value >> 8) & 255, value >> 16]);

/** A WebP of this size with frames of an animation, none of them whole. */
function webpOf(side: number, frames: number): Buffer {
  const canvas = riff('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), u24(side - 1), u24(side - 1)]));
  const frame = riff('ANMF', Buffer.concat([u24(0), u24(0), u24(16_382), u24(16_382), u24(10), Buffer.from([0])]));
  const all = [canvas, riff('ANIM', Buffer.alloc(6)), ...Array.from({ length: frames }, () => frame)];
  return riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...all]));
}

/** A WebP without loss whose one chunk claims this size. */
function losslessWebp(side: number): Buffer {
  const bits = (side - 1) | ((side - 1) << 14);
  const head = Buffer.alloc(5);
  head[0] = 0x2f;
  head.writeInt32LE(bits | 0, 1);
  return riff('RIFF', Buffer.concat([Buffer.from('WEBP'), riff('VP8L', Buffer.concat([head, Buffer.alloc(60)]))]));
}

const vast = /^This image is [\d,]+ × [\d,]+ pixels; the limit is 100 million in all/;
const lost = /^Nothing was recognised in this image: it is damaged, or packed in a way that Docket does not know\./;
const broken = /damaged|they cannot be shown as pictures|No words were recognised/;

const bombs: readonly (readonly [string, string, () => Buffer, RegExp])[] = [
  ['PNG that claims 100,000 × 100,000', 'a.png', () => pngOf(100_000, 100_000, 8, deflateSync(Buffer.alloc(9))), vast],
  ['PNG that claims all that its header can', 'a.png', () => pngOf(0x7fffffff, 0x7fffffff, 8, Buffer.alloc(0)), vast],
  [
    'PNG of 81 million pixels without data',
    'a.png',
    () => pngOf(9_000, 9_000, 8, deflateSync(Buffer.alloc(9))),
    broken,
  ],
  [
    'PNG of 100 million white pixels',
    'a.png',
    () => pngOf(10_000, 10_000, 1, deflateSync(Buffer.alloc(1_251 * 10_000, 255))),
    broken,
  ],
  ['TIFF that claims 100,000 × 100,000', 'a.tif', () => tiffClaiming([256, 100_000], [257, 100_000]), broken],
  ['GIF whose frame is larger than its screen', 'a.gif', () => gifOf(10, 60_000, 1), broken],
  ['GIF of 60,000 × 60,000', 'a.gif', () => gifOf(60_000, 60_000, 1), vast],
  ['GIF of 20,000 frames', 'a.gif', () => gifOf(2_000, 2_000, 20_000), broken],
  ['WebP of 10,000 frames larger than itself', 'a.webp', () => webpOf(100, 10_000), broken],
  ['WebP without loss of 16,383 × 16,383', 'a.webp', () => losslessWebp(16_383), vast],
  ['JPEG that ends in its header', 'a.jpg', () => line('jpeg').subarray(0, 300), broken],
  ['JPEG that ends in the middle', 'a.jpg', () => line('jpeg').subarray(0, 6_000), broken],
  ['JPEG without its last bytes', 'a.jpg', () => line('jpeg').subarray(0, -100), lost],
  ['PNG without its last bytes', 'a.png', () => cutPng(), lost],
  ['GIF that ends in the middle', 'a.gif', () => line('gif').subarray(0, 3_000), broken],
  ['WebP that ends in the middle', 'a.webp', () => line('webp').subarray(0, 3_000), broken],
];

describe('a hostile image', () => {
  it.each(bombs)('%s has a clear row, and the next one is read', async (_what, name, bytes, says) => {
    const folder = tempFolder();
    const { read } = reader();
    await expect(read(folder.put(name, bytes()))).rejects.toThrow(says);
    expect(await read(folder.put('good.jpeg', line('jpeg')))).toMatchObject({
      words: ['Invoice', 'total', '1,234.50', 'EUR'],
    });
  });
});
