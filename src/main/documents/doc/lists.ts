import type { Level, List, Lists } from '../docx/numbering.ts';

const [LIST_BYTES, OVERRIDE_BYTES, LEVEL_BYTES] = [28, 16, 28];
const SIMPLE = 1;
const [LEGAL, NO_RESTART] = [4, 8];
const [HAS_START, HAS_LEVEL] = [0x10, 0x20];
const maxPatternLength = 200;

/** Word's formats of numbers, in the names of .docx. */
const formats = (
  'decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ideographDigital ' +
  'japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal japaneseDigitalTenThousand ' +
  'decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero bullet ganada chosung ' +
  'decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ideographEnclosedCircle ' +
  'ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional ' +
  'taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand decimal ' +
  'koreanDigital koreanCounting koreanLegal koreanDigital2 hebrew1 arabicAlpha hebrew2 arabicAbjad hindiVowels ' +
  'hindiConsonants hindiNumbers hindiCounting thaiLetters thaiNumbers thaiCounting vietnameseCounting numberInDash ' +
  'russianLower russianUpper'
).split(' ');

/** The name of a format of numbers. */
export function formatOf(number: number): string {
  return formats[number] ?? 'none';
}

/** The pattern of a level, in whose text levels stand as the characters 0 to 8. */
export function patternOf(text: string): string {
  return Array.from(text, (sign) => (sign < '\t' ? `%${sign.charCodeAt(0) + 1}` : sign)).join('');
}

/**
 * The lists of a document, by the number that paragraphs refer to them by.
 * @param tables the whole stream of tables: the levels of lists follow after the place that is named for them.
 */
export function readDocLists(
  tables: Buffer,
  lists: { readonly at: number; readonly size: number },
  overrides: { readonly at: number; readonly size: number },
): Lists {
  if (lists.size < 2 || overrides.size < 4) return new Map();
  try {
    return readOverrides(
      tables.subarray(overrides.at, overrides.at + overrides.size),
      readDefinitions(tables, lists.at),
    );
  } catch {
    // A broken table of lists costs numbers, no words.
    return new Map();
  }
}

type Definitions = ReadonlyMap<number, ReadonlyMap<number, Level>>;

function readDefinitions(tables: Buffer, from: number): Definitions {
  const count = tables.readUInt16LE(from);
  const definitions = new Map<number, ReadonlyMap<number, Level>>();
  let at = from + 2 + count * LIST_BYTES;
  for (let index = 0; index < count; index += 1) {
    const head = from + 2 + index * LIST_BYTES;
    const levels = new Map<number, Level>();
    const isSimple = ((tables[head + 26] ?? 0) & SIMPLE) !== 0;
    for (let depth = 0; depth < (isSimple ? 1 : 9); depth += 1) {
      const [level, end] = readLevel(tables, at);
      levels.set(depth, level);
      at = end;
    }
    definitions.set(tables.readInt32LE(head), levels);
  }
  return definitions;
}

function readLevel(tables: Buffer, at: number): readonly [Level, end: number] {
  const format = tables[at + 4] ?? 0;
  const flags = tables[at + 5] ?? 0;
  const textAt = at + LEVEL_BYTES + (tables[at + 24] ?? 0) + (tables[at + 25] ?? 0);
  const length = tables.readUInt16LE(textAt);
  const end = textAt + 2 + length * 2;
  const text = tables.toString('utf16le', textAt + 2, end).slice(0, maxPatternLength);
  const level: Level = {
    format: formatOf(format),
    pattern: patternOf(text),
    start: tables.readInt32LE(at),
    restartsAfter: (flags & NO_RESTART) === 0 ? null : (tables[at + 26] ?? 0),
    isLegal: (flags & LEGAL) !== 0,
    isHidden: false,
    style: '',
  };
  return [level, end];
}

function readOverrides(bytes: Buffer, definitions: Definitions): Lists {
  const count = bytes.readUInt32LE(0);
  const lists = new Map<string, List>();
  let at = 4 + count * OVERRIDE_BYTES;
  for (let index = 0; index < count; index += 1) {
    const head = 4 + index * OVERRIDE_BYTES;
    const definition = bytes.readInt32LE(head);
    const levels = new Map(definitions.get(definition) ?? []);
    const startsAt = new Map<number, number>();
    at += 4;
    for (let changed = 0; changed < (bytes[head + 12] ?? 0); changed += 1) {
      const flags = bytes.readUInt32LE(at + 4);
      if ((flags & HAS_START) !== 0) startsAt.set(flags & 0xf, bytes.readInt32LE(at));
      at += 8;
      if ((flags & HAS_LEVEL) === 0) continue;
      const [level, end] = readLevel(bytes, at);
      levels.set(flags & 0xf, level);
      at = end;
    }
    lists.set(String(index + 1), { definitionId: String(definition), levels, startsAt });
  }
  return lists;
}
