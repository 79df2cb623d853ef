/**
 * How text is offset from its line: superscript, subscript, or a superscript note mark. Text merely moved up or down a
 * few points may be an exponent or just decoration.
 */
export type Rise = 'raised' | 'lowered' | 'mark' | 'moved up' | 'moved down';

/** Longer than any exponent, index or note mark; longer text is just set small. */
export const maxRaisedLength = 60;

const raisedSigns = signs('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾');
const loweredSigns = signs('₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎');

function signs(shown: string): ReadonlyMap<string, string> {
  const characters = Array.from(shown);
  return new Map(Array.from('0123456789+-−–=()', (sign, at) => [sign, characters[at] ?? sign]));
}

/** Raised endings of numbers and abbreviations that read the same on the line, by what precedes them. */
const endings: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [/[\p{L}\d.]/u, new Set('st nd rd th TM SM tm sm ™ ® ©'.split(' '))],
  [/[\dIVXLC]/, new Set('er re ère e è ème eme ième nde de ste me os as es'.split(' '))],
  [/[\p{Lu}]/u, new Set('me mes lle lles r gr ra'.split(' '))],
];

/**
 * Writes raised or lowered text so that it stays distinct in plain text: `10⁶`, `H₂O`, `x^(n+k)`, `word[3]`.
 * @param before the preceding character on the line, '' at its start.
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

/** Whether the text needs no marking: it is bracketed, cannot be confused with its neighbours, or has none. */
function isPlain(body: string, rise: Rise, standsAlone: boolean): boolean {
  if (body === '' || /^[[{]/.test(body)) return true;
  if (rise === 'moved up' || rise === 'moved down') return standsAlone || !/^[\d+−-]{1,4}$/.test(body);
  return standsAlone && rise !== 'mark' && !/^\(?\d{1,3}\)?$/.test(body);
}

/** Uses Unicode superscripts or subscripts as far as they exist. */
function inSigns(body: string, isLowered: boolean): string {
  const known = isLowered ? loweredSigns : raisedSigns;
  return Array.from(body, (sign) => known.get(sign) ?? sign).join('');
}
