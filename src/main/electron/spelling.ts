/** Context menu entries for a word the system's spell checker does not know. */

export interface SpellingEntry {
  readonly label: string;
  readonly enabled: boolean;
  readonly click: () => void;
}

export interface Speller {
  replace(word: string): void;
  learn(word: string): void;
}

/** Empty if no word is misspelled, and always on Linux (decision 16). */
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

/** Menus interpret a single ampersand as the marker of an access key. */
function literal(word: string): string {
  return word.replaceAll('&', '&&');
}
