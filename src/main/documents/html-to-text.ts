import { Parser } from 'htmlparser2';

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
  const cellsInRow: number[] = [];

  function startItem(): void {
    writer.breakLine(1);
    const list = lists.at(-1);
    writer.prefix(list === undefined || list.next === null ? '- ' : `${list.next++}. `);
  }

  function startCell(): void {
    const cells = cellsInRow.pop() ?? 0;
    if (cells > 0) writer.cellEdge();
    cellsInRow.push(cells + 1);
    writer.holdBreaks();
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
      else if (name === 'tr') cellsInRow.push(0);
      else if (name === 'td' || name === 'th') startCell();
    },
    close(name: string): void {
      if (skipDepth > 0) {
        skipDepth -= 1;
        return;
      }
      if (name === 'pre') preDepth -= 1;
      else if (name === 'ul' || name === 'ol') lists.pop();
      else if (name === 'tr') cellsInRow.pop();
      else if (name === 'td' || name === 'th') writer.dropBreaks();
      if (paragraphs.has(name)) writer.breakLine(2);
      else if (lines.has(name)) writer.breakLine(1);
    },
    text(text: string): void {
      if (skipDepth === 0) writer.write(preDepth > 0 ? text : text.replace(/[ \t\n\r\f]+/g, ' '), preDepth > 0);
    },
  };
}

/** Text that a reader of the page would not see is not part of the document. */
function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  if (attributes.hidden !== undefined) return true;
  return attributes.style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes.style);
}

type TextWriter = ReturnType<typeof createTextWriter>;

/** Writes text with pending line breaks, so that any number of block edges in a row leaves one empty line. */
function createTextWriter() {
  const parts: string[] = [];
  let pendingBreaks = 0;
  let pendingPrefix = '';
  let pendingSpace = false;
  let lineIsEmpty = true;
  let breaksAreHeld = false;

  function put(text: string): void {
    parts.push(text);
    lineIsEmpty = text.endsWith('\n');
  }

  function flush(): void {
    if (pendingBreaks > 0 && parts.length > 0) put('\n'.repeat(pendingBreaks));
    if (pendingSpace && !lineIsEmpty) put(' ');
    if (pendingPrefix !== '') put(pendingPrefix);
    pendingBreaks = 0;
    pendingPrefix = '';
    pendingSpace = false;
    breaksAreHeld = false;
  }

  return {
    /** Writes text; its outer white space becomes at most one space, unless it is verbatim. */
    write(text: string, verbatim: boolean): void {
      const body = verbatim ? text : text.trim();
      if (body === '') {
        pendingSpace ||= text !== '' && pendingBreaks === 0;
        return;
      }
      pendingSpace ||= !verbatim && text.startsWith(' ') && pendingBreaks === 0;
      flush();
      put(body);
      pendingSpace = !verbatim && text.endsWith(' ');
    },
    /** Asks for a break before the next text: 1 for a new line, 2 for an empty line between. */
    breakLine(count: 1 | 2): void {
      pendingSpace = false;
      if (!breaksAreHeld && pendingPrefix === '') pendingBreaks = Math.max(pendingBreaks, count);
    },
    /** A break that is meant, as by `<br>`: each one counts, up to an empty line. */
    newLine(): void {
      pendingSpace = false;
      if (!breaksAreHeld) pendingBreaks = Math.min(2, pendingBreaks + 1);
    },
    /** Text that goes before the next text on its line. */
    prefix(text: string): void {
      pendingPrefix = text;
    },
    cellEdge(): void {
      flush();
      put(' | ');
    },
    /** Until the next text, breaks are ignored: a paragraph in a cell stays in the cell's line. */
    holdBreaks(): void {
      breaksAreHeld = true;
    },
    dropBreaks(): void {
      pendingBreaks = 0;
      pendingSpace = false;
      breaksAreHeld = false;
    },
    finish(): string {
      return parts
        .join('')
        .replace(/[ \t]+\n/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
    },
  };
}
