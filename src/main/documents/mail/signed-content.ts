import { type BaseBlock, Constructed, fromBER, ObjectIdentifier, OctetString, Sequence } from 'asn1js';

/** The content of signed messages in one piece (S/MIME `smime.p7m`): RFC 5652, in BER. Signatures are not checked. */

/** Signed data, of the kinds that such a message may be. */
const SIGNED_DATA = '1.2.840.113549.1.7.2';
/** The same as it stands in a file. */
const SIGNED_DATA_BYTES = Buffer.from('2a864886f70d010702', 'hex');
const SEQUENCE = 0x30;
/** Real messages nest nine levels; programs that write as they read part 50 MB into pieces of 1 KB. */
const bounds = { maxDepth: 30, maxNodes: 200_000, parseEmbedded: false, copyInput: false } as const;

/** What was signed, a mail in turn; null if it is encrypted, of another kind or damaged. */
export function signedContent(bytes: Buffer): Buffer | null {
  const [kind, outer] = partsOf(blockIn(bytes));
  if (!(kind instanceof ObjectIdentifier) || kind.getValue() !== SIGNED_DATA) return null;
  const [signed] = partsOf(outer);
  const [, wrapped] = partsOf(partsOf(signed).find((part) => part instanceof Sequence));
  const [octets] = partsOf(wrapped);
  return octets instanceof OctetString ? Buffer.from(octets.getValue()) : null;
}

/** The library reports damage, and throws where it takes damaged bytes for a text or a date. */
function blockIn(bytes: Buffer): BaseBlock | undefined {
  try {
    const { result, offset } = fromBER(bytes, { ...bounds, maxContentLength: bytes.length });
    return offset === -1 ? undefined : result;
  } catch {
    return undefined;
  }
}

/** Whether a file begins like signed content, however long it is. */
export function beginsLikeSigned(head: Buffer): boolean {
  return head[0] === SEQUENCE && head.subarray(0, 20).includes(SIGNED_DATA_BYTES);
}

function partsOf(block: BaseBlock | undefined): readonly BaseBlock[] {
  return block instanceof Constructed ? block.valueBlock.value : [];
}
