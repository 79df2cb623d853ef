import type { ReadingNote } from '../../../shared/reading-note.ts';
import { withoutEdges } from '../drawings/pictures.ts';
import { MarkupParser } from '../markup-parser.ts';
import type { Rise } from '../raised-text.ts';
import { readSigns, type SymbolFont } from '../symbol-fonts.ts';
import { createTextWriter, type TextWriter } from '../text-writer.ts';
import { createSelects, inputText, roleText } from './forms.ts';
import { imageText, isRepeated } from './images.ts';
import { createLists } from './lists.ts';
import { type HtmlAttributes, type HtmlLooks, looksOf, plainLooks } from './looks.ts';
import { createMath } from './math.ts';
import { createQuotes, withoutQuoteSigns, withQuotes } from './quotes.ts';

const skipped = new Set(
  (
    'script style template noscript noframes noembed svg iframe object embed audio video canvas map datalist rt rp ' +
    'annotation annotation-xml'
  ).split(' '),
);
const paragraphs = new Set(
  'p h1 h2 h3 h4 h5 h6 dl table blockquote pre figure hr form fieldset section article address title'.split(' '),
);
const lines = new Set(
  (
    'div li tr dt dd caption figcaption header footer main nav aside summary details legend thead tbody tfoot center ' +
    'body textarea dialog'
  ).split(' '),
);
const listNames = new Set(['ul', 'ol', 'menu', 'dir']);

export interface HtmlText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
}

/** The mark of the picture that an `img` with these attributes shows. */
export type MarkOfPicture = (attributes: HtmlAttributes) => string;

export interface HtmlReading {
  /** What stands for the picture that an `img` shows; '' if nothing does. */
  readonly markOfPicture?: MarkOfPicture;
  /** Of a mail, what is quoted is marked as in plain text, and the title is left out, as no program shows it. */
  readonly isMail?: boolean;
}

/** Hidden text is noted from this many characters (a paragraph), or from a quarter of what is shown. */
const muchHidden = 200;

/**
 * The readable text of an HTML page or fragment: no markup, scripts, styles or hidden parts. Paragraphs are separated
 * by an empty line, list items start with `- ` or their number, table cells are separated by ` | `, and forms show
 * their values. If most of the text is hidden, it is read too: such a page shows it by script.
 *
 * Reads tokens without building a tree, so no depth or size can exhaust the stack, and never loads anything the page
 * refers to.
 */
export function htmlToText(html: string, how: HtmlReading = {}): HtmlText {
  const items = itemsInReversedLists(html);
  const page = readPage(html, items, false, how);
  // Mails have no scripts: what one hides is never shown.
  const isShownLater = how.isMail !== true || page.shownCharacters === 0;
  if (page.hiddenCharacters > page.shownCharacters && isShownLater) {
    const whole = readPage(html, items, true, how);
    return { text: whole.text, notes: [{ code: 'hidden_text_read', params: {} }, ...signNotes(whole.unknownSigns)] };
  }
  const { hiddenCharacters, shownCharacters } = page;
  const isMuch = hiddenCharacters > 0 && hiddenCharacters >= Math.min(muchHidden, shownCharacters / 4);
  const notes: ReadingNote[] = isMuch
    ? [{ code: 'hidden_text_left_out', params: { characters: hiddenCharacters } }]
    : [];
  return { text: page.text, notes: [...notes, ...signNotes(page.unknownSigns)] };
}

function signNotes(count: number): ReadingNote[] {
  return count === 0 ? [] : [{ code: 'signs_unknown', params: { count } }];
}

function readPage(html: string, itemsInReversed: readonly number[], showsHidden: boolean, how: HtmlReading) {
  const writer = createTextWriter();
  const elements = createElementRules(writer, itemsInReversed, showsHidden, how);
  const handlers = { onopentag: elements.open, onclosetag: elements.close, ontext: elements.text };
  new MarkupParser(handlers, { recognizeSelfClosing: isXml(html) }).end(html);
  elements.finish();
  return { text: withQuotes(writer.finish()), ...elements.counts };
}

/** In XHTML, `<script src="a.js"/>` ends where it begins; in HTML it would swallow the rest of the page. */
function isXml(html: string): boolean {
  return /^\s*<\?xml\s/.test(html.slice(0, 100));
}

/** A reversed list starts at its number of items, which is in no attribute. */
function itemsInReversedLists(html: string): number[] {
  const counts: number[] = [];
  if (!/\breversed\b/i.test(html)) return counts;
  const open: (number | null)[] = [];
  const parser = new MarkupParser({
    onopentag(name, attributes) {
      const list = open.at(-1);
      if (name === 'li' && typeof list === 'number') counts[list] = (counts[list] ?? 0) + 1;
      if (listNames.has(name))
        open.push(name === 'ol' && attributes.reversed !== undefined ? counts.push(0) - 1 : null);
    },
    onclosetag(name) {
      if (listNames.has(name)) open.pop();
    },
  });
  parser.end(html);
  return counts;
}

/** What applies to an element's text and its descendants. */
interface Scope {
  readonly depth: number;
  readonly isVisible: boolean;
  readonly rise: Rise | null;
  readonly isStruck: boolean;
  readonly font: SymbolFont | null;
  readonly isPreformatted: boolean;
  /** Inside a link to another place on the page, such as a footnote mark. */
  readonly isPageLink: boolean;
}

/** Elements that change the scope of their text by default. */
const scoped = new Set(['a', 'pre', 'textarea']);

const outermost: Scope = {
  depth: 0,
  isVisible: true,
  rise: null,
  isStruck: false,
  font: null,
  isPreformatted: false,
  isPageLink: false,
};

/** Decides what each element means for the text. Depths are counted because elements nest. */
function createElementRules(
  writer: TextWriter,
  itemsInReversed: readonly number[],
  showsHidden: boolean,
  { markOfPicture = () => '', isMail = false }: HtmlReading,
) {
  const quotes = createQuotes(writer);
  const counts = { hiddenCharacters: 0, shownCharacters: 0, unknownSigns: 0 };
  const lists = createLists(itemsInReversed);
  const selects = createSelects();
  const math = createMath((text) => write(text));
  const scopes: Scope[] = [];
  const marks: string[] = [];
  /** Depths of elements whose style makes them blocks. */
  const blocks: number[] = [];
  let depth = 0;
  let skipDepth = 0;
  let goneDepth = 0;
  let titleDepth = 0;
  /** Whether each open `nav` is a book's table of contents, whose lists have no numbers. */
  const contents: boolean[] = [];

  /** Text arrives in pieces, split at entities. */
  let held = '';
  /** In preformatted text, the line break right after the tag does not count. */
  let beginsPreformatted = false;

  const scope = (): Scope => scopes.at(-1) ?? outermost;

  function writeHeld(): void {
    const text = beginsPreformatted ? held.replace(/^\r?\n/, '') : held;
    held = '';
    beginsPreformatted = false;
    if (text === '') return;
    if (goneDepth > 0) counts.hiddenCharacters += lettersOf(text);
    else if (selects.isOpen()) selects.text(text);
    else write(text);
  }

  function write(text: string): void {
    const { isVisible, font, rise, isStruck, isPreformatted } = scope();
    if (isMail && titleDepth > 0) return;
    if (!isVisible && !showsHidden) {
      counts.hiddenCharacters += lettersOf(text);
      return;
    }
    if (titleDepth === 0) counts.shownCharacters += text.trim().length;
    const read = readSigns(text, font);
    counts.unknownSigns += read.unknown;
    writer.strike(isStruck);
    writer.rise(rise);
    const shown = withoutQuoteSigns(withoutEdges(read.text));
    if (isPreformatted) writer.writeVerbatim(shown);
    else writer.writeFolded(shown);
  }

  /** Separates the text from its neighbours, as a box is on the page. */
  function writeApart(text: string): void {
    if (text !== '') write(` ${text} `);
  }

  /** In a line of its own, or in that of its cell. */
  function writePicture(mark: string): void {
    if (mark === '' || !(scope().isVisible || showsHidden)) return;
    writer.strike(false);
    writer.rise(null);
    writer.breakLine(1);
    writer.writeVerbatim(mark);
    writer.breakLine(1);
  }

  function openScope(name: string, attributes: HtmlAttributes, looks: HtmlLooks, mathRise: Rise | null): void {
    if (looks === plainLooks && mathRise === null && !scoped.has(name)) return;
    const outer = scope();
    const isPageLink = outer.isPageLink || (name === 'a' && /#./.test(attributes.href ?? ''));
    const own = looks.rise ?? mathRise;
    const rise = own ?? outer.rise;
    beginsPreformatted = name === 'pre' || name === 'textarea';
    const isPreformatted = outer.isPreformatted || beginsPreformatted;
    const inner: Scope = {
      depth,
      isVisible: looks.isVisible ?? outer.isVisible,
      rise: rise === 'raised' && isPageLink ? 'mark' : rise,
      isStruck: outer.isStruck || looks.isStruck === true,
      font: looks.font === undefined ? outer.font : looks.font,
      isPreformatted,
      isPageLink,
    };
    const keys = ['isVisible', 'rise', 'isStruck', 'font', 'isPreformatted', 'isPageLink'] as const;
    if (keys.some((key) => inner[key] !== outer[key])) scopes.push(inner);
  }

  function openList(name: string, attributes: HtmlAttributes, style: string | undefined): void {
    writer.breakLine(lists.depth() === 0 ? 2 : 1);
    lists.open(name === 'ol', attributes, style ?? (contents.includes(true) ? 'none' : undefined));
  }

  function closeList(): void {
    lists.close();
    writer.breakLine(lists.depth() === 0 ? 2 : 1);
  }

  function startItem(attributes: HtmlAttributes, style: string | undefined): void {
    writer.breakLine(1);
    const mark = lists.item(attributes, style);
    const isShown = scope().isVisible || showsHidden;
    marks.push(isShown ? mark : '');
    if (isShown) writer.prefix(mark);
  }

  /** A numbered item without text still shows its number; an empty bullet is dropped. */
  function endItem(): void {
    const mark = marks.pop() ?? '';
    if (mark.trim() === '-') writer.dropPrefix(mark);
    else if (mark !== '') writer.writePrefix();
  }

  function openElement(name: string, attributes: HtmlAttributes, looks: HtmlLooks): void {
    if (paragraphs.has(name)) writer.breakLine(2);
    else if (lines.has(name)) writer.breakLine(1);
    if (isMail && name === 'blockquote') quotes.open(attributes);
    if (name === 'br') writer.newLine();
    else if (listNames.has(name)) openList(name, attributes, looks.listStyle);
    else if (name === 'li') startItem(attributes, looks.listStyle);
    else if (name === 'tr') writer.startRow();
    else if (name === 'td' || name === 'th') writer.startCell();
    else if (name === 'q') write('“');
    else if (name === 'title') titleDepth += 1;
    else if (name === 'nav') contents.push(attributes['epub:type'] !== undefined);
    else if (name === 'img') {
      write(imageText(name, attributes));
      writePicture(markOfPicture(attributes));
    } else if (name === 'input') writeApart(inputText(attributes));
    if (name !== 'input') writeApart(roleText(attributes));
  }

  function closeElement(name: string): void {
    if (isMail && name === 'blockquote') quotes.close();
    if (listNames.has(name)) closeList();
    else if (name === 'li') endItem();
    else if (name === 'tr') writer.endRow();
    else if (name === 'td' || name === 'th') writer.endCell();
    else if (name === 'q') write('”');
    else if (name === 'title') titleDepth -= 1;
    else if (name === 'nav') contents.pop();
    if (paragraphs.has(name)) writer.breakLine(2);
    else if (lines.has(name)) writer.breakLine(1);
  }

  return {
    counts,
    open(name: string, attributes: HtmlAttributes): void {
      writeHeld();
      depth += 1;
      if (skipDepth > 0 || skipped.has(name) || isRepeated(attributes)) {
        skipDepth += 1;
        return;
      }
      const looks = looksOf(name, attributes);
      if (goneDepth > 0 || (looks.isGone && !showsHidden)) {
        goneDepth += 1;
        return;
      }
      if (selects.ends(name)) writeApart(selects.close('select'));
      if (name === 'select' || selects.isOpen()) {
        selects.open(name, attributes);
        return;
      }
      if (looks.isBlock === true) {
        writer.breakLine(1);
        blocks.push(depth);
      }
      const mathRise = math.open(name, depth);
      openScope(name, attributes, looks, mathRise);
      openElement(name, attributes, looks);
    },
    close(name: string): void {
      writeHeld();
      depth -= 1;
      if (skipDepth > 0) skipDepth -= 1;
      else if (goneDepth > 0) goneDepth -= 1;
      else if (selects.isOpen()) writeApart(selects.close(name));
      else {
        closeElement(name);
        if (scope().depth === depth + 1) scopes.pop();
        math.close(depth + 1);
        if (blocks.at(-1) === depth + 1) {
          writer.breakLine(1);
          blocks.pop();
        }
      }
    },
    text(text: string): void {
      if (skipDepth === 0) held += text;
    },
    finish: writeHeld,
  };
}

function lettersOf(text: string): number {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').length;
}
