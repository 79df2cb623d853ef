import type { ReadingNote } from '../../shared/reading-note.ts';

/** Text as people see it, with notes on what was removed. */
export interface VisibleText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
}

/**
 * The text as it looks. Invisible characters are removed, so they neither split words nor reach the model, and unusual
 * line ends become `\n`. Joiners are kept in scripts and emoji that need them.
 */
export function visibleText(text: string): VisibleText {
  const lines = text.replace(lineEnds, '\n');
  if (!invisible.test(lines)) return { text: lines, notes: [] };
  const flags: string[] = [];
  // Regional flags are spelled in tag characters; anywhere else, tags are text that only machines read.
  const withoutFlags = lines.replace(regionFlags, (flag) => {
    flags.push(flag);
    return `${FLAG}${FLAG}`;
  });
  const hidden = withoutFlags.match(tags)?.length ?? 0;
  const seen = withoutFlags
    .replace(softHyphenAtLineEnd, '')
    .replace(marks, '')
    .replace(spacesWithoutWidth, '')
    .replace(joiners, (joiner, at: number, whole: string) => (isNeeded(whole, at) ? joiner : ''));
  const shown = flags.length === 0 ? seen : seen.replaceAll(`${FLAG}${FLAG}`, () => flags.shift() ?? '');
  return { text: shown, notes: hidden === 0 ? [] : [{ code: 'hidden_characters', params: { count: hidden } }] };
}

/** Line ends of old Macs, mainframes and Unicode; those of Unix and Windows are left alone. */
const lineEnds = /\r(?!\n)|[\u0085\u2028\u2029]/g;

const invisible =
  /\u034f|\u180e|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/;

const softHyphenAtLineEnd = /\u00ad[ \t]*\r?\n[ \t]*(?=\p{L})/gu;

/** Soft hyphens, zero-width characters, direction marks and overrides, byte order marks, tags. */
const marks =
  /\u034f|\u180e|[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Kept in scripts without spaces, where they separate words. */
const spacesWithoutWidth =
  /(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1980-\u19df\u1a20-\u1aaf])\u200b|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1980-\u19df\u1a20-\u1aaf])/g;

const joiners = /[\u200c\u200d]/g;

const tags = /[\u{e0000}-\u{e007f}]/gu;

const regionFlags = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,8}\u{e007f}/gu;
/** Temporarily stands for a regional flag: a noncharacter, so no text contains it. */
const FLAG = '\uffff';

/** Scripts and emoji whose shape depends on joiners. */
const changedByJoiners =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Tibetan}\p{Extended_Pictographic}\p{Emoji_Modifier}]\p{Mn}?$/u;

function isNeeded(text: string, at: number): boolean {
  return changedByJoiners.test(text.slice(Math.max(0, at - 4), at));
}
