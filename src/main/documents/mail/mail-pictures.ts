import { asItIs, type EmbeddedPictures } from '../drawings/embedded-pictures.ts';
import { withoutEdges } from '../drawings/pictures.ts';
import type { MarkOfPicture } from '../html/element-rules.ts';
import { pictureInAddress, shownSize } from '../html/images.ts';

/** A picture in a mail that its text may show. */
export interface ShownPart {
  readonly bytes: Buffer;
  /** With or without its angle brackets; null or '' if it has none. */
  readonly contentId: string | null;
  /** The address that a page was saved from. */
  readonly location: string | null;
  readonly fileName: string | null;
}

/** The pictures that stand in the text of a mail, wherever they are stored. */
export interface MailPictures {
  /** What stands for the pictures of a page. @param base its own address, if it says it. */
  onPage(base: string | null): MarkOfPicture;
  /** A plain text with its pictures where it names them, as Outlook and Gmail do: `[cid:image001.png@01DA]`, `[image: letter.png]`. */
  inPlain(text: string): string;
  /** The mark of a part that stands by itself. */
  alone(part: ShownPart): string;
  /** Whether a text that was read shows this part. */
  isShown(part: ShownPart): boolean;
}

/** Finds the pictures that the text of a mail shows. @param parts those that the mail holds. @param pictures collects what is shown. */
export function createMailPictures(parts: readonly ShownPart[], pictures: EmbeddedPictures): MailPictures {
  const byId = firstBy(parts, ({ contentId }) => contentId?.replace(/^\s*<|>\s*$/g, '').trim() ?? '');
  const byLocation = firstBy(parts, ({ location }) => location?.trim() ?? '');
  const byName = firstBy(parts, ({ fileName }) => fileName ?? '');
  const shown = new Set<ShownPart>();

  /** Those that it has and that are shown. */
  const use = (part: ShownPart | undefined): Buffer | null => {
    if (part === undefined) return null;
    shown.add(part);
    return part.bytes;
  };

  const pictureAt = (source: string, base: string | null): Buffer | null => {
    const address = source.trim();
    if (/^data:/i.test(address)) return pictureInAddress(address);
    const [, id] = /^cid:(.*)$/is.exec(address) ?? [];
    if (id !== undefined) return use(byId.get(id) ?? byId.get(decoded(id)));
    // Fax servers name a part by its Content-ID alone.
    return use(byLocation.get(address) ?? byLocation.get(resolved(address, base)) ?? byId.get(address));
  };

  return {
    onPage: (base) => (attributes) => {
      const picture = pictureAt(attributes.src ?? '', base);
      return picture === null ? '' : pictures.mark(picture, shownSize(attributes));
    },
    inPlain: (text) =>
      withoutEdges(text).replace(/\[(cid|image): ?([^\]\n]{1,300})\]/g, (whole, kind: string, key: string) => {
        const picture = use(kind === 'cid' ? byId.get(key) : byName.get(key));
        return picture === null ? whole : pictures.mark(picture, asItIs);
      }),
    alone: ({ bytes }) => pictures.mark(bytes, asItIs),
    isShown: (part) => shown.has(part),
  };
}

function firstBy(parts: readonly ShownPart[], keyOf: (part: ShownPart) => string): ReadonlyMap<string, ShownPart> {
  const found = new Map<string, ShownPart>();
  for (const part of parts) {
    const key = keyOf(part);
    if (key !== '' && !found.has(key)) found.set(key, part);
  }
  return found;
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function resolved(address: string, base: string | null): string {
  return base !== null && URL.canParse(address, base) ? new URL(address, base).href : address;
}
