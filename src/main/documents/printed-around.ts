/**
 * Headers or footers, each once, though the page numbers that they were stored with differ; those that are only a page
 * number say nothing.
 */
export function createPrinted() {
  const texts = new Map<string, string>();

  return {
    add(text: string, withoutNumbers: string): void {
      const saysSomething = /\p{L}/u.test(text) || text.length > 5;
      const key = withoutNumbers.replace(/\s+/g, ' ').trim();
      if (saysSomething && !texts.has(key)) texts.set(key, text.replace(/\n+/g, '\n'));
    },
    texts: (): readonly string[] => [...texts.values()],
  };
}
