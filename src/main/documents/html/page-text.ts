import { withoutEdges } from '../drawings/pictures.ts';
import { readSigns } from '../symbol-fonts.ts';
import type { TextWriter } from '../text-writer.ts';
import { writeApart } from '../write-apart.ts';
import { withoutQuoteSigns } from './quotes.ts';
import type { Scope } from './scopes.ts';

/** How much of a page is shown, in characters. */
export interface PageCounts {
  /** Letters and digits alone. */
  hiddenCharacters: number;
  shownCharacters: number;
  unknownSigns: number;
}

/** What of a page is written. */
export interface WrittenParts {
  readonly hidden: boolean;
  readonly title: boolean;
}

/** Writes the text of a page as its scope says, and counts what is hidden. */
export function createPageText(writer: TextWriter, scope: () => Scope, written: WrittenParts) {
  const counts: PageCounts = { hiddenCharacters: 0, shownCharacters: 0, unknownSigns: 0 };
  let titleDepth = 0;

  const isShown = (): boolean => scope().isVisible || written.hidden;

  function hide(text: string): void {
    counts.hiddenCharacters += text.replace(/[^\p{L}\p{N}]+/gu, '').length;
  }

  function write(text: string): void {
    if (titleDepth > 0 && !written.title) return;
    if (!isShown()) {
      hide(text);
      return;
    }
    if (titleDepth === 0) counts.shownCharacters += text.trim().length;
    const { font, rise, isStruck, isPreformatted } = scope();
    const read = readSigns(text, font);
    counts.unknownSigns += read.unknown;
    writer.strike(isStruck);
    writer.rise(rise);
    const shown = withoutQuoteSigns(withoutEdges(read.text));
    if (isPreformatted) writer.writeVerbatim(shown);
    else writer.writeFolded(shown);
  }

  return {
    counts,
    isShown,
    hide,
    write,
    openTitle(): void {
      titleDepth += 1;
    },
    closeTitle(): void {
      titleDepth -= 1;
    },
    /** Separates the text from its neighbours, as a box is on the page. */
    writeBox(text: string): void {
      if (text !== '') write(` ${text} `);
    },
    /** In a line of its own, or in that of its cell. */
    writePicture(mark: string): void {
      if (mark !== '' && isShown()) writeApart(writer, mark, 1);
    },
  };
}
