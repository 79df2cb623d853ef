/**
 * Double-byte encodings, scored on the same scale as `readingScore`. Each keeps its everyday characters together and
 * puts the rare ones after them.
 */
export type WideEncoding = 'shift_jis' | 'euc-jp' | 'gb18030' | 'big5' | 'euc-kr';

type Weigh = (lead: number, trail: number) => number;

const KANA = -4;
const PUNCTUATION = -4.5;
const HANGUL = -6.5;
const COMMON = -7.5;
const SIGN = -10;
const RARE = -13;
const VERY_RARE = -17;
/** Not a character. */
const NEVER = -20;

function between(value: number, first: number, last: number): boolean {
  return value >= first && value <= last;
}

const weights: Readonly<Record<WideEncoding, Weigh>> = {
  shift_jis: (lead, trail) => {
    if (!between(trail, 0x40, 0xfc) || trail === 0x7f) return NEVER;
    if (lead === 0x82) return trail >= 0x9f ? KANA : SIGN;
    if (lead === 0x83) return trail <= 0x96 ? KANA : RARE;
    if (lead === 0x81) return between(trail, 0x41, 0x7a) ? PUNCTUATION : SIGN;
    if (between(lead, 0x88, 0x97)) return COMMON;
    if (lead === 0x98) return trail <= 0x72 ? COMMON : RARE;
    if (lead === 0x87) return SIGN;
    return between(lead, 0x84, 0x9f) || between(lead, 0xe0, 0xee) || between(lead, 0xfa, 0xfc) ? RARE : VERY_RARE;
  },
  'euc-jp': (lead, trail) => {
    if (!between(trail, 0xa1, 0xfe)) return NEVER;
    if (lead === 0xa4 || lead === 0xa5) return trail <= 0xf6 ? KANA : RARE;
    if (lead === 0xa1) return PUNCTUATION;
    if (lead === 0x8e) return SIGN;
    if (between(lead, 0xb0, 0xcf)) return COMMON;
    return between(lead, 0xa2, 0xa8) ? SIGN : between(lead, 0xd0, 0xf4) ? RARE : VERY_RARE;
  },
  gb18030: (lead, trail) => {
    if (!between(trail, 0x40, 0xfe) || trail === 0x7f) return NEVER;
    if (trail < 0xa1) return lead === 0xff || lead === 0x80 ? NEVER : between(lead, 0x81, 0xfe) ? VERY_RARE : NEVER;
    if (lead === 0xa1 || lead === 0xa3) return PUNCTUATION;
    if (between(lead, 0xb0, 0xd7)) return COMMON;
    return between(lead, 0xa2, 0xa9) ? SIGN : between(lead, 0xd8, 0xf7) ? RARE : VERY_RARE;
  },
  big5: (lead, trail) => {
    if (!between(trail, 0x40, 0x7e) && !between(trail, 0xa1, 0xfe)) return NEVER;
    if (lead === 0xa1) return PUNCTUATION;
    if (between(lead, 0xa4, 0xc6)) return COMMON;
    return lead === 0xa2 || lead === 0xa3 ? SIGN : between(lead, 0xc9, 0xf9) ? RARE : VERY_RARE;
  },
  'euc-kr': (lead, trail) => {
    if (!between(trail, 0xa1, 0xfe)) return NEVER;
    if (between(lead, 0xb0, 0xc8)) return HANGUL;
    if (lead === 0xa1 || lead === 0xa3) return PUNCTUATION;
    return between(lead, 0xa2, 0xac) ? SIGN : between(lead, 0xca, 0xfd) ? RARE : VERY_RARE;
  },
};

/** The score of the bytes as text in this encoding. */
export function wideScore(bytes: Buffer, encoding: WideEncoding): number {
  const weigh = weights[encoding];
  let score = 0;
  let latinBefore = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      latinBefore = isLatinOrDigit(lead);
      continue;
    }
    if (encoding === 'shift_jis' && between(lead, 0xa1, 0xdf)) {
      score += HALF_WIDTH;
      if (latinBefore || isLatinOrDigit(bytes[at + 1] ?? 0)) score += BESIDE_LATIN;
      latinBefore = false;
      continue;
    }
    const trail = bytes[at + 1] ?? 0;
    const weight = weigh(lead, trail);
    score += weight;
    if (weight !== NEVER) at += 1;
    if (latinBefore && trail < 0x80) score += EATS_LATIN;
    // A lone double-byte character inside a Latin word is really a letter of that word.
    if (latinBefore && isLatinLetter(bytes[at + 1] ?? 0)) score += INSIDE_LATIN;
    latinBefore = false;
  }
  return score;
}

const HALF_WIDTH = -4.5;
const BESIDE_LATIN = -3;
const INSIDE_LATIN = -5;
/** The second byte would continue a Latin word or number. */
const EATS_LATIN = -4;

function isLatinOrDigit(byte: number): boolean {
  return isLatinLetter(byte) || between(byte, 0x30, 0x39);
}

function isLatinLetter(byte: number): boolean {
  return between(byte | 0x20, 0x61, 0x7a);
}
