/** What stands around a number: its unit, and words for powers of ten. */

/** Words that mean the same in every language that has them. "Billion" does not. */
const POWERS: readonly (readonly [RegExp, number])[] = [
  [/^(?:thousand|tsd\.?)(?![\p{L}])/iu, 3],
  [/^(?:million(?:s|en)?|millones|milioni|milh(?:ão|ões)|miljoen|mio\.?|mill\.|mln\.?)(?![\p{L}])/iu, 6],
  [/^(?:milliards?|milliarden|miliardi|miljard|mrd\.?|mld\.?|bn)(?![\p{L}])/iu, 9],
  [/^(?:lakhs?|lacs?)(?![\p{L}])/iu, 5],
  [/^crores?(?![\p{L}])/iu, 7],
  [/^[万萬](?!\d)/u, 4],
  [/^[亿億](?!\d)/u, 8],
];

/** English, where it is written as English is. */
const ENGLISH: readonly (readonly [RegExp, number])[] = [
  [/^billions?(?![\p{L}])/u, 9],
  [/^trillions?(?![\p{L}])/u, 12],
];

/** Letters that only after money are certain to mean this. */
const OF_MONEY: readonly (readonly [RegExp, number])[] = [
  [/^k(?![\p{L}])/iu, 3],
  [/^(?:m|mn|mm)(?![\p{L}])/iu, 6],
  [/^b(?![\p{L}])/iu, 9],
];

export interface Scaled {
  readonly power: number;
  /** What follows. */
  readonly rest: string;
}

export function scaleOf(after: string, isOfMoney: boolean): Scaled {
  const words = after.trimStart();
  for (const [word, power] of [...POWERS, ...ENGLISH, ...(isOfMoney ? OF_MONEY : [])]) {
    const found = word.exec(words);
    if (found !== null) return { power, rest: words.slice(found[0].length).trimStart() };
  }
  // Without a space, as "12k"; "12 K" is a temperature.
  return /^k(?!\p{L})/iu.test(after) ? { power: 3, rest: after.slice(1).trimStart() } : { power: 0, rest: words };
}

/** A word or letter that means different powers of ten in different languages and places. */
export function isUnclearScale(rest: string): boolean {
  return /^(?:b|tr)illion/i.test(rest) || /^[十百千万萬亿億]|^[MB](?!\p{L})/u.test(rest);
}

const SYMBOL = String.raw`(?:(?:US|A|C|CA|AU|NZ|HK|S|R|NT|MX)?\$|[€£¥₹₽₩₺₪₫₴₦฿]|zł|Kč|kr\.?|Fr\.|Rs\.?|[A-Z]{3})`;
const MONEY_BEFORE = new RegExp(`^(${SYMBOL})\\s*$`, 'u');
const MONEY_AFTER = new RegExp(`^(${SYMBOL})(?![\\p{L}\\p{N}])`, 'u');

export function isMoney(unit: string): boolean {
  return new RegExp(`^${SYMBOL}$`, 'u').test(unit);
}

export function moneyBefore(text: string): string | null {
  return MONEY_BEFORE.exec(text.trimStart())?.[1] ?? null;
}

/** Money that ends a longer text. */
export function moneyAtEnd(text: string): string | null {
  return new RegExp(`(?<![\\p{L}\\p{N}])(${SYMBOL})\\s*$`, 'u').exec(text.slice(-12))?.[1] ?? null;
}

export function moneyAfter(text: string): string | null {
  return MONEY_AFTER.exec(text)?.[1] ?? null;
}

const SAME: readonly (readonly string[])[] = [
  ['%', 'percent', 'per cent', 'pct', 'prozent'],
  ['€', 'eur', 'euro', 'euros'],
  ['$', 'us$', 'usd', 'dollar', 'dollars', 'us dollars'],
  ['£', 'gbp'],
  ['¥', 'jpy', 'cny'],
  ['₹', 'inr', 'rs', 'rs.', 'rupees'],
  ['fr.', 'chf'],
  ['zł', 'pln'],
  ['r$', 'brl'],
];
/** The dollar sign is that of many countries. */
const DOLLARS = /^(?:(?:US|A|C|CA|AU|NZ|HK|S|MX)?\$|(?:CAD|AUD|NZD|HKD|SGD|MXN|USD)|dollars?)$/i;

export function isSameUnit(one: string, other: string): boolean {
  const [first, second] = [fold(one), fold(other)];
  if (first === second || SAME.some((names) => names.includes(first) && names.includes(second))) return true;
  return (one === '$' && DOLLARS.test(other)) || (other === '$' && DOLLARS.test(one));
}

/** "Day" and "days" are the same. */
function fold(unit: string): string {
  const folded = unit.normalize('NFKC').toLowerCase().trim();
  return folded.length > 3 ? folded.replace(/s$/, '') : folded;
}

export function tidyUnit(unit: string): string {
  return /^(?:percent|per cent|pct)$/i.test(unit) ? '%' : unit;
}
