import { headingMark } from '../heading-mark.ts';
import { objectKindOf } from '../object-kinds.ts';
import { createParagraphStory } from '../paragraph-story.ts';
import { readSigns, signAt, unknownSign } from '../symbol-fonts.ts';
import type { DocFile } from './doc-file.ts';
import type { FieldMarks } from './field-marks.ts';
import type { FoundInDoc } from './found-in-doc.ts';
import type { Changes } from './properties.ts';

/** Tables in tables that pages of this world have. */
const maxDepth = 20;

/** Writes the text of a story paragraph by paragraph, as its looks and the fields around it say. */
export function createStoryText(file: DocFile, found: FoundInDoc, fields: FieldMarks, isBody: boolean) {
  const story = createParagraphStory(!isBody);
  let paragraph: Changes = {};

  const depth = (): number => Math.min(maxDepth, paragraph.depth ?? 0);
  const isShown = (looks: Changes): boolean => looks.isHidden !== true && looks.isDeleted !== true;

  function write(text: string, looks: Changes): void {
    if (text === '') return;
    if (looks.isDeleted === true) found.holds.add('deletions');
    else if (looks.isHidden === true) found.hiddenCharacters += text.replace(/\s+/g, '').length;
    else {
      fields.showResult();
      const heading = isBody ? headingMark(paragraph.outline ?? null) : '';
      const isPageNumber = fields.isPageNumber();
      const isStruck = looks.isStruck === true;
      story.write(text, { rise: looks.rise ?? null, isStruck, level: depth(), heading, isPageNumber });
    }
  }

  function writeCode(text: string): void {
    const [, kind, program] = /^\s*(EMBED|LINK)\s+(\S*)/i.exec(text) ?? [];
    if (kind !== undefined) found.objects.add(objectKindOf(program ?? '', kind.toUpperCase() === 'LINK'));
    fields.addCode(text);
  }

  return {
    begin(next: Changes, hasText: boolean): void {
      paragraph = next;
      const { list = 0, listLevel = 0 } = paragraph;
      const place = { listId: String(list), level: Math.min(8, listLevel) };
      if (hasText && list > 0 && file.items.isItem(place)) story.item(file.items.markOf(place));
    },
    endCell(): void {
      const { isRowEnd } = paragraph;
      if (isRowEnd === true) story.endRow(Math.max(1, depth()));
      else story.endCell(Math.max(1, depth()));
    },
    /** Whether the paragraph ends a cell or row of a table in a table, which no sign of its own does. */
    endsInnerCell: (): boolean => paragraph.isInnerCellEnd === true || (paragraph.isRowEnd === true && depth() > 1),
    endParagraph: story.endParagraph,
    write,
    /** Writes letters as they stand in the file; within the code of a field they are code. */
    writeLetters(text: string, looks: Changes): void {
      if (fields.isInCode()) {
        writeCode(text);
        return;
      }
      const lines = text.replaceAll('\x1e', '-').replaceAll('\x1f', '').replaceAll('\x0e', '\x0b').split('\x0b');
      for (const [index, line] of lines.entries()) {
        if (index > 0 && isShown(looks)) story.newLine();
        const read = readSigns(line.replace(/(?!\t)\p{Cc}/gu, ''), file.fonts.get(looks.font ?? -1) ?? null);
        if (isShown(looks)) found.unknownSigns += read.unknown;
        write(read.text, looks);
      }
    },
    writeSymbol({ font, code }: NonNullable<Changes['symbol']>, looks: Changes): void {
      const table = file.fonts.get(font) ?? null;
      const sign = table === null ? null : signAt(table, code);
      if (sign === null) found.unknownSigns += 1;
      write(sign ?? unknownSign, looks);
    },
    /** @param read gives the mark of a picture, which is looked at only if it is shown; '' for none. */
    writePicture(read: () => string, looks: Changes): void {
      const mark = isShown(looks) ? read() : '';
      if (mark === '') return;
      fields.showResult();
      story.block(mark, depth());
    },
    writeBox(text: string): void {
      if (text !== '') story.block(text, depth());
    },
    writeComment: story.comment,
    withoutNumbers: story.withoutNumbers,
    finish: story.finish,
  };
}
