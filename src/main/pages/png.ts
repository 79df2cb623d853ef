import { crc32, deflateSync } from 'node:zlib';
import type { Raster } from './raster.ts';

/** Of the format: grey alone, or red, green and blue, each of one byte. */
const GREY = 0;
const COLOURS = 2;
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Each row is written as the difference from the one above: pages are mostly rows alike. */
const UP = 2;

/** A picture without its opacity as a PNG file, in grey where it has no colours. The same pixels give the same bytes. */
export function writePng(raster: Raster): Buffer {
  const { width, height } = raster;
  const isGrey = hasNoColours(raster);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits a value
  header[9] = isGrey ? GREY : COLOURS;
  const rows = deflateSync(differences(raster, isGrey ? 1 : 3), { level: 6 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

export function hasNoColours({ pixels }: Raster): boolean {
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}

/** @param values of a pixel that are written. */
function differences({ width, height, pixels }: Raster, values: 1 | 3): Buffer {
  const rows = Buffer.alloc((width * values + 1) * height);
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    rows[to] = UP;
    to += 1;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      for (let value = 0; value < values; value += 1, to += 1) {
        const above = y === 0 ? 0 : (pixels[at + value - width * 4] ?? 0);
        rows[to] = (pixels[at + value] ?? 0) - above;
      }
    }
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
