import type { createRtfFields } from '../rtf/fields.ts';

/** Between the length of the description and what it says of the field. */
const HEAD_BYTES = 68;
const AS_BY_DEFAULT = 25;

/** Tells a field the state of its box, which is described at this place of the stream `Data`. */
export function readFormState(
  data: Buffer,
  at: number,
  fields: Pick<ReturnType<typeof createRtfFields>, 'formWord'>,
): void {
  const start = at + HEAD_BYTES;
  if (at < 0 || start + 10 > data.length) return;
  const bits = data.readUInt16LE(start + 4);
  fields.formWord('fftype', bits & 3);
  const state = (bits >> 2) & 31;
  if (state !== AS_BY_DEFAULT) fields.formWord('ffres', state);
  const nameAt = start + 10;
  if (state !== AS_BY_DEFAULT || nameAt + 2 > data.length) return;
  const valueAt = nameAt + 2 + data.readUInt16LE(nameAt) * 2 + 2;
  if (valueAt + 2 <= data.length) fields.formWord('ffdefres', data.readUInt16LE(valueAt));
}
