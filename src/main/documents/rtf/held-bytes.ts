/**
 * Holds the bytes of text until it is clear that no more follow: letters may be written in several bytes, some of them as
 * they are and some in hexadecimal.
 */
export function createHeldBytes() {
  let pending = Buffer.allocUnsafe(1_024);
  let length = 0;

  return {
    add(bytes: Buffer): void {
      if (length + bytes.length > pending.length) {
        const larger = Buffer.allocUnsafe((length + bytes.length) * 2);
        pending.copy(larger, 0, 0, length);
        pending = larger;
      }
      bytes.copy(pending, length);
      length += bytes.length;
    },
    /** All bytes since it was called last, which are good until more are added. */
    take(): Buffer {
      const bytes = pending.subarray(0, length);
      length = 0;
      return bytes;
    },
  };
}
