import PostalMime from 'postal-mime';
import { z } from 'zod';
import { decodeBase64Body } from './base64-body.ts';
import { signedContent } from './signed-content.ts';
import { uuencodedFiles } from './uuencoded.ts';

/** One part of a mail, as its lines say: headers as written, transfer encoding undone, characters still bytes. */
export interface MimePart {
  readonly headers: readonly MimeHeader[];
  /** `text/plain`, in lower case. */
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** `attachment`, `inline`, or ''. */
  readonly disposition: string;
  readonly fileName: string | null;
  readonly contentId: string | null;
  /** The address of a part of a page that was saved; null of most. */
  readonly location: string | null;
  readonly bytes: Buffer;
  /** A signature encloses it, or lies beside it. */
  readonly isSigned: boolean;
  readonly parts: readonly MimePart[];
}

export interface MimeHeader {
  /** In lower case. */
  readonly key: string;
  readonly value: string;
}

/** Real mails nest a few levels. */
const maxDepth = 100;
/** A signed mail in a signed mail: gateways sign again. Parts that are not divided as announced are as rare. */
const maxAgain = 10;
/** A mailing list's mail with 100,000 recipients has 4 MB of them. */
const maxHeaderBytes = 16_000_000;

const structured = z.object({ value: z.string(), params: z.record(z.string(), z.string()) });

/** The library's own tree, which has the bytes of each part; what it returns has only their text in the encoding they claim. */
const node = z.object({
  headers: z.array(z.object({ key: z.string(), value: z.string() })),
  contentType: z.object({ parsed: structured }),
  contentDisposition: z.object({ parsed: structured }),
  contentTransferEncoding: z.object({ encoding: z.string() }),
  contentId: z.string().optional(),
  content: z.instanceof(ArrayBuffer).nullable(),
  get childNodes() {
    return z.array(node);
  },
});

type Node = z.infer<typeof node>;

/** The library's own node, as it is while it reads a mail. */
interface ReadingNode {
  readonly contentType: { readonly multipart: string | false };
  contentDecoder: { update(line: Uint8Array): void; finalize(): ArrayBufferLike };
  setupContentDecoder(encoding: string): void;
}

keepBase64AsWritten();

/** The library would take text behind base64 for base64; here, what its lines are is seen from all of them. */
function keepBase64AsWritten(): void {
  const nodes: ReadingNode = Object.getPrototypeOf(Reflect.get(new PostalMime(), 'root'));
  const { setupContentDecoder } = nodes;
  nodes.setupContentDecoder = function (this: ReadingNode, encoding: string) {
    if (isBase64(encoding) && this.contentType.multipart === false) this.contentDecoder = createBodyAsWritten();
    else setupContentDecoder.call(this, encoding);
  };
}

/** Lines are views of the whole mail, and those of a part that has no parts follow each other. */
function createBodyAsWritten(): ReadingNode['contentDecoder'] {
  let first: Uint8Array | null = null;
  let end = 0;
  return {
    update(line) {
      first ??= line;
      end = line.byteOffset + line.byteLength;
    },
    finalize: () => first?.buffer.slice(first.byteOffset, end) ?? new ArrayBuffer(0),
  };
}

function isBase64(encoding: string): boolean {
  return encoding.includes('base64');
}

/**
 * Takes a mail apart; what was signed in one piece is a mail in it. Throws if it is nested too deep or has too many
 * headers.
 */
export async function mimeTree(mail: Buffer, depth = 0): Promise<MimePart> {
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    maxNestingDepth: maxDepth,
    maxHeadersSize: maxHeaderBytes,
  });
  await parser.parse(mail);
  return await withInner(partOf(node.parse(Reflect.get(parser, 'root'))), depth);
}

const signedTypes = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);

/** What is found in the bytes of parts: signed content, and parts behind another line than was announced. */
async function withInner(part: MimePart, depth: number): Promise<MimePart> {
  const parts = await Promise.all(part.parts.map((one) => withInner(one, depth)));
  if (depth >= maxAgain) return { ...part, parts };
  const boundary = part.type.startsWith('multipart/') && parts.length === 0 ? dividingLine(part.bytes) : null;
  if (boundary !== null) {
    const head = Buffer.from(`Content-Type: ${part.type}; boundary="${boundary}"\r\n\r\n`);
    const found = await mimeTree(Buffer.concat([head, part.bytes]), depth + 1);
    return { ...part, bytes: Buffer.alloc(0), parts: found.parts };
  }
  const content = signedTypes.has(part.type) ? signedContent(part.bytes) : null;
  if (content === null) return { ...part, parts };
  // A document that was signed by itself and attached: `invoice.pdf.p7m`.
  const name = part.fileName?.replace(/\.p7m$/i, '') ?? '';
  if (/[^.]\.\w/.test(name))
    return { ...part, type: 'application/octet-stream', fileName: name, bytes: content, isSigned: true, parts };
  const inner = await mimeTree(content, depth + 1);
  return { ...part, type: 'multipart/signed', bytes: Buffer.alloc(0), isSigned: true, parts: [inner] };
}

/** Parts begin near the beginning. */
const preambleBytes = 10_000;

/** The line that parts stand behind, if it is there again; null if there is none. */
function dividingLine(bytes: Buffer): string | null {
  const line = /^--([^\s"\\][^"\\\r\n]{0,199}?)[ \t]*$/m.exec(bytes.toString('latin1', 0, preambleBytes));
  const [, boundary] = line ?? [];
  if (line === null || boundary === undefined) return null;
  return bytes.indexOf(`\n--${boundary}`, line.index + boundary.length, 'latin1') === -1 ? null : boundary;
}

function partOf(read: Node): MimePart {
  const part = partAsWritten(read);
  if (part.parts.length > 0 || part.type.startsWith('multipart/')) return part;
  const { encoding } = read.contentTransferEncoding;
  if (isBase64(encoding)) return withFooter(part);
  return uuencodings.test(encoding) ? fromUuencoding(part) : withFiles(part);
}

/** A part in base64; the text that stands behind it is a part of its own. */
function withFooter(part: MimePart): MimePart {
  const { bytes, footer } = decodeBase64Body(part.bytes);
  const body = withFiles({ ...part, bytes });
  return footer === null ? body : joined(part, [body, textOf(part, footer)]);
}

const uuencodings = /^(?:x-)?uu(?:e|encode|encoded)$/;

/** A part that is one file in such lines; as it is if they are damaged. */
function fromUuencoding(part: MimePart): MimePart {
  const [file] = uuencodedFiles(part.bytes);
  if (file === undefined) return part;
  // A text is the body of the mail, whatever its lines call it.
  const fileName = part.fileName ?? (part.type.startsWith('text/') ? null : file.name);
  return { ...part, fileName, bytes: file.bytes };
}

/** A text without the files that stand in it, which are attached. */
function withFiles(part: MimePart): MimePart {
  const isBody = part.type === 'text/plain' && part.disposition !== 'attachment' && part.fileName === null;
  const files = isBody ? uuencodedFiles(part.bytes) : [];
  if (files.length === 0) return part;
  const pieces = files.flatMap(({ name, bytes, start }, at) => [
    textOf(part, part.bytes.subarray(files[at - 1]?.end ?? 0, start)),
    {
      ...alone(part),
      type: 'application/octet-stream',
      parameters: {},
      disposition: 'attachment',
      fileName: name,
      bytes,
    },
  ]);
  return joined(part, [...pieces, textOf(part, part.bytes.subarray(files.at(-1)?.end ?? 0))]);
}

/** Without what its headers say: it has none of its own. */
function alone(part: MimePart): MimePart {
  return { ...part, headers: [], disposition: '', fileName: null, contentId: null, location: null };
}

function textOf(part: MimePart, bytes: Buffer): MimePart {
  return { ...alone(part), type: 'text/plain', bytes };
}

function joined(part: MimePart, parts: readonly MimePart[]): MimePart {
  return { ...alone(part), headers: part.headers, type: 'multipart/mixed', bytes: Buffer.alloc(0), parts };
}

function partAsWritten({ headers, contentType, contentDisposition, contentId, content, childNodes }: Node): MimePart {
  const { value: written, params } = contentType.parsed;
  // Some programs leave out a semicolon or the half of a type; what names none is text (RFC 2045, 5.2).
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(written)?.[0] ?? 'text/plain';
  const [, charset] = /\scharset="?([\w.:-]+)/.exec(written) ?? [];
  const parameters = charset === undefined ? params : { ...params, charset };
  const { value: disposition, params: named } = contentDisposition.parsed;
  return {
    headers,
    type,
    parameters,
    disposition,
    fileName: named.filename || parameters.name || null,
    contentId: contentId ?? null,
    location: headers.find(({ key }) => key === 'content-location')?.value.replace(/\s+/g, '') ?? null,
    bytes: content === null ? Buffer.alloc(0) : Buffer.from(content),
    isSigned: type === 'multipart/signed',
    parts: childNodes.map(partOf),
  };
}
