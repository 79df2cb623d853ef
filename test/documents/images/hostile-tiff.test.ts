import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tiffPages } from '../../../src/main/documents/images/tiff-pages.ts';
import { decodableImages } from '../../../src/main/pages/decodable-image.ts';

const folder = new URL('../../pages/files/', import.meta.url);
const files = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));

/** From 0 to 1, in no order. */
const scatter = (seed: number) => Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) % 1;

describe('a damaged TIFF file', () => {
  it('gives pages or none, and never fails', async () => {
    let decoded = 0;
    for (let seed = 1; seed <= 600; seed += 1) {
      const file = Buffer.from(files[seed % files.length] ?? Buffer.alloc(0));
      for (let change = 0; change < 1 + (seed % 4); change += 1) {
        file[Math.floor(scatter(seed + change / 7) * file.length)] = Math.floor(scatter(seed * 3 + change) * 256);
      }
      const cut = seed % 5 === 0 ? file.subarray(0, Math.floor(scatter(seed) * file.length)) : file;
      const pages = cut.length < 8 ? null : tiffPages(cut, 100);
      if (pages === null || pages.some(({ width, height }) => width * height > 100_000)) continue;
      for (const number of pages.keys()) {
        if ((await decodableImages(cut, 'tiff')(number + 1)) !== null) decoded += 1;
      }
    }
    expect(decoded).toBeGreaterThan(100);
  });

  it('with millions of widths in each of many directories is looked through at once', () => {
    const directories = 1_000;
    const widths = 2_000_000;
    const file = Buffer.alloc(8 + directories * 18 + widths);
    file.write('II*\0', 'latin1');
    for (let index = 0; index < directories; index += 1) {
      const at = 8 + index * 18;
      file.writeUInt32LE(at, index === 0 ? 4 : at - 4);
      file.writeUInt16LE(1, at);
      file.writeUInt16LE(256, at + 2);
      file.writeUInt16LE(1, at + 4);
      file.writeUInt32LE(widths, at + 6);
      file.writeUInt32LE(8 + directories * 18, at + 10);
    }
    const begun = process.cpuUsage();
    expect(tiffPages(file, 2_000)).toHaveLength(directories);
    const { user } = process.cpuUsage(begun);
    expect(user / 1_000).toBeLessThan(2_000);
  });
});
