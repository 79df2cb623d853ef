/** Languages whose names of months are told apart; of those that share a name, all mean the same month by it. */
const LANGUAGES = 'en de de-AT fr es it pt nl sv da nb fi pl cs sk hu ro tr ru uk el ca ja'.split(' ');

/** Spellings that are common and in no list. */
const OTHERS: readonly (readonly [string, number])[] = [
  ['maerz', 3],
  ['sept', 9],
];

let known: ReadonlyMap<string, number> | null = null;

/** The month from 1 by its name in any of the languages, long or short; undefined if it is none. */
export function monthNamed(name: string): number | undefined {
  known ??= allNames();
  return known.get(fold(name));
}

function allNames(): ReadonlyMap<string, number> {
  const names = new Map<string, Set<number>>(OTHERS.map(([name, month]) => [name, new Set([month])]));
  for (const format of formats()) {
    for (let month = 1; month <= 12; month += 1) {
      const name = nameIn(format, month);
      if (/^\p{L}{2,}$/u.test(name)) names.set(name, (names.get(name) ?? new Set()).add(month));
    }
  }
  return new Map(
    [...names].flatMap(([name, [month, ...others]]) => (month && others.length === 0 ? [[name, month]] : [])),
  );
}

/** Long and short, and both as they stand beside a day, where some languages inflect them. */
function formats(): readonly Intl.DateTimeFormat[] {
  const styles = (['long', 'short'] as const).flatMap((month) => [{ month }, { month, day: 'numeric' } as const]);
  return LANGUAGES.flatMap((language) =>
    styles.map((style) => new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' })),
  );
}

function nameIn(format: Intl.DateTimeFormat, month: number): string {
  const parts = format.formatToParts(Date.UTC(2026, month - 1, 1));
  const name = parts.find(({ type }) => type === 'month')?.value ?? '';
  // Catalan has "de" in it.
  return fold(name).replace(/^de /, '');
}

/** "März", "MARZ" and "marz." are the same. */
function fold(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replace(/\.$/, '');
}
