/** More names than this are not read through. */
const MOST_NAMES = 5;

/** The names most like a name, nearest first. */
export function nearestNames(name: string, names: readonly string[]): readonly string[] {
  const wanted = plain(name);
  return names
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_NAMES)
    .map(({ candidate }) => candidate);
}

/** "openai/GPT-4o_mini" and "gpt-4o-mini" are nearly the same. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 100);
}

/** The edits that turn one name into the other, as a part of the longer one; less if one contains the other. */
function distanceOf(a: string, b: string): number {
  const share = editsBetween(a, b) / Math.max(1, a.length, b.length);
  return a.includes(b) || b.includes(a) ? share / 2 : share;
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [at, character] of [...a].entries()) {
    const next = [at + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
