/**
 * Formats a list number as it is printed. Formats are named as in Office Open XML (ST_NumberFormat); HTML list styles
 * are mapped to them. A number or format that cannot be written is returned as digits.
 */
export function numeral(value: number, format: string): string {
  return writers.get(format)?.(value) ?? String(value);
}

/** Whether `numeral` supports this format instead of falling back to digits. */
export function isKnownFormat(format: string): boolean {
  return writers.has(format);
}

/** Returns `null` for a number the format cannot write. */
type Writer = (value: number) => string | null;

/** A finite series such as ① to ⑳. */
function enclosed(...runs: readonly (readonly [firstNumber: number, firstCode: number, count: number])[]): Writer {
  return (value) => {
    const run = runs.find(([first, , count]) => value >= first && value < first + count);
    return run === undefined ? null : String.fromCodePoint(run[1] + value - run[0]);
  };
}

/** Letters as Word counts: a … z, aa, bb. */
function repeated(alphabet: string): Writer {
  const letters = Array.from(alphabet);
  return (value) => {
    if (value < 1 || value > letters.length * 30) return null;
    return (letters[(value - 1) % letters.length] ?? '').repeat(Math.ceil(value / letters.length));
  };
}

/** Letters as web pages and spreadsheets count: a … z, aa, ab. */
function positional(alphabet: string): Writer {
  const letters = Array.from(alphabet);
  return (value) => {
    if (value < 1) return null;
    let text = '';
    for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / letters.length)) {
      text = (letters[(rest - 1) % letters.length] ?? '') + text;
    }
    return text;
  };
}

/** Signs that repeat after the last one, such as the branches of the zodiac. */
function cyclic(alphabet: string): Writer {
  const signs = Array.from(alphabet);
  return (value) => (value < 1 ? null : (signs[(value - 1) % signs.length] ?? null));
}

/** Additive signs such as ⅹⅳ, largest value first. */
function additive(worths: readonly (readonly [worth: number, sign: string])[], max: number): Writer {
  return (value) => {
    if (value < 1 || value > max) return null;
    let rest = value;
    let text = '';
    for (const [worth, sign] of worths) {
      while (rest >= worth) {
        text += sign;
        rest -= worth;
      }
    }
    return text;
  };
}

function digits(signs: string): Writer {
  const shown = Array.from(signs);
  return (value) => String(value).replace(/\d/g, (digit) => shown[Number(digit)] ?? digit);
}

/** East Asian counting: 十, 十一, 二十, 百; `hasLeadingOne` for systems that write 一百 and 壹拾. */
function myriads(signs: string, units: string, hasLeadingOne: 'never' | 'above ten' | 'always', zero = ''): Writer {
  const digit = Array.from(signs);
  const unit = ['', ...Array.from(units)];
  return (value) => {
    if (value < 1 || value > 9_999) return value === 0 ? (digit[0] ?? null) : null;
    const places = Array.from(String(value), Number);
    let text = '';
    let skipped = false;
    places.forEach((number, at) => {
      const power = places.length - 1 - at;
      if (number === 0) {
        skipped = true;
        return;
      }
      if (skipped && text !== '') text += zero;
      skipped = false;
      const isBare =
        number === 1 && power > 0 && (hasLeadingOne === 'never' || (hasLeadingOne === 'above ten' && value < 20));
      text += (isBare ? '' : (digit[number] ?? '')) + (unit[power] ?? '');
    });
    return text;
  };
}

const roman = additive(
  [
    [1_000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ],
  3_999,
);

/** Hebrew fifteen and sixteen are written 9+6 and 9+7, to avoid the letters of the divine name. */
const hebrew = additive(
  [
    ...Array.from('תשרק', (sign, at): [number, string] => [400 - at * 100, sign]),
    ...Array.from('צפעסנמלכ', (sign, at): [number, string] => [90 - at * 10, sign]),
    [16, 'טז'],
    [15, 'טו'],
    [10, 'י'],
    ...Array.from('טחזוהדגבא', (sign, at): [number, string] => [9 - at, sign]),
  ],
  999,
);

const upper =
  (writer: Writer): Writer =>
  (value) =>
    writer(value)?.toUpperCase() ?? null;

const ones = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function cardinal(value: number): string | null {
  if (value < 0 || value > 999) return null;
  if (value < 20) return ones[value] ?? null;
  if (value < 100) return (tens[Math.floor(value / 10) - 2] ?? '') + (value % 10 === 0 ? '' : `-${ones[value % 10]}`);
  const rest = value % 100;
  return `${ones[Math.floor(value / 100)]} hundred${rest === 0 ? '' : ` ${cardinal(rest)}`}`;
}

const oddOrdinals = new Map(
  'one:first two:second three:third five:fifth eight:eighth nine:ninth twelve:twelfth'
    .split(' ')
    .map((pair): [string, string] => [pair.split(':')[0] ?? '', pair.split(':')[1] ?? '']),
);

function ordinalWords(value: number): string | null {
  return (
    cardinal(value)?.replace(
      /[a-z]+$/,
      (word) => oddOrdinals.get(word) ?? (word.endsWith('y') ? `${word.slice(0, -1)}ieth` : `${word}th`),
    ) ?? null
  );
}

function ordinal(value: number): string {
  const ending = Math.floor(value / 10) % 10 === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}

const capitalised =
  (writer: Writer): Writer =>
  (value) =>
    writer(value)?.replace(/^[a-z]/, (letter) => letter.toUpperCase()) ?? null;

const latin = 'abcdefghijklmnopqrstuvwxyz';
const chinese = '〇一二三四五六七八九';
const chineseCounting = myriads(chinese, '十百千', 'above ten', '〇');
const circled = enclosed([0, 0x24ea, 1], [1, 0x2460, 20], [21, 0x3251, 15], [36, 0x32b1, 15]);
const kana = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
const iroha = 'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン';

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['decimal', String],
  ['decimalHalfWidth', String],
  ['decimalZero', (value) => String(value).padStart(2, '0')],
  ['lowerLetter', repeated(latin)],
  ['upperLetter', upper(repeated(latin))],
  ['lowerRoman', roman],
  ['upperRoman', upper(roman)],
  ['ordinal', ordinal],
  ['cardinalText', capitalised(cardinal)],
  ['ordinalText', capitalised(ordinalWords)],
  ['hex', (value) => (value < 0 ? null : value.toString(16).toUpperCase())],
  ['chicago', repeated('*†‡§')],
  ['numberInDash', (value) => `- ${value} -`],
  ['decimalFullWidth', digits('０１２３４５６７８９')],
  ['decimalFullWidth2', digits('０１２３４５６７８９')],
  ['decimalEnclosedCircle', circled],
  ['decimalEnclosedCircleChinese', circled],
  ['decimalEnclosedFullstop', enclosed([1, 0x2488, 20])],
  ['decimalEnclosedParen', enclosed([1, 0x2474, 20])],
  ['ideographEnclosedCircle', enclosed([1, 0x3280, 10])],
  ['ideographDigital', digits(chinese)],
  ['japaneseDigitalTenThousand', digits(chinese)],
  ['taiwaneseDigital', digits('○一二三四五六七八九')],
  ['chineseCounting', chineseCounting],
  ['chineseCountingThousand', chineseCounting],
  ['taiwaneseCounting', chineseCounting],
  ['taiwaneseCountingThousand', chineseCounting],
  ['japaneseCounting', myriads(chinese, '十百千', 'never')],
  ['japaneseLegal', myriads('〇壱弐参四伍六七八九', '拾百阡', 'always')],
  ['chineseLegalSimplified', myriads('零壹贰叁肆伍陆柒捌玖', '拾佰仟', 'always', '零')],
  ['ideographLegalTraditional', myriads('零壹貳參肆伍陸柒捌玖', '拾佰仟', 'always', '零')],
  ['ideographTraditional', cyclic('甲乙丙丁戊己庚辛壬癸')],
  ['ideographZodiac', cyclic('子丑寅卯辰巳午未申酉戌亥')],
  ['aiueo', cyclic(kana)],
  ['aiueoFullWidth', cyclic(kana)],
  ['iroha', cyclic(iroha)],
  ['irohaFullWidth', cyclic(iroha)],
  ['ganada', cyclic('가나다라마바사아자차카타파하')],
  ['chosung', cyclic('ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ')],
  ['koreanDigital', digits('영일이삼사오육칠팔구')],
  ['koreanDigital2', digits('零一二三四五六七八九')],
  ['koreanCounting', myriads('영일이삼사오육칠팔구', '십백천', 'never')],
  ['russianLower', repeated('абвгдежзиклмнопрстуфхцчшщыэюя')],
  ['russianUpper', upper(repeated('абвгдежзиклмнопрстуфхцчшщыэюя'))],
  ['hebrew1', hebrew],
  ['hebrew2', repeated('אבגדהוזחטיכלמנסעפצקרשת')],
  ['arabicAlpha', repeated('أبتثجحخدذرزسشصضطظعغفقكلمنهوي')],
  ['arabicAbjad', repeated('أبجدهوزحطيكلمنسعفصقرشتثخذضظغ')],
  ['hindiNumbers', digits('०१२३४५६७८९')],
  ['thaiNumbers', digits('๐๑๒๓๔๕๖๗๘๙')],
  ['thaiLetters', repeated('กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ')],
  // HTML only, under their CSS names.
  ['lower-alpha', positional(latin)],
  ['upper-alpha', upper(positional(latin))],
  ['lower-greek', positional('αβγδεζηθικλμνξοπρστυφχψω')],
  [
    'hiragana',
    positional('あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん'),
  ],
  ['arabic-indic', digits('٠١٢٣٤٥٦٧٨٩')],
  ['persian', digits('۰۱۲۳۴۵۶۷۸۹')],
]);
