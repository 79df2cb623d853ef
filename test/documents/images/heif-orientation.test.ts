import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heifOrientation } from '../../../src/main/documents/images/heif-orientation.ts';

const fileOf = (name: string) => readFileSync(new URL(`../../recognition/files/${name}.avif`, import.meta.url));

/** Turned a quarter counterclockwise, and then upside down. */
const turned = fileOf('turned');

function fileTurned(turn: number, mirror: number): Buffer {
  const copy = Buffer.from(turned);
  copy[copy.indexOf('irot') + 4] = turn;
  copy[copy.indexOf('imir') + 4] = mirror;
  return copy;
}

describe('which way up the picture in an AVIF file is', () => {
  it.each([
    [0, 0, 4],
    [0, 1, 2],
    [1, 0, 5],
    [1, 1, 7],
    [2, 0, 2],
    [2, 1, 4],
    [3, 0, 7],
    [3, 1, 5],
  ])('is turned %s times and mirrored about axis %s', (turn, mirror, exif) => {
    expect(heifOrientation(fileTurned(turn, mirror))).toBe(exif);
  });

  it.each([
    [1, 8],
    [2, 3],
    [3, 6],
  ])('is turned %s times alone', (turn, exif) => {
    const file = fileTurned(turn, 0);
    file.write('free', file.indexOf('imir'), 'latin1');
    expect(heifOrientation(file)).toBe(exif);
  });

  it('is as it lies where the file says nothing, or too little', () => {
    expect(heifOrientation(fileOf('line'))).toBe(1);
    for (let length = 0; length < 400; length += 1) expect(heifOrientation(turned.subarray(0, length))).toBeLessThan(9);
  });
});
