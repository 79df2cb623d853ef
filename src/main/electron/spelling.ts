/** What the context menu offers for a word that the system's spelling checker does not know. */

export interface SpellingEntry {
  readonly label: string;
  readonly enabled: boolean;
  readonly click: () => void;
}

export interface Speller {
  replace(word: string): void;
  learn(word: string): void;
}

/** Nothing where no word is misspelled, as always on Linux (decision 16). */
export function spellingEntries(
  misspelled: string,
  suggestions: readonly string[],
  speller: Speller,
): readonly SpellingEntry[] {
  if (misspelled === '') return [];
  const offered = suggestions.map((word) => ({
    label: literal(word),
    enabled: true,
    click: () => speller.replace(word),
  }));
  const none = { label: 'No suggestions', enabled: false, click: () => {} };
  return [
    ...(offered.length > 0 ? offered : [none]),
    { label: 'Add to dictionary', enabled: true, click: () => speller.learn(misspelled) },
  ];
}

/** Menus take a single ampersand for the mark of a key. */
function literal(word: string): string {
  return word.replaceAll('&', '&&');
}
