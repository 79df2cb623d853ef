import { type Orientation, orientationOf } from './image-page.ts';
import { tiffDirectories, tiffTags } from './tiff-directories.ts';

/** How many bytes stand before the first chunk, and what of a chunk before its content. */
const chunked = {
  png: {
    firstAt: 8,
    type: 'eXIf',
    length: (bytes: Buffer, at: number) => bytes.readUInt32BE(at),
    typeAt: 4,
    behind: 4,
  },
  webp: {
    firstAt: 12,
    type: 'EXIF',
    length: (bytes: Buffer, at: number) => bytes.readUInt32LE(at + 4),
    typeAt: 0,
    behind: 0,
  },
} as const;

const CHUNK_HEAD = 8;
const PREFIX = 'Exif\0\0';

/** How a PNG or WebP file says in EXIF that it is to be turned: https://www.w3.org/TR/png-3/#eXIf, RFC 9649, 2.7.1.5. */
export function exifOrientation(bytes: Buffer, format: 'png' | 'webp'): Orientation {
  const { firstAt, type, length, typeAt, behind } = chunked[format];
  for (let at = firstAt; at + CHUNK_HEAD <= bytes.length; ) {
    const size = length(bytes, at);
    const content = bytes.subarray(at + CHUNK_HEAD, at + CHUNK_HEAD + size);
    if (bytes.toString('latin1', at + typeAt, at + typeAt + 4) === type) return orientationIn(content);
    // The chunks of WebP have an even length.
    at += CHUNK_HEAD + size + behind + (format === 'webp' ? size % 2 : 0);
  }
  return 1;
}

/** EXIF is a TIFF file without images. */
function orientationIn(exif: Buffer): Orientation {
  const hasPrefix = exif.toString('latin1', 0, PREFIX.length) === PREFIX;
  const [directory] = tiffDirectories(hasPrefix ? exif.subarray(PREFIX.length) : exif, 1) ?? [];
  return orientationOf(directory?.first(tiffTags.orientation));
}
