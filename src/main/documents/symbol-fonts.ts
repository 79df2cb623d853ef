import { mtExtra, symbol, webdings, wingdings, wingdings2, wingdings3, zapfDingbats } from './symbol-font-tables.ts';

/** A font whose letters are symbols: `m` is μ in Symbol, `J` is a smiley in Wingdings. */
export type SymbolFont = readonly string[];

/** By font name in lower case, without blanks and hyphens. */
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

/** `null` for an ordinary font. */
export function symbolFontOf(name: string): SymbolFont | null {
  return fonts.get(name.toLowerCase().replace(/[\s-]/g, '')) ?? null;
}

/** Stands for a symbol known only by its code in an unknown font. */
export const unknownSign = '•';

/** What a symbol font shows for a code; `null` if unknown. Word adds 0xF000 to the code. */
export function signAt(font: SymbolFont, code: number): string | null {
  const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  const sign = font[place - 0x20];
  return sign === undefined || (sign === ' ' && place !== 0x20) ? null : sign;
}

export interface ReadSigns {
  readonly text: string;
  /** Number of symbols in no table, written as {@link unknownSign}. */
  readonly unknown: number;
}

/**
 * Text as it looks in the given font. In an ordinary font a letter is itself, and a character from Word's private-use
 * range for symbol fonts is an unknown symbol, except for the usual bullet.
 * @param forSymbols the font of characters in that range where letters have an ordinary one.
 */
export function readSigns(text: string, font: SymbolFont | null, forSymbols: SymbolFont | null = font): ReadSigns {
  if (font === null && !/[\ue000-\uf8ff]/.test(text)) return { text, unknown: 0 };
  let unknown = 0;
  const read = Array.from(text, (character) => {
    const sign = readSign(character, isPlace(character) ? forSymbols : font);
    if (sign !== null) return sign;
    unknown += 1;
    return unknownSign;
  });
  return { text: read.join(''), unknown };
}

/** `null` if the character means nothing outside its font. */
function readSign(character: string, font: SymbolFont | null): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (font !== null && (isPlace(character) || isTyped(code))) return signAt(font, code);
  if (code === usualBullet) return unknownSign;
  return code >= 0xe000 && code <= 0xf8ff ? null : character;
}

/** Word's private-use range for symbol fonts. */
function isPlace(character: string): boolean {
  return character >= '\uf020' && character <= '\uf0ff';
}

/** Characters a keyboard can type, each of which is a symbol in a symbol font. A no-break space is not. */
function isTyped(code: number): boolean {
  return code > 0x20 && code <= 0xff && code !== 0xa0;
}

/** Symbol's bullet, which Word writes for lists in any font. */
const usualBullet = 0xf0b7;
