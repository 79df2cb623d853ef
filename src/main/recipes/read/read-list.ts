import {
  bare,
  distinct,
  EMPTY,
  escapePattern,
  type KindOf,
  LONGEST_READ,
  type ReadAnswer,
  withoutEnd,
} from './reading.ts';

const ITEM_CHARACTERS = 80;
/** An item in a line of its own may have commas in it, as an address has. */
const LINE_CHARACTERS = 300;
const NO_LIST: ReadAnswer = { value: null, note: 'The answer is not a list.' };

export function readList(title: string, { maxItems }: Pick<KindOf<'list'>, 'maxItems'>, raw: string): ReadAnswer {
  if (raw.length > LONGEST_READ) return NO_LIST;
  const items = listedIn(raw, title);
  if (items.length === 0) return EMPTY;
  const longest = items.length > 1 && /\n\s*\S/.test(raw.trim()) ? LINE_CHARACTERS : ITEM_CHARACTERS;
  if (items.some((item) => item.length > longest)) return NO_LIST;
  return listValue(items, maxItems);
}

export function listValue(items: readonly string[], maxItems: number | undefined): ReadAnswer {
  const isCut = maxItems !== undefined && items.length > maxItems;
  const note = isCut ? `The first ${maxItems} of ${items.length}.` : null;
  return { value: { type: 'list', items: items.slice(0, maxItems) }, note };
}

/** The items of a list in lines, in one line, or in JSON or code, which may be cut off. */
export function listedIn(raw: string, title: string): readonly string[] {
  return distinct(
    partsIn(raw, title)
      .map(itemIn)
      .filter((item) => item !== ''),
  );
}

function partsIn(raw: string, title: string): readonly string[] {
  const listed = raw
    .replaceAll(/^\s*```\w*\s*$/gmu, '')
    .trim()
    .replace(/^\{\s*"\w{1,60}"\s*:\s*(?=\[)/, '')
    .replace(new RegExp(`^[^:\\n]{0,60}\\b${escapePattern(singular(title))}s?\\b[^:\\n]{0,40}:`, 'i'), '')
    .trim();
  const inBrackets = /^\[(?!\w+\]\s*\w)/.test(listed) ? withoutEnd(listed.slice(1), /[\s\]}]/) : null;
  if (inBrackets !== null) return inBrackets.split(/["']/.test(inBrackets) ? /["']\s*,\s*["']/u : /[,;\n]/u);
  return listed.includes('\n') ? listed.split('\n') : withSuffixes(listed.split(/[,;、，]/u));
}

/** What follows a name after a comma and belongs to it: "Acme, Inc." */
const SUFFIX =
  '(?:(?:inc|incorporated|ltd|limited|llc|llp|plc|corp|gmbh|pty|jr|sr|esq|phd)\\.?|co\\.|s\\.a\\.?|s\\.r\\.l\\.?|s\\.p\\.a\\.?|b\\.v\\.?|n\\.v\\.?|ph\\.d\\.?|m\\.d\\.?)';
const ONLY_SUFFIX = new RegExp(`^\\s*${SUFFIX}\\s*$`, 'i');
const ENDS_IN_SUFFIX = new RegExp(`[\\s,]${SUFFIX}$`, 'i');

function withSuffixes(parts: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const part of parts) {
    const last = ONLY_SUFFIX.test(part) ? items.pop() : undefined;
    items.push(last === undefined ? part : `${last}, ${part.trim()}`);
  }
  return items;
}

/** "Topics" is introduced as "the topic" too. */
function singular(title: string): string {
  return title.replace(/s$/i, '');
}

/** A list item without its bullet or number, Markdown and "and". */
function itemIn(part: string): string {
  const unmarked = part.replace(/^\s*(?:[-–*•]\s+|\(?\d+[.)](?!\d)\s*)/u, '');
  const item = bare(bare(unmarked).replace(/^and\s+/i, ''));
  return ENDS_IN_SUFFIX.test(item) ? item : item.replace(/\.$/, '');
}
