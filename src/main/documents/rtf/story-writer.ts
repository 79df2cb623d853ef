import { headingMark } from '../heading-mark.ts';
import { readSigns } from '../symbol-fonts.ts';
import type { createRtfFields } from './fields.ts';
import type { RtfFound } from './found.ts';
import type { Groups } from './groups.ts';
import type { RtfTables } from './tables.ts';

export type StoryWriter = ReturnType<typeof createStoryWriter>;

const paragraphEnds = new Set(['par', 'sect', 'page', '\n', '\r']);

/**
 * Writes to the story that is open: letters, paragraphs, rows and cells. What is hidden or deleted is counted.
 * @param hasMarks the marks of list items stand beside them.
 */
export function createStoryWriter(
  groups: Groups,
  { fonts, styles, lists }: RtfTables,
  fields: ReturnType<typeof createRtfFields>,
  found: RtfFound,
  hasMarks: boolean,
) {
  /** Once the first item is met, after all tables. */
  let items: ReturnType<typeof lists.counter> | null = null;
  /** Between the properties of a row and its end: some programs do not say of its paragraphs that they are in it. */
  let isInRow = false;

  const level = (): number => (isInRow ? Math.max(1, groups.state().level) : groups.state().level);

  function write(written: string): void {
    const text = written.replace(/(?!\t)\p{Cc}/gu, '');
    const { isDeleted, isHidden } = groups.state();
    if (text === '') return;
    if (isDeleted) found.holds.add('deletions');
    else if (isHidden) found.hiddenCharacters += text.replace(/\s+/g, '').length;
    else show(text);
  }

  function show(text: string): void {
    const read = readSigns(text, fonts.symbolsOf(groups.font()));
    found.unknownSigns += read.unknown;
    fields.showResult();
    if (read.text.trim() !== '') countItem(true);
    const state = groups.state();
    const isBody = state.frame.kind === 'body';
    const heading = isBody ? headingMark(state.outline ?? styles.outlineOf(state.style)) : '';
    const isPageNumber = fields.isPageNumber();
    state.frame.story.write(read.text, { ...state, level: level(), heading, isPageNumber });
  }

  /** Numbers the paragraph that begins, or ends empty, if it is an item of a list. */
  function countItem(isShown: boolean): void {
    const { frame, list, listLevel } = groups.state();
    if (hasMarks || list === 0 || frame.isCounted) return;
    frame.isCounted = true;
    items ??= lists.counter();
    const mark = items.markOf(lists.placeOf(list, listLevel));
    if (isShown && mark.trim() !== '') frame.story.item(mark.trimStart());
    found.hasDigitsInstead ||= items.hasDigitsInstead();
  }

  function endParagraph(): void {
    const { frame } = groups.state();
    countItem(false);
    frame.isCounted = false;
    frame.story.endParagraph();
  }

  function endCell(isNested: boolean): void {
    const { frame, level: depth } = groups.state();
    frame.isCounted = false;
    frame.story.endCell(isNested ? Math.max(2, depth) : 1);
  }

  function endRow(isNested: boolean): void {
    const { frame, level: depth } = groups.state();
    if (!isNested) isInRow = false;
    frame.story.endRow(isNested ? Math.max(2, depth) : 1);
  }

  return {
    write,
    /** Writes a picture, or words drawn as one; nothing for ''. */
    block(text: string): void {
      if (text === '') return;
      fields.showResult();
      groups.state().frame.story.block(text, level());
    },
    /** Reads a word that ends a line, paragraph, cell or row, if it is one. */
    word(name: string): void {
      if (name === 'cell' || name === 'nestcell') endCell(name === 'nestcell');
      else if (name === 'trowd') isInRow = true;
      else if (name === 'row' || name === 'nestrow') endRow(name === 'nestrow');
      else if (groups.isLeftOut()) return;
      else if (name === 'line') groups.state().frame.story.newLine();
      else if (paragraphEnds.has(name)) endParagraph();
    },
  };
}
