/**
 * How text stands off its line: raised, lowered, or raised as the mark of a note. What is merely moved up or down by some
 * points may be an exponent, and may be a matter of looks.
 */
export type Rise = 'raised' | 'lowered' | 'mark' | 'moved up' | 'moved down';

/** More than anyone raises as an exponent, an index or a mark: longer text is text in small letters. */
export const maxRaisedLength = 60;

const raisedSigns = signs('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾');
const loweredSigns = signs('₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎');

function signs(shown: string): ReadonlyMap<string, string> {
  const characters = Array.from(shown);
  return new Map(Array.from('0123456789+-−–=()', (sign, at) => [sign, characters[at] ?? sign]));
}

/** Ends of numbers and short forms that languages raise and that read the same on the line, by what they stand behind. */
const endings: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [/[\p{L}\d.]/u, new Set('st nd rd th TM SM tm sm ™ ® ©'.split(' '))],
  [/[\dIVXLC]/, new Set('er re ère e è ème eme ième nde de ste me os as es'.split(' '))],
  [/[\p{Lu}]/u, new Set('me mes lle lles r gr ra'.split(' '))],
];

/**
 * Raised or lowered text as it is told apart from its neighbours in one line of plain text: `10⁶`, `H₂O`, `x^(n+k)`,
 * `word[3]`. `before` is the character that it stands behind on its line, '' at the line's beginning.
 */
export function inOneLine(text: string, rise: Rise, before: string): string {
  const body = text.trim();
  const [lead = '', trail = ''] = body === '' ? [text] : text.split(body);
  return lead + toldApart(body, rise, lead === '' ? before : ' ') + trail;
}

function toldApart(body: string, rise: Rise, before: string): string {
  const standsAlone = before === '' || /\s/.test(before);
  const isLowered = rise === 'lowered' || rise === 'moved down';
  if (isPlain(body, rise, standsAlone)) return body;
  if (rise === 'mark' && body.length <= 12) return `[${body}]`;
  if (!/\p{L}/u.test(body) && !(/\d/.test(before) && /[.,;]/.test(body))) return inSigns(body, isLowered);
  if (body.length > maxRaisedLength) return ` ${body}`;
  if (!isLowered && endings.some(([behind, words]) => behind.test(before) && words.has(body))) return body;
  if (!isLowered && body === 'o' && /[nN\d.]/.test(before)) return 'º';
  if (!isLowered && body === 'a' && /[\d.]/.test(before)) return 'ª';
  const isOneWord = isLowered ? /^[\p{L}\d]+$/u.test(body) : /^(?:\p{L}|[\d.]+)$/u.test(body);
  return (isLowered ? '_' : '^') + (isOneWord ? body : `(${body})`);
}

/** What needs no sign of its own: it is in brackets or has none of its neighbours' letters, or it has no neighbour. */
function isPlain(body: string, rise: Rise, standsAlone: boolean): boolean {
  if (body === '' || /^[[{]/.test(body)) return true;
  if (rise === 'moved up' || rise === 'moved down') return standsAlone || !/^[\d+−-]{1,4}$/.test(body);
  return standsAlone && rise !== 'mark' && !/^\(?\d{1,3}\)?$/.test(body);
}

/** In the signs that Unicode has for it, as far as there are any. */
function inSigns(body: string, isLowered: boolean): string {
  const known = isLowered ? loweredSigns : raisedSigns;
  return Array.from(body, (sign) => known.get(sign) ?? sign).join('');
}
