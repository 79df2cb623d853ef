import type { Rise } from '../raised-text.ts';
import { type SymbolFont, symbolFontOf } from '../symbol-fonts.ts';
import { type Declarations, readDeclarations } from './css-declarations.ts';

export type HtmlAttributes = Readonly<Record<string, string>>;

/** What an element itself says about how its text looks; anything it leaves out is inherited. */
export interface HtmlLooks {
  /** Nothing inside is shown. */
  readonly isGone: boolean;
  /** Starts and ends on its own line, whatever its name. */
  readonly isBlock?: boolean;
  /** Whether its text is visible; a descendant may say otherwise. */
  readonly isVisible?: boolean;
  readonly rise?: Rise;
  readonly isStruck?: boolean;
  readonly font?: SymbolFont | null;
  /** CSS name of the list's or item's marker style. */
  readonly listStyle?: string;
}

/** For an element that says nothing about looks. */
export const plainLooks: HtmlLooks = { isGone: false };

/**
 * The looks of an element, from its name and attributes. Style sheets are not applied: their effect depends on scripts
 * and screens, and a rule that hides something is often meant to be lifted. For the same reason `body` is never hidden:
 * a page that hides it shows it once loaded.
 */
export function looksOf(name: string, attributes: HtmlAttributes): HtmlLooks {
  if (!lookingNames.has(name) && !hasLooks(attributes)) return plainLooks;
  const style = declarationsOf(attributes.style);
  const font = fontOf(attributes, style);
  const listStyle = listStyleOf(style);
  const rise = riseOf(name, style);
  const isNeverHidden = name === 'html' || name === 'body' || isShownByScript(attributes);
  const visibility = isNeverHidden ? undefined : style.get('visibility');
  return {
    isGone: !isNeverHidden && isGone(name, attributes, style),
    ...(blocks.has(style.get('display') ?? '') ? { isBlock: true } : {}),
    ...(visibility === undefined || visibility === 'inherit'
      ? {}
      : { isVisible: !/^(?:hidden|collapse)$/.test(visibility) }),
    ...(rise === null ? {} : { rise }),
    ...(isStruck(name, style) ? { isStruck: true } : {}),
    ...(font === undefined ? {} : { font }),
    ...(listStyle === undefined ? {} : { listStyle }),
  };
}

const blocks = new Set('block flex grid table list-item flow-root table-row'.split(' '));

/** Pages written by office programs repeat a few styles on every line. */
const known = new Map<string | undefined, Declarations>();
const maxKnown = 500;

function declarationsOf(style: string | undefined): Declarations {
  const read = known.get(style) ?? readDeclarations(style);
  if (known.size >= maxKnown) known.clear();
  if ((style?.length ?? 0) <= 1_000) known.set(style, read);
  return read;
}

/** Elements with built-in looks. */
const lookingNames = new Set(['sup', 'sub', 's', 'strike', 'del', 'dialog']);
const struckNames = new Set(['s', 'strike', 'del']);

function isStruck(name: string, style: Declarations): boolean {
  const decoration = `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`;
  return struckNames.has(name) || /\bline-through\b/.test(decoration.slice(0, 500));
}

function hasLooks({ style, hidden, popover, face }: HtmlAttributes): boolean {
  return style !== undefined || hidden !== undefined || popover !== undefined || face !== undefined;
}

/** Ids of elements that are written hidden and always shown by a script. */
const shownByScript: readonly RegExp[] = [
  // React: parts of a page that are streamed after their placeholder.
  /^S:[\da-f]+$/,
  // WeChat: the text of an article.
  /^js_content$/,
];

function isShownByScript({ id }: HtmlAttributes): boolean {
  return id !== undefined && shownByScript.some((known) => known.test(id));
}

/** The page's own `display` takes precedence over browser defaults. */
function isGone(name: string, attributes: HtmlAttributes, style: Declarations): boolean {
  if (style.get('content-visibility') === 'hidden') return true;
  // What a list of mails shows beside the subject, and no mail does.
  if (/^0(?:px)?$/.test(style.get('max-height') ?? '') && style.get('overflow') === 'hidden') return true;
  const display = style.get('display');
  if (display !== undefined) return display === 'none';
  if (attributes.hidden !== undefined) return attributes.hidden.toLowerCase() !== 'until-found';
  return attributes.popover !== undefined || (name === 'dialog' && attributes.open === undefined);
}

function riseOf(name: string, style: Declarations): Rise | null {
  const align = style.get('vertical-align') ?? '';
  if (align === 'super' || (name === 'sup' && align === '')) return 'raised';
  if (align === 'sub' || (name === 'sub' && align === '')) return 'lowered';
  const moved = Number.parseFloat(style.get('mso-text-raise') ?? align);
  if (Number.isNaN(moved) || Math.abs(moved) < 0.2) return null;
  return moved > 0 ? 'moved up' : 'moved down';
}

function fontOf(attributes: HtmlAttributes, style: Declarations): SymbolFont | null | undefined {
  const families =
    style.get('mso-symbol-font-family') ??
    style.get('font-family') ??
    /[\d.]+(?:[a-z]+|%)(?:\s*\/\s*\S+)?\s+(\S.*)$/i.exec(shorthand(style, 'font'))?.[1] ??
    attributes.face;
  if (families === undefined || families === 'inherit') return undefined;
  return symbolFontOf((families.split(',')[0] ?? '').replace(/["']/g, '').trim());
}

/** A longer shorthand is not from a real page. */
function shorthand(style: Declarations, name: string): string {
  const value = style.get(name) ?? '';
  return value.length > 500 ? '' : value;
}

/** The shorthand may also contain a position and an image, which has the style as its fallback. */
function listStyleOf(style: Declarations): string | undefined {
  const type = style.get('list-style-type');
  if (type !== undefined) return type;
  const words = shorthand(style, 'list-style').replace(/url\([^)]*\)/g, '');
  return words.split(/\s+/).find((word) => word !== '' && word !== 'inside' && word !== 'outside');
}
