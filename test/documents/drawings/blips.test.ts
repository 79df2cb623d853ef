import { expect, it } from 'vitest';
import { wordArt } from '../../../src/main/documents/doc/picture.ts';
import { pictureStore, wordArtIn } from '../../../src/main/documents/drawings/blips.ts';
import { recordAt } from '../../../src/main/documents/ppt/records.ts';
import { record } from '../ppt/ppt-file.ts';

const [GROUP, STORE, REFERENCE, PNG] = [0xf000, 0xf001, 0xf007, 0xf01e];
const HEAD_BYTES = 8;

/** The picture that the only reference in a store names, which lies in this stream. */
function onlyPicture(stream: Buffer): Buffer | null {
  const store = record(STORE, record(REFERENCE, Buffer.alloc(36)), { holds: true });
  const group = recordAt(record(GROUP, store, { holds: true }), 0);
  if (group === null) throw new Error('There is no group.');
  return pictureStore(group, stream)(1)?.bytes ?? null;
}

it('a picture that a reference names is found', () => {
  const picture = record(PNG, Buffer.concat([Buffer.alloc(17), Buffer.from('picture')]));
  expect(onlyPicture(picture)?.toString()).toBe('picture');
});

/** A shape with a number, a short property, and words that it is drawn as. */
function drawnWords(id: number, words: string): Buffer {
  const property = (kind: number, value: number) => {
    const bytes = Buffer.alloc(6);
    bytes.writeUInt16LE(kind, 0);
    bytes.writeUInt32LE(value, 2);
    return bytes;
  };
  const [font, text] = ['Arial\0', `${words}\0`].map((value) => Buffer.from(value, 'utf16le'));
  const long = [font ?? Buffer.alloc(0), text ?? Buffer.alloc(0)];
  const properties = Buffer.concat([
    property(0x7f, 1),
    property(0x80c5, long[0]?.length ?? 0),
    property(0x80c0, long[1]?.length ?? 0),
    ...long,
  ]);
  const number = Buffer.from(new Uint32Array([id, 0]).buffer);
  return record(0xf004, Buffer.concat([record(0xf00a, number), record(0xf00b, properties, { instance: 3 })]), {
    holds: true,
  });
}

it('words that a shape is drawn as are found behind its properties', () => {
  const shape = recordAt(drawnWords(7, 'Draft\rof May'), 0);
  expect(shape === null ? null : wordArtIn(shape)).toBe('Draft\nof May');
});

it('words that are drawn as pictures in a document are at their anchors, or on its headers', () => {
  const drawing = (place: number, shape: Buffer) =>
    Buffer.concat([Buffer.of(place), record(0xf002, record(0xf003, shape, { holds: true }), { holds: true })]);
  const group = record(GROUP, Buffer.alloc(0), { holds: true });
  const words = wordArt(Buffer.concat([group, drawing(0, drawnWords(7, 'Sale')), drawing(1, drawnWords(8, 'DRAFT'))]));
  expect(words.at(Buffer.from([7, 0, 0, 0]))).toBe('Sale');
  expect(words.at(Buffer.from([8, 0, 0, 0]))).toBe('');
  expect(words.printed).toEqual(['DRAFT']);
  expect(wordArt(Buffer.alloc(0)).printed).toEqual([]);
});

it('references to pictures that lie in each other without end are none, and do not exhaust the stack', () => {
  const stream = Buffer.concat(Array.from({ length: 50_000 }, () => record(REFERENCE, Buffer.alloc(36))));
  for (let at = 0; at < stream.length; at += HEAD_BYTES + 36)
    stream.writeUInt32LE(stream.length - at - HEAD_BYTES, at + 4);
  expect(onlyPicture(stream)).toBeNull();
});
