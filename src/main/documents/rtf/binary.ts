/** Puts together bytes that rich text holds: in hexadecimal digits, as they are behind their length, or some of each. */
export function createBinary() {
  let pieces: Buffer[] = [];
  let digits: Buffer[] = [];

  function decode(): void {
    if (digits.length === 0) return;
    const written = Buffer.concat(digits).toString('latin1');
    pieces.push(Buffer.from(written.replace(/[^\da-f]+/gi, ''), 'hex'));
    digits = [];
  }

  return {
    digits(written: Buffer): void {
      digits.push(written);
    },
    data(bytes: Buffer): void {
      decode();
      pieces.push(bytes);
    },
    /** All bytes since it was called last. */
    take(): Buffer {
      decode();
      const all = Buffer.concat(pieces);
      pieces = [];
      return all;
    },
  };
}
