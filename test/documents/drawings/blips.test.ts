import { expect, it } from 'vitest';
import { pictureStore } from '../../../src/main/documents/drawings/blips.ts';
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

it('references to pictures that lie in each other without end are none, and do not exhaust the stack', () => {
  const stream = Buffer.concat(Array.from({ length: 50_000 }, () => record(REFERENCE, Buffer.alloc(36))));
  for (let at = 0; at < stream.length; at += HEAD_BYTES + 36)
    stream.writeUInt32LE(stream.length - at - HEAD_BYTES, at + 4);
  expect(onlyPicture(stream)).toBeNull();
});
