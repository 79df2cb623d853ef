import { numeral } from '../numerals.ts';
import { attributeOf, readXml } from '../packed/xml-events.ts';

type NoteKind = 'footnote' | 'endnote';

interface Numbering {
  format: string;
  start: number;
}

/** Assigns marks to footnotes and endnotes, in the order in which the text refers to them. */
export interface NoteMarks {
  /** The mark of a note; '' if the author typed one after the reference. */
  readonly refer: (kind: string, id: string, hasOwnMark: boolean) => string;
  /** `null` if nothing refers to the note. */
  readonly markOf: (kind: string, id: string) => string | null;
}

/** @param xmls the parts that may define note numbering: the settings, then the body. */
export function createNoteMarks(xmls: readonly string[]): NoteMarks {
  // Word's defaults.
  const numberings: Record<NoteKind, Numbering> = {
    footnote: { format: 'decimal', start: 1 },
    endnote: { format: 'lowerRoman', start: 1 },
  };
  for (const xml of xmls) readNumberings(xml, numberings);
  const marks = new Map<string, string>();
  const counts = new Map<string, number>();

  return {
    refer(kind, id, hasOwnMark) {
      const key = `${kind} ${id}`;
      const known = marks.get(key);
      if (known !== undefined) return known;
      const { format, start } = numberings[kind === 'endnote' ? 'endnote' : 'footnote'];
      const count = counts.get(kind) ?? 0;
      if (!hasOwnMark) counts.set(kind, count + 1);
      const mark = hasOwnMark ? '' : `[${numeral(start + count, format)}]`;
      marks.set(key, mark);
      return mark;
    },
    markOf: (kind, id) => marks.get(`${kind} ${id}`) ?? null,
  };
}

/** The first section that defines numbering wins: plain text has no pages or sections to number by. */
function readNumberings(xml: string, numberings: Record<NoteKind, Numbering>): void {
  if (!/notePr>[\s\S]{0,300}?(?:numFmt|numStart)/.test(xml)) return;
  let kind: NoteKind | null = null;
  const seen = new Set<string>();
  readXml(xml, {
    open(name, attributes) {
      const value = attributeOf(attributes, 'val') ?? '';
      if (name === 'w:footnotePr') kind = 'footnote';
      else if (name === 'w:endnotePr') kind = 'endnote';
      else if (kind === null || (name !== 'w:numFmt' && name !== 'w:numStart') || seen.has(`${kind} ${name}`)) return;
      else {
        seen.add(`${kind} ${name}`);
        if (name === 'w:numFmt') numberings[kind].format = value;
        else numberings[kind].start = Number.parseInt(value, 10) || 1;
      }
    },
    close(name) {
      if (name === 'w:footnotePr' || name === 'w:endnotePr') kind = null;
    },
  });
}
