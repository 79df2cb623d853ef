import { type Attributes, readXml } from '../packed/xml-events.ts';
import type { Rise } from '../raised-text.ts';
import { type SymbolFont, symbolFontOf } from '../symbol-fonts.ts';
import { createListStyles, type ListStyle } from './list-styles.ts';

/** Formatting that affects text. Unset properties are inherited. */
export interface Looks {
  readonly isHidden?: boolean;
  readonly isStruck?: boolean;
  readonly rise?: Rise | null;
  readonly font?: SymbolFont | null;
}

/** What else a style says that matters to a reader. */
interface Style {
  base: string;
  looks: Looks;
  /** The list of the paragraphs that have it. */
  list: string | null;
  /** Of a table, or of a slide: it is not shown. */
  isHidden: boolean;
  /** Of a slide: it does not show what its master page prints. */
  hidesMaster: boolean;
  /** Of a table: the pages that it is printed on. */
  readonly masterPage: string | null;
}

export interface OdfStyles {
  /** Of paragraphs and spans, whichever family the name is from. */
  readonly looks: (family: Family, name: string) => Looks;
  readonly list: (name: string) => ListStyle | null;
  /** The numbers of headings that are in no list. */
  readonly outline: () => ListStyle | null;
  readonly isHidden: (family: Family, name: string) => boolean;
  /** Whether slides of this style leave out what their master page prints. */
  readonly hidesMaster: (slideStyle: string) => boolean;
  /** The pages that a table is printed on; null if it does not say. */
  readonly masterPage: (tableStyle: string) => string | null;
}

export type Family = 'paragraph' | 'text' | 'table' | 'drawing-page';

/** A longer chain of inheritance is a cycle. */
const maxBases = 50;

/** Reads styles from the parts that define them, the more general one first. */
export function readOdfStyles(xmls: readonly (string | Uint8Array)[]): OdfStyles {
  const styles = new Map<string, Style>();
  const fonts = new Map<string, string>();
  const lists = createListStyles();
  for (const xml of xmls) readStyles(xml, styles, fonts, lists);
  const known = new Map<string, Looks>();

  function chainOf(key: string): readonly Style[] {
    const chain: Style[] = [];
    for (let style = styles.get(key); style !== undefined && chain.length < maxBases; style = styles.get(style.base)) {
      chain.push(style);
    }
    return chain;
  }

  return {
    looks(family, name) {
      const key = `${family} ${name}`;
      const looks =
        known.get(key) ??
        Object.assign(
          {},
          ...chainOf(key)
            .map((style) => style.looks)
            .reverse(),
        );
      known.set(key, looks);
      return looks;
    },
    list: lists.named,
    outline: lists.outline,
    hidesMaster: (name) => chainOf(`drawing-page ${name}`).some((style) => style.hidesMaster),
    isHidden: (family, name) => chainOf(`${family} ${name}`).some((style) => style.isHidden),
    masterPage: (name) => chainOf(`table ${name}`).find((style) => style.masterPage !== null)?.masterPage ?? null,
  };
}

function readStyles(
  xml: string | Uint8Array,
  styles: Map<string, Style>,
  fonts: Map<string, string>,
  lists: ReturnType<typeof createListStyles>,
): void {
  let style: Style | null = null;
  readXml(xml, {
    open(name, attributes) {
      lists.open(name, attributes);
      if (name === 'style:font-face') {
        fonts.set(attributes['style:name'] ?? '', attributes['svg:font-family'] ?? '');
      } else if (name === 'style:style') {
        const family = attributes['style:family'] ?? '';
        style = {
          base: `${family} ${attributes['style:parent-style-name'] ?? ''}`,
          looks: {},
          list: attributes['style:list-style-name'] ?? null,
          isHidden: false,
          hidesMaster: false,
          masterPage: attributes['style:master-page-name'] ?? null,
        };
        styles.set(`${family} ${attributes['style:name'] ?? ''}`, style);
      } else if (style === null) return;
      else if (name === 'style:text-properties') style.looks = { ...style.looks, ...looksOf(attributes, fonts) };
      else if (name === 'style:table-properties') style.isHidden = attributes['table:display'] === 'false';
      else if (name === 'style:drawing-page-properties') {
        style.isHidden = attributes['presentation:visibility'] === 'hidden';
        style.hidesMaster = attributes['presentation:background-objects-visible'] === 'false';
      }
    },
    close(name) {
      lists.close(name);
      if (name === 'style:style') style = null;
    },
  });
}

function looksOf(attributes: Attributes, fonts: ReadonlyMap<string, string>): Looks {
  const display = attributes['text:display'];
  const line = attributes['style:text-line-through-style'] ?? attributes['style:text-line-through-type'];
  const position = attributes['style:text-position'];
  const font = attributes['style:font-name'];
  return {
    ...(display === undefined ? {} : { isHidden: display === 'none' }),
    ...(line === undefined ? {} : { isStruck: line !== 'none' }),
    ...(position === undefined ? {} : { rise: riseOf(position) }),
    ...(font === undefined ? {} : { font: symbolFontOf((fonts.get(font) ?? font).replace(/^['"]|['"]$/g, '')) }),
  };
}

/** "super 58%", "-33% 58%": raised or lowered, and by how much it is smaller. */
function riseOf(position: string): Rise | null {
  const [shift = ''] = position.trim().split(/\s+/);
  if (shift === 'super') return 'raised';
  if (shift === 'sub') return 'lowered';
  const percent = Number.parseFloat(shift);
  if (!(Math.abs(percent) > 5)) return null;
  return percent > 0 ? 'raised' : 'lowered';
}
