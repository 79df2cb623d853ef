import { mtExtra, symbol, webdings, wingdings, wingdings2, wingdings3, zapfDingbats } from './symbol-font-tables.ts';

/** A font whose letters are signs: `m` is μ in Symbol, `J` a smiling face in Wingdings. */
export type SymbolFont = readonly string[];

/** By the font's name in lower case, without blanks and hyphens. */
const fonts: ReadonlyMap<string, SymbolFont> = new Map(
  (
    [
      ['symbol symbolmt euclidsymbol standardsymbolsl standardsymbolsps symbolneu', symbol],
      ['wingdings', wingdings],
      ['wingdings2', wingdings2],
      ['wingdings3', wingdings3],
      ['webdings', webdings],
      ['zapfdingbats itczapfdingbats monotypesorts dingbats', zapfDingbats],
      ['mtextra', mtExtra],
    ] satisfies [string, readonly string[]][]
  ).flatMap(([names, rows]) => names.split(' ').map((name): [string, SymbolFont] => [name, Array.from(rows.join(''))])),
);

/** `null` for a font with letters in it. */
export function symbolFontOf(name: string): SymbolFont | null {
  return fonts.get(name.toLowerCase().replace(/[\s-]/g, '')) ?? null;
}

/** What stands for a sign of which only its place in an unknown font is known. */
export const unknownSign = '•';

/** What a place of a symbol font shows; `null` where that is not known. Word adds 0xF000 to the place. */
export function signAt(font: SymbolFont, code: number): string | null {
  const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  const sign = font[place - 0x20];
  return sign === undefined || (sign === ' ' && place !== 0x20) ? null : sign;
}

export interface ReadSigns {
  readonly text: string;
  /** Signs that no table has, written as {@link unknownSign}. */
  readonly unknown: number;
}

/**
 * Text as it is seen in the given font. A letter of a font for letters is itself; one from Word's private area for
 * symbol fonts is a sign of a font that is not known, except for the usual bullet.
 */
export function readSigns(text: string, font: SymbolFont | null): ReadSigns {
  if (font === null && !/[\ue000-\uf8ff]/.test(text)) return { text, unknown: 0 };
  let unknown = 0;
  const read = Array.from(text, (character) => {
    const sign = readSign(character, font);
    if (sign !== null) return sign;
    unknown += 1;
    return unknownSign;
  });
  return { text: read.join(''), unknown };
}

/** `null` for what has no meaning outside of its font. */
function readSign(character: string, font: SymbolFont | null): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (font !== null && (isPlace(character) || isTyped(code))) return signAt(font, code);
  if (code === usualBullet) return unknownSign;
  return code >= 0xe000 && code <= 0xf8ff ? null : character;
}

/** Word's private area for the places of symbol fonts. */
function isPlace(character: string): boolean {
  return character >= '\uf020' && character <= '\uf0ff';
}

/** The letters that a keyboard has: in a symbol font each is a sign. A no-break space is none. */
function isTyped(code: number): boolean {
  return code > 0x20 && code <= 0xff && code !== 0xa0;
}

/** Symbol's bullet, which Word writes for lists in any font. */
const usualBullet = 0xf0b7;
