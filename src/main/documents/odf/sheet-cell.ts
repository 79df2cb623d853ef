import { hasWords } from '../drawings/pictures.ts';
import type { Attributes } from '../packed/xml-events.ts';
import { createTextWriter } from '../text-writer.ts';
import { createOdfStory, type StoryContext } from './story.ts';

export interface CellContent {
  /** What is written in the cell. */
  readonly text: string;
  /** It has a paragraph, be it an empty one: what a formula without a result has not. */
  readonly isWritten: boolean;
  /** Comments on it, and what is drawn over it, each marked. */
  readonly asides: readonly string[];
}

export type SheetCell = ReturnType<typeof createSheetCell>;

/** Reads one cell, or what is drawn on a sheet as a whole. `address` is where it is. */
export function createSheetCell(context: StoryContext, attributes: Attributes, address: string) {
  const body = textOf(context);
  const asides: string[] = [];
  let aside: ReturnType<typeof textOf> | null = null;
  let depth = 0;
  let isWritten = false;
  let asideDepth = 0;

  function closeAside(drawn: string): void {
    aside = null;
    if (drawn === '') return;
    if (drawn.startsWith('[Comment'))
      asides.push(drawn.replace('[Comment', `[Comment${address === '' ? '' : ` on ${address}`}`));
    else asides.push(drawn.startsWith('[') || !hasWords(drawn) ? drawn : `[Text box] ${drawn}`);
  }

  return {
    attributes,
    /** Whether all elements in it are closed. */
    isWhole: (): boolean => depth === 0,
    open(name: string, inner: Attributes): void {
      depth += 1;
      if (aside === null && isAside(name)) {
        aside = textOf(context);
        asideDepth = depth;
      }
      if (aside === null && name === 'text:p') isWritten = true;
      (aside ?? body).story.open(name, inner);
    },
    close(name: string): void {
      (aside ?? body).story.close(name);
      if (aside !== null && depth === asideDepth) closeAside(aside.finish());
      depth -= 1;
    },
    text(piece: string): void {
      (aside ?? body).story.text(piece);
    },
    finish: (): CellContent => ({ text: body.finish(), isWritten, asides }),
  };
}

function isAside(name: string): boolean {
  return name === 'office:annotation' || (name.startsWith('draw:') && name !== 'draw:g' && name !== 'draw:a');
}

function textOf(context: StoryContext) {
  const writer = createTextWriter();
  const story = createOdfStory(writer, context);
  return {
    story,
    finish(): string {
      story.finish();
      return writer.finish().replace(/\n{2,}/g, '\n');
    },
  };
}
