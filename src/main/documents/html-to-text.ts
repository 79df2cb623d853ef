import { Parser } from 'htmlparser2';
import { createTextWriter, type TextWriter } from './text-writer.ts';

const skipped = new Set(
  'script style template noscript svg iframe object embed audio video canvas map datalist'.split(' '),
);
const paragraphs = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure hr form fieldset section article address title'.split(' '),
);
const lines = new Set(
  (
    'div li tr dt dd caption figcaption header footer main nav aside option summary details legend ' +
    'thead tbody tfoot center body'
  ).split(' '),
);

/**
 * The readable text of an HTML page or fragment: no markup, scripts, styles or hidden parts. Paragraphs are
 * parted by an empty line, list items begin with `- ` or their number, table cells are parted by ` | `.
 *
 * It reads tokens and builds no tree, so neither depth nor size of a page can exhaust the stack, and it never
 * loads anything that the page refers to.
 */
export function htmlToText(html: string): string {
  const writer = createTextWriter();
  const elements = createElementRules(writer);
  const parser = new Parser({
    onopentag: elements.open,
    onclosetag: elements.close,
    ontext: elements.text,
  });
  parser.end(html);
  return writer.finish();
}

interface List {
  /** The number of the next item; `null` in a list without numbers. */
  next: number | null;
}

/** Decides what each element means for the text. Depths are counted, because elements nest. */
function createElementRules(writer: TextWriter) {
  let skipDepth = 0;
  let preDepth = 0;
  const lists: List[] = [];

  function startItem(): void {
    writer.breakLine(1);
    const list = lists.at(-1);
    writer.prefix(list === undefined || list.next === null ? '- ' : `${list.next++}. `);
  }

  return {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      if (skipDepth > 0 || skipped.has(name) || isHidden(attributes)) {
        skipDepth += 1;
        return;
      }
      if (paragraphs.has(name)) writer.breakLine(2);
      else if (lines.has(name)) writer.breakLine(1);
      if (name === 'br') writer.newLine();
      else if (name === 'pre') preDepth += 1;
      else if (name === 'ul') lists.push({ next: null });
      else if (name === 'ol') lists.push({ next: Number.parseInt(attributes.start ?? '1', 10) || 1 });
      else if (name === 'li') startItem();
      else if (name === 'tr') writer.startRow();
      else if (name === 'td' || name === 'th') writer.startCell();
    },
    close(name: string): void {
      if (skipDepth > 0) {
        skipDepth -= 1;
        return;
      }
      if (name === 'pre') preDepth -= 1;
      else if (name === 'ul' || name === 'ol') lists.pop();
      else if (name === 'tr') writer.endRow();
      else if (name === 'td' || name === 'th') writer.endCell();
      if (paragraphs.has(name)) writer.breakLine(2);
      else if (lines.has(name)) writer.breakLine(1);
    },
    text(text: string): void {
      if (skipDepth > 0) return;
      if (preDepth > 0) writer.writeVerbatim(text);
      else writer.writeFolded(text);
    },
  };
}

/** Text that a reader of the page would not see is not part of the document. */
function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  if (attributes.hidden !== undefined) return true;
  return attributes.style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes.style);
}
