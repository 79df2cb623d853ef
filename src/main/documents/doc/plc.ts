/** A table of positions with a record of equal size for each but the last. */
export interface Positions {
  readonly at: readonly number[];
  readonly record: (index: number) => Buffer;
}

export function readPositions(bytes: Buffer, recordBytes: number): Positions {
  const count = Math.max(0, Math.floor((bytes.length - 4) / (4 + recordBytes)));
  const recordsAt = (count + 1) * 4;
  return {
    at: bytes.length < 4 ? [] : Array.from({ length: count + 1 }, (_, index) => bytes.readUInt32LE(index * 4)),
    record: (index) => bytes.subarray(recordsAt + index * recordBytes, recordsAt + (index + 1) * recordBytes),
  };
}

/** The index of the last number that is not greater; -1 if all are. The numbers rise. */
export function lastAtMost(numbers: ArrayLike<number>, wanted: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
