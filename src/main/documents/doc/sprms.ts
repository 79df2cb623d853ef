/** Calls back for each change of a property in a list of them, with its code and operand. A broken list ends early. */
export function readProperties(bytes: Buffer, onProperty: (code: number, operand: Buffer) => void): void {
  let at = 0;
  while (at + 2 <= bytes.length) {
    const code = bytes.readUInt16LE(at);
    at += 2;
    const [head, size] = operandSize(code, bytes, at);
    if (at + head + size > bytes.length) return;
    onProperty(code, bytes.subarray(at + head, at + head + size));
    at += head + size;
  }
}

const sizes = [1, 1, 2, 4, 2, 2, null, 3] as const;
/** The definition of a table's columns, whose length has two bytes. */
const TABLE_COLUMNS = 0xd608;

function operandSize(code: number, bytes: Buffer, at: number): readonly [head: number, size: number] {
  const size = sizes[code >> 13] ?? null;
  if (size !== null) return [0, size];
  if (code === TABLE_COLUMNS)
    return at + 2 > bytes.length ? [0, Number.POSITIVE_INFINITY] : [2, bytes.readUInt16LE(at) - 1];
  return [1, bytes[at] ?? Number.POSITIVE_INFINITY];
}

export const character = {
  isDeleted: 0x0800,
  picture: 0x6a03,
  symbol: 0x6a09,
  style: 0x4a30,
  isStruck: 0x0837,
  isDoublyStruck: 0x2a53,
  isHidden: 0x083c,
  isSpecial: 0x0855,
  position: 0x4845,
  rise: 0x2a48,
  font: 0x4a4f,
} as const;

export const paragraph = {
  style: 0x4600,
  list: 0x460b,
  listLevel: 0x260a,
  isInTable: 0x2416,
  isRowEnd: 0x2417,
  outline: 0x2640,
  tableDepth: 0x6649,
  isInnerCellEnd: 0x244b,
  isInnerRowEnd: 0x244c,
  /** The properties are in the stream `Data`. */
  elsewhere: 0x6646,
  elsewhereToo: 0x6645,
} as const;
