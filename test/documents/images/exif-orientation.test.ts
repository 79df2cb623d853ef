import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readImagePages } from '../../../src/main/documents/images/image-pages.ts';
import { ok } from '../../../src/shared/result.ts';

const [WIDTH, HEIGHT] = [3, 2];

/** Readers of headers look at no checksum. */
function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content, Buffer.alloc(4)]);
}

function pngWith(exif: Buffer): Buffer {
  const header = Buffer.from([0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 8, 0, 0, 0, 0]);
  const pixels = deflateSync(Buffer.alloc((WIDTH + 1) * HEIGHT));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('eXIf', exif),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Camera notes of nothing but how the picture lies. */
const turned = Buffer.from(`II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0`, 'latin1');

describe('a picture whose camera notes', () => {
  it.each([
    ['are empty', Buffer.alloc(0)],
    ['have a beginning only', Buffer.from('Exif\0\0', 'latin1')],
    ['are cut off', turned.subarray(0, 3)],
    ['are cut off within', turned.subarray(0, 15)],
    ['are something else', Buffer.from('no notes of a camera')],
  ])('%s is read as it lies', (_, exif) => {
    expect(readImagePages(pngWith(exif), 'png')).toEqual(ok([{ width: WIDTH, height: HEIGHT, orientation: 1 }]));
  });

  it('do not say that no others follow is turned as they say', () => {
    expect(readImagePages(pngWith(turned), 'png')).toEqual(ok([{ width: WIDTH, height: HEIGHT, orientation: 6 }]));
  });
});
