/**
 * How texts are made alike before they are compared or searched, everywhere in Docket: case, accents, composed and
 * decomposed forms, width, ligatures, vowel signs that are written or not, and what is not seen at all. Texts that are
 * stored, shown and sent stay as they are.
 */

/** A text as it is compared. */
export interface FoldedText {
  readonly text: string;
  /** Where each of its units begins in the text that was folded; null where they are the same. */
  readonly starts: readonly number[] | null;
}

/** Soft hyphens, joiners, marks of direction, variation selectors, fillers, tags. */
const UNSEEN = String.raw`\p{Default_Ignorable_Code_Point}\p{Cf}`;
/**
 * Signs above and below letters that are left out as often as not: accents, Hebrew points, Arabic vowel signs and
 * tatweel, Syriac points. Not the voicing marks of kana nor the vowels of India and Thailand: those make other words.
 */
const SIGNS =
  '\\u0300-\\u0305\\u0307\\u0309-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7' +
  '\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u0730-\\u074a' +
  '\\u08d3-\\u08ff\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20f0\\ufb1e\\ufe20-\\ufe2f';
/** A breve or two dots make a letter of its own of three Cyrillic ones (й, ў, ї), and an accent of all others. */
const dropped = new RegExp(`[${UNSEEN}${SIGNS}]|(?<![иу])\\u0306|(?<!і)\\u0308`, 'gu');

/** Letters and signs that Unicode does not take apart, and that people write one for the other. */
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
  // Arabic, as it is typed: alef wasla, alef maksura and the yeh of Persian, its kaf, teh marbuta and the hehs of Urdu
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

/** The zeros of digits that are written beside 0 to 9: Arabic, Persian, Hindi, Bengali, Thai. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50] as const;
const digits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/gu;

/** Voicing marks that stand by themselves; without this Unicode puts a space before them. */
const loneVoicing = /[\u309b\u309c]/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII, whose folding keeps every place
const plain = /^[\0-\x08\x0e-\x1f -\x7f]*$/;

/** White space; of JavaScript's own class U+FEFF is none that a person sees. */
const SPACE = String.raw`[^\S\ufeff]`;
/** All but a single blank, which most are. */
const spaces = new RegExp(` ${SPACE}+|(?! )${SPACE}+`, 'gu');

/** A text made alike; runs of white space become one space. */
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
 * Runs of ASCII, white space, a syllable of separate jamo, a kana of half width with its mark, else a character with its
 * marks: what is folded by itself becomes what it becomes in the whole.
 */
const clusters = new RegExp(
  `${SPACE}+` +
    String.raw`|[!-~]+(?![\p{M}${UNSEEN}])|[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]` +
    String.raw`|[\u3131-\u318e\uffa1-\uffdc]+|.[\p{M}${UNSEEN}\uff9e\uff9f\u309b\u309c]*`,
  'gu',
);

/** The same, with the places that its parts had. */
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

/** Whether every word of what was typed stands in a text: in a title, a name, a command. */
export function hasEveryWord(text: string, typed: string): boolean {
  const folded = foldText(text);
  return foldText(typed)
    .trim()
    .split(' ')
    .every((word) => folded.includes(word));
}
