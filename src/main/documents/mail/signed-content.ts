/** The content of signed messages in one piece (S/MIME `smime.p7m`): RFC 5652, in BER. Signatures are not checked. */

/** 1.2.840.113549.1.7.2, signed-data. */
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');
const [OCTETS, SEQUENCE, EXPLICIT] = [0x04, 0x30, 0xa0];
/** Of the bit that says that an element is made of others. */
const CONSTRUCTED = 0x20;
const INDEFINITE = 0x80;
/** Real messages nest nine levels. */
const deepest = 30;

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** Bytes that it takes, with its head and its end. */
  readonly size: number;
}

/** What was signed, a mail in turn; null if it is encrypted, of another kind or damaged. */
export function signedContent(bytes: Buffer): Buffer | null {
  const [kind, outer] = childrenOf(elementAt(bytes, 0, 0), SEQUENCE);
  if (kind === undefined || !SIGNED_DATA.equals(kind.content)) return null;
  const [signed] = childrenOf(outer, EXPLICIT);
  const parts = childrenOf(signed, SEQUENCE);
  const [, wrapped] = childrenOf(
    parts.find(({ tag }) => tag === SEQUENCE),
    SEQUENCE,
  );
  const [octets] = childrenOf(wrapped, EXPLICIT);
  return octets === undefined ? null : octetsOf(octets, 0);
}

/** Whether a file begins like signed content, however long it is. */
export function beginsLikeSigned(head: Buffer): boolean {
  return head[0] === SEQUENCE && head.subarray(0, 20).includes(SIGNED_DATA);
}

function octetsOf({ tag, content }: Element, depth: number): Buffer | null {
  if (tag === OCTETS) return content;
  if (tag !== (OCTETS | CONSTRUCTED) || depth > deepest) return null;
  const pieces = elementsIn(content, depth + 1).map((piece) => octetsOf(piece, depth + 1));
  return pieces.includes(null) ? null : Buffer.concat(pieces.filter((piece) => piece !== null));
}

function childrenOf(element: Element | null | undefined, tag: number): readonly Element[] {
  return element?.tag === tag ? elementsIn(element.content, 0) : [];
}

function elementsIn(bytes: Buffer, depth: number): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = elementAt(bytes, at, depth);
    if (element === null) return found;
    found.push(element);
    at += element.size;
  }
  return found;
}

function elementAt(bytes: Buffer, at: number, depth: number): Element | null {
  const [tag, length] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || length === undefined || depth > deepest) return null;
  if (length === INDEFINITE) return openElement(bytes, at, tag, depth);
  const lengthBytes = length < INDEFINITE ? 0 : length & 0x7f;
  if (lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) return null;
  const count = lengthBytes === 0 ? length : bytes.readUIntBE(at + 2, lengthBytes);
  const from = at + 2 + lengthBytes;
  if (from + count > bytes.length) return null;
  return { tag, content: bytes.subarray(from, from + count), size: from + count - at };
}

/** Of no stated length: it ends with two zeros. */
function openElement(bytes: Buffer, at: number, tag: number, depth: number): Element | null {
  let end = at + 2;
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) {
    const inner = elementAt(bytes, end, depth + 1);
    if (inner === null) return null;
    end += inner.size;
  }
  return { tag, content: bytes.subarray(at + 2, end), size: end + 2 - at };
}
