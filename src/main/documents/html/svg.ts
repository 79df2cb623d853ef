import type { HtmlAttributes } from './looks.ts';

/** Elements of a drawing whose text is not drawn. */
const undrawn = new Set('title desc metadata style script clippath mask marker pattern filter'.split(' '));

/** Where in a page text stands: in a drawing, most of it is not shown. */
type Ground = 'page' | 'drawing' | 'text';

interface Area {
  readonly ground: Ground;
  readonly depth: number;
}

interface Switch {
  readonly depth: number;
  hasChild: boolean;
}

/** Follows the drawings in a page (`svg`), of which only some elements are text or hold parts of a page again. */
export function createDrawings() {
  const areas: Area[] = [];
  const switches: Switch[] = [];
  /** The height at which the text of a drawing goes on. */
  let height = '0';

  const ground = (): Ground => areas.at(-1)?.ground ?? 'page';

  /** Of the children of a `switch`, the first is drawn. The others say the same for programs that cannot draw it. */
  function isOtherChoice(depth: number): boolean {
    const parent = switches.at(-1);
    if (parent?.depth !== depth - 1) return false;
    const isOther = parent.hasChild;
    parent.hasChild = true;
    return isOther;
  }

  return {
    isDrawing: (): boolean => ground() !== 'page',
    /** Whether text here is shown. */
    isText: (): boolean => ground() !== 'drawing',
    /** Whether nothing in an element is drawn, at its depth in the page. */
    isUndrawn(name: string, attributes: HtmlAttributes, depth: number): boolean {
      if (ground() === 'page') return name === 'svg' && isFormula(attributes);
      return undrawn.has(name) || isOtherChoice(depth);
    },
    /** @param isOfPage whether the name is that of an element that only pages have: it ends an unclosed drawing. */
    open(name: string, attributes: HtmlAttributes, depth: number, isOfPage: boolean): void {
      if (ground() === 'page') {
        if (name === 'svg') areas.push({ ground: 'drawing', depth });
      } else if (name === 'foreignobject' || isOfPage) areas.push({ ground: 'page', depth });
      else if (name === 'text') {
        areas.push({ ground: 'text', depth });
        height = attributes.y ?? '0';
      } else if (name === 'switch') switches.push({ depth, hasChild: false });
    },
    close(depth: number): void {
      if (areas.at(-1)?.depth === depth) areas.pop();
      if (switches.at(-1)?.depth === depth) switches.pop();
    },
    /** Whether an element begins and ends a line. It is open. */
    isLine: (name: string): boolean => (name === 'text' && ground() === 'text') || name === 'foreignobject',
    /** Whether a piece of text stands on another line than the one before it. */
    startsLine(name: string, { x, y = height, dy = '0' }: HtmlAttributes): boolean {
      if (name !== 'tspan' || ground() !== 'text') return false;
      const isMoved = y !== height || (x !== undefined && Number.parseFloat(dy) !== 0);
      height = y;
      return isMoved;
    },
  };
}

/** MathJax draws a formula, in sizes by its letters, and writes it beside the drawing for those who do not see it. */
function isFormula({ 'aria-hidden': hidden, width = '' }: HtmlAttributes): boolean {
  return hidden === 'true' && /\dex$/.test(width);
}

/** The attributes of an element of a drawing, its looks as a style. */
export function asStyled(attributes: HtmlAttributes): HtmlAttributes {
  const { display, visibility, style = '' } = attributes;
  if (display === undefined && visibility === undefined) return attributes;
  const looks = [display && `display:${display}`, visibility && `visibility:${visibility}`, style];
  return { ...attributes, style: looks.filter((one) => one !== undefined).join(';') };
}
