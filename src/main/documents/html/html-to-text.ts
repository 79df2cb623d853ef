import type { ReadingNote } from '../../../shared/reading-note.ts';
import { MarkupParser } from '../markup-parser.ts';
import { createTextWriter } from '../text-writer.ts';
import { createElementRules, type HtmlReading } from './element-rules.ts';
import { withQuotes } from './quotes.ts';
import { itemsInReversedLists } from './reversed-lists.ts';

export interface HtmlText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
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
  const isInXml = isXml(html);
  new MarkupParser(handlers, { recognizeSelfClosing: isInXml, recognizeCDATA: isInXml }).end(html);
  elements.finish();
  return { text: withQuotes(writer.finish()), ...elements.counts };
}

/** In XHTML, `<script src="a.js"/>` ends where it begins; in HTML it would swallow the rest of the page. */
function isXml(html: string): boolean {
  return /^\s*<\?xml\s/.test(html.slice(0, 100));
}
