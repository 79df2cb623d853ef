import { type HtmlText, htmlToText } from '../html/html-to-text.ts';
import { decodeText } from '../text/decode-text.ts';

/** Parts that report generators embed unconverted; Word merges them into the document when it saves. */
export const chunkPart = /\.(?:html?|xhtml|mht|mhtml|txt)$/i;

/** The text of such a part; `null` if its format is not read. */
export function chunkText(path: string, bytes: Uint8Array): HtmlText | null {
  const page = /\.mht(?:ml)?$/i.test(path) ? pageOfArchive(Buffer.from(bytes)) : Buffer.from(bytes);
  const decoded = page === null ? null : decodeText(page);
  if (decoded === null) return null;
  const { text, notes } = /\.txt$/i.test(path) ? { text: decoded.text, notes: [] } : htmlToText(decoded.text);
  return { text, notes: [...decoded.notes, ...notes] };
}

/** The bytes of the page in a web archive (MIME). */
function pageOfArchive(archive: Buffer): Buffer | null {
  const text = archive.toString('latin1');
  const boundary = /^content-type:[^\n]*(?:\n[ \t][^\n]*)*?boundary="?([^"\r\n;]{1,100})/im.exec(
    text.slice(0, 10_000),
  )?.[1];
  const entities = boundary === undefined ? [text] : text.split(`--${boundary}`);
  for (const entity of entities) {
    const end = /\r?\n[ \t]*\r?\n/.exec(entity.slice(0, 10_000));
    if (end === null) continue;
    const headers = entity.slice(0, end.index);
    if (/^content-type:\s*text\/html/im.test(headers)) return decoded(headers, entity.slice(end.index + end[0].length));
  }
  return null;
}

function decoded(headers: string, body: string): Buffer {
  const encoding = /^content-transfer-encoding:\s*([\w-]+)/im.exec(headers)?.[1]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const joined = body.replace(/=[ \t]?\r?\n/g, '');
  return Buffer.from(
    joined.replace(/=([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
}
