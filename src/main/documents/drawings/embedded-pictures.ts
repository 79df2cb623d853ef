import { createHash } from 'node:crypto';
import { isImageFormat, readImagePages } from '../images/image-pages.ts';
import { certainSignature, likelySignature } from '../signature.ts';
import { largeImage } from './large-image.ts';
import { markOf, type Pictured } from './pictures.ts';

/** The size in which a picture is shown, in English Metric Units; null for what is not said. */
export interface ShownSize {
  readonly width: number | null;
  readonly height: number | null;
}

/** In its own size. */
export const asItIs: ShownSize = { width: null, height: null };

/** Pictures that lie in a file itself, as those of mails and pages do. */
export interface EmbeddedPictures {
  /** The mark of a picture that is shown in this size; '' if it is small, or of a kind that is not read, which is counted. */
  mark(bytes: Buffer, shown: ShownSize): string;
  /** Those with a mark, by the SHA-256 of their bytes. */
  readonly found: ReadonlyMap<string, Buffer>;
  /** How many large ones are of a kind that is not read. */
  notRead(): number;
}

/** In English Metric Units, at the 96 dpi of mails and pages. */
const PIXEL = 9_525;
/** A colour or a line that is stretched. In pixels. */
const SMALLEST_SIDE = 50;
/** Of a picture whose size nothing says: it may hold text from this many bytes. */
const LARGE_BYTES = 50_000;

/** Collects the pictures of one file while it is read. */
export function createEmbeddedPictures(): EmbeddedPictures {
  const found = new Map<string, Buffer>();
  const others = new Set<string>();
  /** The same bytes may be shown any number of times. */
  const known = new WeakMap<Buffer, Looked>();

  const look = (bytes: Buffer): Looked => {
    const looked = known.get(bytes) ?? lookAt(bytes);
    known.set(bytes, looked);
    return looked;
  };

  return {
    mark(bytes, shown) {
      const { hash, own } = look(bytes);
      if (own === null) {
        if (isLargeUnread(bytes, shown)) others.add(hash);
        return '';
      }
      if (!isLarge(own, shown)) return '';
      found.set(hash, bytes);
      return markOf(hash);
    },
    found,
    notRead: () => others.size,
  };
}

/** What the marks in a text stand for; nothing without any. */
export function picturedBy({ found }: Pick<EmbeddedPictures, 'found'>): { readonly pictured?: Pictured } {
  return found.size === 0 ? {} : { pictured: found };
}

interface Looked {
  readonly hash: string;
  /** Its own size in pixels; null if it cannot be decoded. */
  readonly own: PixelSize | null;
}

/** The size of a picture itself. In pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

function lookAt(bytes: Buffer): Looked {
  return { hash: createHash('sha256').update(bytes).digest('hex'), own: pixelSizeOf(bytes) };
}

/** Null for a picture that cannot be decoded. */
export function pixelSizeOf(bytes: Buffer): PixelSize | null {
  const kind = (certainSignature(bytes) ?? likelySignature(bytes))?.kind ?? 'unknown';
  const pages = isImageFormat(kind) ? readImagePages(bytes, kind) : null;
  return pages?.ok ? (pages.value[0] ?? null) : null;
}

/** Whether a picture that is shown in a size may well be a page or table. */
export function isLarge({ width, height }: PixelSize, shown: ShownSize): boolean {
  if (Math.min(width, height) < SMALLEST_SIDE) return false;
  const shownWidth = shown.width ?? (shown.height === null ? width * PIXEL : (shown.height * width) / height);
  const shownHeight = shown.height ?? (shownWidth * height) / width;
  return shownWidth >= largeImage.width && shownHeight >= largeImage.height;
}

function isLargeUnread(bytes: Buffer, { width, height }: ShownSize): boolean {
  if (width === null && height === null) return bytes.length >= LARGE_BYTES;
  return (width ?? largeImage.width) >= largeImage.width && (height ?? largeImage.height) >= largeImage.height;
}
