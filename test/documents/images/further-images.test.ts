/** Images of a file besides the one that is read are told. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { furtherImages } from '../../../src/main/documents/images/further-images.ts';
import { readBytes } from '../read-parts.ts';

/** Of one pixel, with this many frames, each behind how long it is shown. */
function gif(frames: number): Buffer {
  const head = Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
  ]);
  const shownFor = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]);
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([head, ...Array.from({ length: frames }, () => [shownFor, frame]).flat(), Buffer.from([0x3b])]);
}

const box = (type: string, ...content: readonly (Buffer | string | readonly number[])[]): Buffer => {
  const body = Buffer.concat(
    content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece))),
  );
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const item = (id: number, kind: string, isHidden = false) =>
  box('infe', [2, 0, 0, isHidden ? 1 : 0, 0, id, 0, 0], kind, [0]);
const reference = (kind: string, from: number, ...to: readonly number[]) =>
  box(kind, [0, from, 0, to.length, ...to.flatMap((id) => [0, id])]);

function heic(items: readonly Buffer[], references: readonly Buffer[]): Buffer {
  const listed = box('iinf', [0, 0, 0, 0, 0, items.length], ...items);
  const meta = box('meta', [0, 0, 0, 0], listed, box('iref', [0, 0, 0, 0], ...references));
  return Buffer.concat([box('ftyp', 'heic', [0, 0, 0, 0]), meta]);
}

describe('the images of a file', () => {
  it('are counted besides the first: frames of a GIF', async () => {
    expect([1, 2, 40].map((frames) => furtherImages(gif(frames), 'gif'))).toEqual([0, 1, 39]);
    expect(furtherImages(gif(3).subarray(0, 40), 'gif'), 'cut off').toBe(0);
    expect((await readBytes(gif(3), 'a.gif')).notes).toEqual([
      'Only the first image of this file was read; 2 more are in it.',
    ]);
  });

  it('are counted besides the first: those of a HEIC file, without its tiles, thumbnails and hidden ones', () => {
    const photograph = readFileSync(new URL('../../recognition/files/line.heic', import.meta.url));
    expect(furtherImages(photograph, 'heic')).toBe(0);
    const tiled = heic(
      [
        item(1, 'hvc1'),
        item(2, 'hvc1'),
        item(3, 'grid'),
        item(4, 'hvc1'),
        item(5, 'hvc1'),
        item(6, 'hvc1', true),
        item(7, 'Exif'),
      ],
      [reference('dimg', 3, 1, 2), reference('thmb', 4, 3)],
    );
    expect(furtherImages(tiled, 'heic')).toBe(1);
  });

  it('are not counted in files that lie about them', () => {
    expect(furtherImages(Buffer.alloc(20, 0xff), 'gif')).toBe(0);
    expect(furtherImages(Buffer.alloc(40), 'heic')).toBe(0);
    expect(furtherImages(heic([box('infe', [2])], [reference('dimg', 1)]), 'heic')).toBe(0);
  });
});
