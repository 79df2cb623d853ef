/**
 * Folds text before it is compared or searched, everywhere in Docket: case, accents, composed and decomposed forms,
 * width, ligatures, optional vowel signs and invisible characters. Text that is stored, shown or sent is not changed.
 */

/** Text folded for comparison. */
export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit, its offset in the original text; null if the offsets are identical. */
  readonly starts: readonly number[] | null;
}

/** Soft hyphens, joiners, direction marks, variation selectors, fillers, tags. */
const UNSEEN = String.raw`\p{Default_Ignorable_Code_Point}\p{Cf}`;
/**
 * Marks above and below letters that are often omitted: accents, Hebrew points, Arabic vowel signs and tatweel, Syriac
 * points. Not kana voicing marks or Indic and Thai vowels: those make different words.
 */
const SIGNS =
  '\\u0300-\\u0305\\u0307\\u0309-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7' +
  '\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u0730-\\u074a' +
  '\\u08d3-\\u08ff\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20f0\\ufb1e\\ufe20-\\ufe2f';
/** A breve or diaeresis makes three Cyrillic letters distinct (й, ў, ї); on any other letter it is an accent. */
const dropped = new RegExp(`[${UNSEEN}${SIGNS}]|(?<![иу])\\u0306|(?<!і)\\u0308`, 'gu');

/** Letters and signs that Unicode does not decompose but that people use interchangeably. */
const LIKE: Readonly<Record<string, string>> = {
  // Latin and Greek
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ς: 'σ',
  // Arabic as typed: alef wasla, alef maksura and Persian yeh, Persian kaf, teh marbuta and the Urdu hehs
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ھ: 'ه',
  ہ: 'ه',
  // Quotation marks and dashes
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
};
const likeness = new RegExp(`[${Object.keys(LIKE).join('')}]`, 'gu');

/** The zero of each set of digits used alongside 0 to 9: Arabic, Persian, Hindi, Bengali, Thai. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50] as const;
const digits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/gu;

/** Standalone voicing marks; normalisation would otherwise put a space before them. */
const loneVoicing = /[\u309b\u309c]/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII, whose folding keeps every place
const plain = /^[\0-\x08\x0e-\x1f -\x7f]*$/;

/** White space: JavaScript's own class without U+FEFF, which is invisible. */
const SPACE = String.raw`[^\S\ufeff]`;
/** Any run of white space except a single space, the common case. */
const spaces = new RegExp(` ${SPACE}+|(?! )${SPACE}+`, 'gu');

/** Folds text; runs of white space become one space. */
export function foldText(text: string): string {
  return (plain.test(text) ? text.toLowerCase() : foldLetters(text)).replaceAll(spaces, ' ');
}

function foldLetters(text: string): string {
  return text
    .replaceAll(loneVoicing, (mark) => (mark === '\u309b' ? '\u3099' : '\u309a'))
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(dropped, '')
    .normalize('NFC')
    .replaceAll(likeness, (letter) => LIKE[letter] ?? letter)
    .replaceAll(digits, asciiDigit);
}

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (ZEROS.findLast((zero) => zero <= code) ?? code));
}

/**
 * Pieces that fold the same way alone as within the whole text: runs of ASCII, white space, a syllable of separate
 * jamo, a half-width kana with its mark, or otherwise a character with its marks.
 */
const clusters = new RegExp(
  `${SPACE}+` +
    String.raw`|[!-~]+(?![\p{M}${UNSEEN}])|[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]` +
    String.raw`|[\u3131-\u318e\uffa1-\uffdc]+|.[\p{M}${UNSEEN}\uff9e\uff9f\u309b\u309c]*`,
  'gu',
);

/** Like `foldText`, with the offsets of its parts in the original. */
export function foldWithPlaces(text: string): FoldedText {
  if (plain.test(text) && !text.includes('  ')) return { text: text.toLowerCase(), starts: null };
  const starts: number[] = [];
  let folded = '';
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const piece = foldText(cluster);
    const same = piece.length === cluster.length;
    for (let unit = 0; unit < piece.length; unit += 1) starts.push(same ? index + unit : index);
    folded += piece;
  }
  starts.push(text.length);
  return { text: folded, starts };
}

/** Whether a text (a title, name or command) contains every typed word. */
export function hasEveryWord(text: string, typed: string): boolean {
  const folded = foldText(text);
  return foldText(typed)
    .trim()
    .split(' ')
    .every((word) => folded.includes(word));
}
