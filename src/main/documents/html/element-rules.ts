import type { TextWriter } from '../text-writer.ts';
import { createFallbacks } from './fallbacks.ts';
import { createSelects, inputText, roleText } from './forms.ts';
import { imageText, isRepeated } from './images.ts';
import { createListWriter, isList } from './list-writer.ts';
import { type HtmlAttributes, type HtmlLooks, looksOf } from './looks.ts';
import { createMath } from './math.ts';
import { createPageText } from './page-text.ts';
import { createQuotes } from './quotes.ts';
import { createScopes, isPreformatted } from './scopes.ts';
import { asStyled, createDrawings } from './svg.ts';
import { createTableRowWriter } from './table-rows.ts';

const skipped = new Set(
  (
    'script style template noscript noframes noembed iframe embed map datalist rt rp ' + 'annotation annotation-xml'
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

/** Elements of drawings whose text is drawn only where another element refers to them. */
const referredTo = new Set(['defs', 'symbol']);

/** The mark of the picture that an `img` with these attributes shows. */
export type MarkOfPicture = (attributes: HtmlAttributes) => string;

export interface HtmlReading {
  /** What stands for the picture that an `img` shows; '' if nothing does. */
  readonly markOfPicture?: MarkOfPicture;
  /** Of a mail, what is quoted is marked as in plain text, and the title is left out, as no program shows it. */
  readonly isMail?: boolean;
}

/** Decides what each element means for the text. Depths are counted because elements nest. */
export function createElementRules(
  writer: TextWriter,
  itemsInReversed: readonly number[],
  showsHidden: boolean,
  { markOfPicture = () => '', isMail = false }: HtmlReading,
) {
  const scopes = createScopes();
  const page = createPageText(writer, scopes.innermost, { hidden: showsHidden, title: !isMail });
  const quotes = createQuotes(writer);
  const lists = createListWriter(writer, itemsInReversed);
  const rows = createTableRowWriter(writer);
  const selects = createSelects();
  const math = createMath(page.write);
  const drawings = createDrawings();
  const fallbacks = createFallbacks();
  /** Depths of elements whose style makes them blocks. */
  const blocks: number[] = [];
  let depth = 0;
  let skipDepth = 0;
  let goneDepth = 0;

  /** Text arrives in pieces, split at entities. */
  let held = '';
  /** In preformatted text, the line break right after the tag does not count. */
  let beginsPreformatted = false;

  function writeHeld(): void {
    const text = beginsPreformatted ? held.replace(/^\r?\n/, '') : held;
    held = '';
    beginsPreformatted = false;
    if (text === '' || fallbacks.isExcuse(text)) return;
    if (goneDepth > 0) page.hide(text);
    else if (selects.isOpen()) selects.text(text);
    else page.write(text);
  }

  function breakLine(name: string): void {
    if (paragraphs.has(name)) writer.breakLine(2);
    else if (lines.has(name) || drawings.isLine(name)) writer.breakLine(1);
  }

  function openElement(name: string, attributes: HtmlAttributes, looks: HtmlLooks): void {
    breakLine(name);
    rows.open(name);
    if (drawings.startsLine(name, attributes)) page.write(' ');
    if (isMail && name === 'blockquote') quotes.open(attributes);
    if (name === 'br') writer.newLine();
    else if (isList(name)) lists.open(name, attributes, looks.listStyle);
    else if (name === 'li') lists.startItem(attributes, looks.listStyle, page.isShown());
    else if (name === 'q') page.write('“');
    else if (name === 'title') page.openTitle();
    else if (name === 'nav') lists.openNav(attributes);
    else if (name === 'img') {
      page.write(imageText(name, attributes));
      page.writePicture(markOfPicture(attributes));
    } else if (name === 'input') page.writeBox(inputText(attributes));
    if (name !== 'input') page.writeBox(roleText(attributes));
  }

  function closeElement(name: string): void {
    if (isMail && name === 'blockquote') quotes.close();
    rows.close(name);
    if (isList(name)) lists.close();
    else if (name === 'li') lists.endItem();
    else if (name === 'q') page.write('”');
    else if (name === 'title') page.closeTitle();
    else if (name === 'nav') lists.closeNav();
    breakLine(name);
  }

  function openShown(name: string, attributes: HtmlAttributes, looks: HtmlLooks): void {
    if (looks.isBlock === true) {
      writer.breakLine(1);
      blocks.push(depth);
    }
    const mathRise = math.open(name, depth);
    beginsPreformatted = isPreformatted(name);
    scopes.open(name, attributes, looks, mathRise, depth);
    openElement(name, attributes, looks);
  }

  function closeShown(name: string): void {
    const own = depth + 1;
    closeElement(name);
    scopes.close(own);
    math.close(own);
    if (blocks.at(-1) === own) {
      writer.breakLine(1);
      blocks.pop();
    }
  }

  function isSkipped(name: string, attributes: HtmlAttributes): boolean {
    if (skipped.has(name) || isRepeated(attributes)) return true;
    return drawings.isUndrawn(name, attributes, depth) || (name === 'svg' && selects.isOpen());
  }

  function isGone(name: string, looks: HtmlLooks): boolean {
    return looks.isGone || fallbacks.isNeverShown(name) || (drawings.isDrawing() && referredTo.has(name));
  }

  return {
    counts: page.counts,
    open(qualified: string, attributes: HtmlAttributes): void {
      writeHeld();
      depth += 1;
      const name = withoutPrefix(qualified);
      if (skipDepth > 0 || isSkipped(name, attributes)) {
        skipDepth += 1;
        return;
      }
      drawings.open(name, attributes, depth, paragraphs.has(name) || lines.has(name));
      fallbacks.open(name, depth);
      const looks = looksOf(name, drawings.isDrawing() ? asStyled(attributes) : attributes);
      if (goneDepth > 0 || (isGone(name, looks) && !showsHidden)) {
        goneDepth += 1;
        return;
      }
      if (selects.ends(name)) page.writeBox(selects.close('select'));
      if (name === 'select' || selects.isOpen()) selects.open(name, attributes);
      else openShown(name, attributes, looks);
    },
    close(qualified: string): void {
      writeHeld();
      depth -= 1;
      if (skipDepth > 0) {
        skipDepth -= 1;
        return;
      }
      const name = withoutPrefix(qualified);
      if (goneDepth > 0) goneDepth -= 1;
      else if (selects.isOpen()) page.writeBox(selects.close(name));
      else closeShown(name);
      drawings.close(depth + 1);
      fallbacks.close(depth + 1);
    },
    text(text: string): void {
      if (skipDepth === 0 && drawings.isText()) held += text;
    },
    finish: writeHeld,
  };
}

/** Pages in XML may name the elements of drawings with a prefix. */
function withoutPrefix(name: string): string {
  return name.startsWith('svg:') ? name.slice(4) : name;
}
