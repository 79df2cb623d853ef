import type { TextWriter } from '../text-writer.ts';
import { createLists } from './lists.ts';
import type { HtmlAttributes } from './looks.ts';

const listNames = new Set(['ul', 'ol', 'menu', 'dir']);

export function isList(name: string): boolean {
  return listNames.has(name);
}

/** Writes lists and the marks of their items. */
export function createListWriter(writer: TextWriter, itemsInReversed: readonly number[]) {
  const lists = createLists(itemsInReversed);
  const marks: string[] = [];
  /** Whether each open `nav` is a book's table of contents, whose lists have no numbers. */
  const navs: boolean[] = [];
  let contents = 0;

  return {
    openNav(attributes: HtmlAttributes): void {
      const isContents = attributes['epub:type'] !== undefined;
      navs.push(isContents);
      if (isContents) contents += 1;
    },
    closeNav(): void {
      if (navs.pop() === true) contents -= 1;
    },
    open(name: string, attributes: HtmlAttributes, style: string | undefined): void {
      writer.breakLine(lists.depth() === 0 ? 2 : 1);
      lists.open(name === 'ol', attributes, style ?? (contents > 0 ? 'none' : undefined));
    },
    close(): void {
      lists.close();
      writer.breakLine(lists.depth() === 0 ? 2 : 1);
    },
    /** An item that is not shown is counted all the same. */
    startItem(attributes: HtmlAttributes, style: string | undefined, isShown: boolean): void {
      writer.breakLine(1);
      const mark = lists.item(attributes, style);
      marks.push(isShown ? mark : '');
      if (isShown) writer.prefix(mark);
    },
    /** A numbered item without text still shows its number; an empty bullet is dropped. */
    endItem(): void {
      const mark = marks.pop() ?? '';
      if (mark.trim() === '-') writer.dropPrefix(mark);
      else if (mark !== '') writer.writePrefix();
    },
  };
}
