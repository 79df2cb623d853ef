/** The table of styles: which are headings, by their outline level or by Word's name for them. */
export function createRtfStyles() {
  const outlines = new Map<number, number>();
  let style = 0;
  let name = '';

  return {
    word(word: string, parameter: number | null): void {
      if (word === 's') {
        style = parameter ?? 0;
        name = '';
      } else if (word === 'outlinelevel') outlines.set(style, parameter ?? 0);
    },
    /** Part of a style's name, which ends in a semicolon. */
    text(text: string): void {
      name = (name + text).slice(-100);
      if (!name.includes(';')) return;
      const level = /^\s*heading ([1-9])\b/i.exec(name)?.[1];
      if (level !== undefined && !outlines.has(style)) outlines.set(style, Number(level) - 1);
      name = '';
    },
    /** The level of the heading that paragraphs of this style are, counted from 0; null if they are none. */
    outlineOf: (of: number): number | null => outlines.get(of) ?? null,
  };
}
