/** The subset of DNS (RFC 1035) that the test needs: one question, one address. */

const HEADER_BYTES = 12;
const TYPE_A = 1;
const CLASS_IN = 1;
const TTL_S = 60;

/** The name in a query, such as `example.org`. */
export function nameIn(query: Buffer): string {
  return labelsOf(query).names.join('.');
}

/** An answer with one IPv4 address; an empty answer to any other question, such as one for IPv6. */
export function answerTo(query: Buffer, address: string): Buffer {
  const { end } = labelsOf(query);
  const isForAddress = query.readUInt16BE(end) === TYPE_A;
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  // A response, recursion available, no error; one question, at most one answer.
  header.writeUInt16BE(0x8180, 2);
  for (const [at, count] of [
    [4, 1],
    [6, isForAddress ? 1 : 0],
    [8, 0],
    [10, 0],
  ] as const)
    header.writeUInt16BE(count, at);
  const question = query.subarray(HEADER_BYTES, end + 4);
  if (!isForAddress) return Buffer.concat([header, question]);
  const answer = Buffer.alloc(16);
  // The name is that of the question.
  answer.writeUInt16BE(0xc000 + HEADER_BYTES, 0);
  answer.writeUInt16BE(TYPE_A, 2);
  answer.writeUInt16BE(CLASS_IN, 4);
  answer.writeUInt32BE(TTL_S, 6);
  answer.writeUInt16BE(4, 10);
  answer.set(address.split('.').map(Number), 12);
  return Buffer.concat([header, question, answer]);
}

function labelsOf(query: Buffer): { readonly names: readonly string[]; readonly end: number } {
  const names: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    names.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { names, end: at + 1 };
}
