import { type SymbolFont, symbolFontOf } from '../symbol-fonts.ts';
import type { createEncodings } from './encodings.ts';

/** The table of fonts: which are symbol fonts, and in which encoding each writes. */
export function createFonts(encodings: ReturnType<typeof createEncodings>) {
  const symbols = new Map<number, SymbolFont>();
  let font = 0;
  let name = '';

  return {
    word(word: string, parameter: number | null): void {
      if (word === 'f') {
        font = parameter ?? 0;
        name = '';
      } else if (word === 'fcharset') encodings.setCharset(font, parameter ?? 0);
      else if (word === 'cpg') encodings.setPageOfFont(font, parameter ?? 0);
    },
    /** Part of a font's name, which ends in a semicolon. */
    text(text: string): void {
      name = (name + text).slice(-100);
      if (!name.includes(';')) return;
      const known = symbolFontOf(name.slice(0, name.indexOf(';')).trim());
      if (known !== null) symbols.set(font, known);
      name = '';
    },
    symbolsOf: (of: number): SymbolFont | null => symbols.get(of) ?? null,
  };
}
