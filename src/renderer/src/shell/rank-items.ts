import { go } from 'fuzzysort';
import type { PaletteItem } from './palette-items.ts';

export interface RankedItem extends PaletteItem {
  /** Parts of the title, and whether the query matched them. */
  readonly parts: readonly TitlePart[];
}

export interface TitlePart {
  readonly text: string;
  readonly matched: boolean;
}

/** Below it, letters match that stand anywhere in a title. */
const WORST_SCORE = 0.25;
/** What was used last counts so much more, what was used before less so. */
const RECENT_BONUS = 0.3;
/** What is found in the title counts that much more than what is found beside it. */
const TITLE_SHARE = 0.3;
const MOST_RANKED = 50;

/**
 * The items that match a query, the best first: by letters in their order, of words in any order, with those in the title
 * before those in its group and keywords.
 * @param recent ids of what was used before, newest first.
 */
export function rankItems(
  items: readonly PaletteItem[],
  query: string,
  recent: readonly string[],
): readonly RankedItem[] {
  const bonus = (id: string) => {
    const place = recent.indexOf(id);
    return place < 0 ? 1 : 1 + RECENT_BONUS * (1 - place / recent.length);
  };
  const results = go(query, items, {
    keys: [({ title }) => title, ({ group, keywords = '' }) => `${group} ${keywords}`],
    threshold: WORST_SCORE,
    limit: MOST_RANKED,
    scoreFn: ({ score, obj, 0: inTitle }) =>
      (score * (1 - TITLE_SHARE) + (inTitle?.score ?? 0) * TITLE_SHARE) * bonus(obj.id),
  });
  return results.map((result) => ({ ...result.obj, parts: partsOf(result.obj.title, result[0]?.indexes ?? []) }));
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cut between what is seen as letters, never inside of one. */
function partsOf(title: string, indexes: readonly number[]): readonly TitlePart[] {
  const hits = new Set(indexes);
  const parts: { text: string; matched: boolean }[] = [];
  for (const { segment, index } of graphemes.segment(title)) {
    const matched = Array.from(segment, (_, unit) => index + unit).some((unit) => hits.has(unit));
    const last = parts.at(-1);
    if (last?.matched === matched) last.text += segment;
    else parts.push({ text: segment, matched });
  }
  return parts;
}
