/** A request body as sent, and where it contains long texts and pictures that other requests also carry. */
import { randomUUID } from 'node:crypto';

/** A byte range holding a JSON-escaped text without its quotes. */
export type TextRange = readonly [from: number, to: number];

export interface RequestBody {
  /** JSON in UTF-8. The same bytes are recorded and sent. */
  readonly bytes: Uint8Array;
  /** In ascending order, without overlaps. */
  readonly shared: readonly TextRange[];
}

/** JSON's escape of a lone surrogate. UTF-8 cannot represent one, so a text containing one stays in the JSON. */
const ESCAPED_SURROGATE = '\\ud';

/** Locates texts (a document sent by several analyses, the turns repeated by every chat message) in the JSON. */
export function toRequestBody(json: string, texts: readonly string[]): RequestBody {
  const bytes = Buffer.from(json);
  const shared: TextRange[] = [];
  let from = 0;
  for (const text of texts) {
    const needle = JSON.stringify(text).slice(1, -1);
    const at = text === '' || needle.includes(ESCAPED_SURROGATE) ? -1 : bytes.indexOf(needle, from);
    if (at < 0) continue;
    from = at + Buffer.byteLength(needle);
    shared.push([at, from]);
  }
  return { bytes, shared };
}

const COMPARED_CHARACTERS = 64;

/** Stands for a picture until the bytes are put together. No text has it. */
const PICTURE = randomUUID();

/**
 * The same for a request with pictures. To escape and encode 9 MB of them with the rest, and to look for them in it, would
 * block the main process for 40 ms, so they are put into the bytes as they are.
 * @param pictures in base64, in their order: the ends of all addresses of images in `body`
 */
export function toPicturedBody(body: unknown, pictures: readonly string[], texts: readonly string[]): RequestBody {
  if (pictures.length === 0) return toRequestBody(JSON.stringify(body), texts);
  return withPictures(toRequestBody(JSON.stringify(body, withoutPictures(pictures)), texts), pictures);
}

function withoutPictures(pictures: readonly string[]): (key: string, value: unknown) => unknown {
  let next = 0;
  return (key, value) => {
    const picture = pictures[next];
    if (key !== 'url' || typeof value !== 'string' || picture === undefined || !mayEndWith(value, picture))
      return value;
    next += 1;
    return value.slice(0, value.length - picture.length) + PICTURE;
  };
}

/** By their last characters: to compare whole pictures takes as long as all the rest. */
function mayEndWith(address: string, picture: string): boolean {
  return address.length > picture.length && address.endsWith(picture.slice(-COMPARED_CHARACTERS));
}

function withPictures(around: RequestBody, pictures: readonly string[]): RequestBody {
  const from = Buffer.from(around.bytes.buffer, around.bytes.byteOffset, around.bytes.length);
  const length = pictures.reduce((sum, picture) => sum + picture.length - PICTURE.length, from.length);
  // Not from the pool, which would be copied to the writer with it.
  const bytes = Buffer.allocUnsafeSlow(length);
  const shared: TextRange[] = [];
  let read = 0;
  let written = 0;
  const copyTo = (end: number) => {
    const ahead = written - read;
    const between = around.shared.filter(([start]) => start >= read && start < end);
    shared.push(...between.map(([start, stop]): TextRange => [start + ahead, stop + ahead]));
    written += from.copy(bytes, written, read, end);
    read = end;
  };
  for (const picture of pictures) {
    const at = from.indexOf(PICTURE, read);
    if (at < 0) throw new Error('A picture is not in its request.');
    copyTo(at);
    read += PICTURE.length;
    shared.push([written, written + picture.length]);
    written += bytes.write(picture, written, 'latin1');
  }
  copyTo(from.length);
  return { bytes, shared };
}
