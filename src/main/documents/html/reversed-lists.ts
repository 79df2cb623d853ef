import { MarkupParser } from '../markup-parser.ts';
import { isList } from './list-writer.ts';

/** A reversed list starts at its number of items, which is in no attribute: the number of each of them, in order. */
export function itemsInReversedLists(html: string): number[] {
  const counts: number[] = [];
  if (!/\breversed\b/i.test(html)) return counts;
  const open: (number | null)[] = [];
  const parser = new MarkupParser({
    onopentag(name, attributes) {
      const list = open.at(-1);
      if (name === 'li' && typeof list === 'number') counts[list] = (counts[list] ?? 0) + 1;
      if (isList(name)) open.push(name === 'ol' && attributes.reversed !== undefined ? counts.push(0) - 1 : null);
    },
    onclosetag(name) {
      if (isList(name)) open.pop();
    },
  });
  parser.end(html);
  return counts;
}
