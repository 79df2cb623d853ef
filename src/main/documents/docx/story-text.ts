import { type Attributes, attributeOf } from '../packed/xml-events.ts';
import type { Rise } from '../raised-text.ts';
import { readSigns, symbolFontOf } from '../symbol-fonts.ts';
import type { TextWriter } from '../text-writer.ts';
import { writeApart } from '../write-apart.ts';
import type { ChunkText } from './chunks.ts';
import type { Controls } from './controls.ts';
import type { Fields } from './fields.ts';
import type { Found } from './found.ts';
import type { Paragraphs } from './paragraphs.ts';
import { type RunLooks, riseOf } from './styles.ts';

/** Where text stands, which decides what becomes of it. */
export interface Around {
  readonly fields: Fields;
  readonly controls: Controls;
  readonly paragraphs: Paragraphs;
  readonly looks: () => RunLooks;
  /** Of the equation around it. */
  readonly rise: () => Rise | null;
  readonly isWithoutPageNumbers: boolean;
}

/** Writes the text of a story: into the code of a field, as the state of a checkbox, or for people to read. */
export function createStoryText(
  writer: TextWriter,
  found: Found,
  { fields, controls, paragraphs, looks, rise, isWithoutPageNumbers }: Around,
) {
  let pieces = 0;

  function write(text: string): void {
    put(text, rise() ?? riseOf(looks()));
  }

  function put(text: string, rise: Rise | null): void {
    if (text === '') return;
    pieces += 1;
    if (fields.isInCode()) fields.addCode(text);
    else if (looks().isHidden) found.hiddenCharacters += text.trim().length;
    else if (controls.isInBox()) writeBox();
    else show(text, rise);
  }

  function writeBox(): void {
    const box = controls.box();
    if (box !== '') show(box, null);
  }

  function show(text: string, rise: Rise | null): void {
    fields.show();
    if (isWithoutPageNumbers && fields.isPageNumber()) return;
    paragraphs.beforeText();
    writer.strike(looks().isStruck === true);
    writer.rise(rise);
    writer.writeVerbatim(text);
  }

  function writeSigns(text: string, font = looks().font ?? null): void {
    const read = readSigns(text, font);
    if (!fields.isInCode() && !looks().isHidden && !controls.isInBox()) found.unknownSigns += read.unknown;
    write(read.text);
  }

  return {
    /** How many pieces of text and pictures were written so far, shown or not. */
    pieces: (): number => pieces,
    write,
    /** Writes letters, which may be signs in the font that they are set in. */
    writeSigns,
    /** The mark of a note stands on the line, however its run looks. */
    writeMark: (mark: string): void => put(mark, null),
    writeBox,
    /** Writes a character of a symbol font, as forms use for ticks and boxes. */
    writeSymbol(attributes: Attributes): void {
      const code = Number.parseInt(attributeOf(attributes, 'char') ?? '', 16);
      if (!(code >= 0x20 && code < 0xd800) && !(code >= 0xe000 && code <= 0x10ffff)) return;
      writeSigns(String.fromCodePoint(code), symbolFontOf(attributeOf(attributes, 'font') ?? ''));
    },
    breakLine(): void {
      if (!fields.isInCode() && !looks().isHidden) writer.newLine();
    },
    /** @param read what an embedded part in another format says; null if it is not read */
    writeChunk(read: ChunkText | null): void {
      if (read === null) found.holds.add('other formats');
      else {
        writer.breakLine(2);
        show(read.text, null);
        writer.breakLine(2);
        found.notes.push(...read.notes);
      }
    },
    /** @param mark stands for a large picture; '' if it is not read */
    writePicture(mark: string): void {
      if (fields.isInCode() || looks().isHidden) return;
      pieces += 1;
      if (mark === '') found.largeImages += 1;
      else {
        fields.show();
        paragraphs.beforeText();
        writeApart(writer, mark, writer.isInTable() ? 1 : 2);
      }
    },
  };
}
