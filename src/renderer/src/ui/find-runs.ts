import type { TextSpan } from './find-text.ts';

/** Text that reads on without a break, possibly over several text nodes. */
export interface TextRun {
  readonly text: string;
  readonly nodes: readonly Text[];
  /** The offset of each node in the text. */
  readonly starts: readonly number[];
}

const inline: ReadonlySet<string> = new Set(
  'A ABBR B BDI CITE CODE DEL EM I INS KBD MARK Q S SAMP SMALL SPAN STRONG SUB SUP U'.split(' '),
);
/** Not part of the text: buttons, headers of code blocks, content hidden from readers. */
const beside = 'button, figcaption, style, script, [aria-hidden="true"]';

function blockOf(node: Text): Element | null {
  let element = node.parentElement;
  while (element !== null && inline.has(element.tagName)) element = element.parentElement;
  return element;
}

function filter(node: Node): number {
  if (node instanceof Element && node.matches(beside)) return NodeFilter.FILTER_REJECT;
  return node instanceof Text || node.nodeName === 'BR' ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
}

function makeRun(nodes: readonly Text[]): TextRun {
  const starts: number[] = [];
  let text = '';
  for (const node of nodes) {
    starts.push(text.length);
    text += node.data;
  }
  return { text, nodes, starts };
}

/** The text inside an element that can be read and copied, whether or not it is laid out. */
export function* textRuns(container: Element): Generator<TextRun> {
  for (const root of container.querySelectorAll('[data-selectable]')) {
    // An outer one already includes it.
    if (root.parentElement?.closest('[data-selectable]') != null) continue;
    yield* runsOf(root);
  }
}

function* runsOf(root: Element): Generator<TextRun> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, filter);
  let nodes: Text[] = [];
  let block: Element | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const own = node instanceof Text ? blockOf(node) : null;
    if (nodes.length > 0 && own !== block) {
      yield makeRun(nodes);
      nodes = [];
    }
    block = own;
    if (node instanceof Text) nodes.push(node);
  }
  if (nodes.length > 0) yield makeRun(nodes);
}

/** The same span as a range of the document. */
export function rangeOf({ nodes, starts }: TextRun, { start, end }: TextSpan): StaticRange | null {
  const first = nodeAt(starts, start);
  const last = nodeAt(starts, end - 1);
  const [startContainer, endContainer] = [nodes[first], nodes[last]];
  if (startContainer === undefined || endContainer === undefined) return null;
  return new StaticRange({
    startContainer,
    startOffset: start - (starts[first] ?? 0),
    endContainer,
    endOffset: end - (starts[last] ?? 0),
  });
}

function nodeAt(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
