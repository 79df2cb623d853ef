import { type Attributes, attributeOf, isOn, readXml } from '../packed/xml-events.ts';
import type { Rise } from '../raised-text.ts';
import { type SymbolFont, symbolFontOf } from '../symbol-fonts.ts';
import { depthOf, type ListPlace, type Lists } from './numbering.ts';

/** Formatting of a run that affects its text. Unset properties are inherited. */
export interface RunLooks {
  readonly isHidden?: boolean;
  readonly isStruck?: boolean;
  /** From `w:vertAlign`: raised, lowered, or explicitly on the line. */
  readonly rise?: Rise | 'on the line';
  /** From `w:position`, in half points. */
  readonly moved?: number;
  readonly font?: SymbolFont | null;
}

export interface ParagraphStyle {
  /** The level of a heading, counted from 0; other text has none or a level beyond the last. */
  readonly outline: number | null;
  readonly list: ListPlace | null;
  readonly run: RunLooks;
}

export interface Styles {
  /** Properties of a paragraph style; '' for the default style. */
  readonly paragraph: (styleId: string, lists: Lists) => ParagraphStyle;
  readonly character: (styleId: string) => RunLooks;
  /** The list of a numbering style. */
  readonly listOf: (styleId: string) => string | null;
}

interface Style {
  base: string;
  listId: string | null;
  level: string | null;
  outline: number | null;
  run: RunLooks;
}

/** The level of text that is no heading although its style is based on one. */
const BODY_TEXT = 9;

/** A longer inheritance chain is a cycle. Word allows ten. */
const maxBases = 50;

/** Reads `word/styles.xml`. */
export function readStyles(xml: string): Styles {
  const { styles, defaultId, defaults } = readEach(xml);
  const paragraphs = new Map<string, ParagraphStyle>();
  const characters = new Map<string, RunLooks>();

  function chainOf(id: string): readonly (readonly [string, Style])[] {
    const chain: [string, Style][] = [];
    let at = id;
    for (let style = styles.get(at); style !== undefined && chain.length < maxBases; style = styles.get(at)) {
      chain.push([at, style]);
      at = style.base;
    }
    return chain;
  }

  const looksOf = (chain: readonly (readonly [string, Style])[]): RunLooks =>
    Object.assign({}, ...chain.map(([, style]) => style.run).reverse());

  return {
    paragraph(styleId, lists) {
      const known = paragraphs.get(styleId);
      if (known !== undefined) return known;
      const chain = chainOf(styles.has(styleId) ? styleId : defaultId);
      const style = {
        list: listPlaceOf(chain, lists),
        outline: chain.find(([, one]) => one.outline !== null)?.[1].outline ?? null,
        run: { ...defaults, ...looksOf(chain) },
      };
      paragraphs.set(styleId, style);
      return style;
    },
    character(styleId) {
      const known = characters.get(styleId) ?? looksOf(chainOf(styleId));
      characters.set(styleId, known);
      return known;
    },
    listOf: (styleId) => chainOf(styleId).find(([, style]) => style.listId !== null)?.[1].listId ?? null,
  };
}

/** A level that names the style takes precedence over the level named by the style. */
function listPlaceOf(chain: readonly (readonly [string, Style])[], lists: Lists): ListPlace | null {
  const listId = chain.find(([, style]) => style.listId !== null)?.[1].listId ?? null;
  if (listId === null) return null;
  const levels = [...(lists.get(listId)?.levels ?? [])];
  for (const [id, style] of chain) {
    const linked = levels.find(([, level]) => level.style === id);
    if (linked !== undefined) return { listId, level: linked[0] };
    if (style.level !== null) return { listId, level: depthOf(style.level) };
  }
  return { listId, level: 0 };
}

function readEach(xml: string) {
  const styles = new Map<string, Style>();
  let defaultId = '';
  let defaults: RunLooks = {};
  let style: Style | null = null;
  /** Formatting of table parts is not the style's own. */
  let partDepth = 0;
  let isInDefaults = false;
  const path: string[] = [];

  function openStyle(attributes: Attributes): void {
    style = { base: '', listId: null, level: null, outline: null, run: {} };
    const id = attributeOf(attributes, 'styleId') ?? '';
    styles.set(id, style);
    const isDefault = attributeOf(attributes, 'default');
    if (isDefault !== null && isOn(isDefault) && attributeOf(attributes, 'type') === 'paragraph') defaultId = id;
  }

  readXml(xml, {
    open(name, attributes) {
      const parent = path.at(-1);
      path.push(name);
      if (name === 'w:tblStylePr') partDepth += 1;
      if (partDepth > 0) return;
      if (name === 'w:style') openStyle(attributes);
      else if (name === 'w:rPrDefault') isInDefaults = true;
      else if (isInDefaults && parent === 'w:rPr') defaults = withLooks(defaults, name, attributes);
      else if (style === null) return;
      else if (name === 'w:basedOn') style.base = attributeOf(attributes, 'val') ?? '';
      else if (name === 'w:name') style.outline ??= outlineOfName(attributeOf(attributes, 'val') ?? '');
      else if (name === 'w:outlineLvl') style.outline = outlineOf(attributeOf(attributes, 'val') ?? '');
      else if (name === 'w:numId') style.listId = attributeOf(attributes, 'val');
      else if (name === 'w:ilvl') style.level = attributeOf(attributes, 'val');
      else if (parent === 'w:rPr') style.run = withLooks(style.run, name, attributes);
    },
    close(name) {
      path.pop();
      if (name === 'w:tblStylePr') partDepth -= 1;
      else if (name === 'w:style') style = null;
      else if (name === 'w:rPrDefault') isInDefaults = false;
    },
  });
  return { styles, defaultId, defaults };
}

/** From `w:outlineLvl`. Level 9, the tenth, is body text. */
export function outlineOf(value: string): number {
  const level = Number.parseInt(value, 10);
  return level >= 0 && level < 9 ? level : BODY_TEXT;
}

/** Word's own styles for headings keep this name in all languages. */
function outlineOfName(name: string): number | null {
  const level = /^heading ([1-9])$/i.exec(name)?.[1];
  return level === undefined ? null : Number(level) - 1;
}

/** Returns `looks` with one `w:rPr` property applied. */
export function withLooks(looks: RunLooks, name: string, attributes: Attributes): RunLooks {
  const value = attributeOf(attributes, 'val');
  switch (name) {
    case 'w:vanish':
      return { ...looks, isHidden: isOn(value) };
    case 'w:strike':
    case 'w:dstrike':
      return { ...looks, isStruck: isOn(value) };
    case 'w:vertAlign':
      return { ...looks, rise: value === 'superscript' ? 'raised' : value === 'subscript' ? 'lowered' : 'on the line' };
    case 'w:position':
      return { ...looks, moved: Number.parseInt(value ?? '0', 10) || 0 };
    case 'w:rFonts':
      return { ...looks, ...fontOf(attributes) };
    default:
      return looks;
  }
}

/** A theme font takes precedence over a font named beside it. */
function fontOf(attributes: Attributes): RunLooks {
  if (attributeOf(attributes, 'asciiTheme') !== null || attributeOf(attributes, 'hAnsiTheme') !== null) {
    return { font: null };
  }
  const name = attributeOf(attributes, 'ascii') ?? attributeOf(attributes, 'hAnsi');
  return name === null ? {} : { font: symbolFontOf(name) };
}

/** Two points; a smaller shift is only decoration. */
const minMoved = 4;

/** How text with these looks is raised or lowered, if at all. */
export function riseOf({ rise, moved = 0 }: RunLooks): Rise | null {
  if (rise !== undefined && rise !== 'on the line') return rise;
  if (Math.abs(moved) < minMoved) return null;
  return moved > 0 ? 'moved up' : 'moved down';
}
