import type { Block } from './blocks.ts';

/** Blocks that are drawn and laid out together. */
export interface SectionSpan {
  readonly start: number;
  readonly end: number;
}

/** A section for each block would cost more than it spares … */
const FEW_ELEMENTS = 12;
const SHORT_CHARACTERS = 2_000;
/** … and a larger one could hold up a frame. */
const MOST_ELEMENTS = 24;
const MOST_CHARACTERS = 4_000;
/** A block of code with its head costs as much as several paragraphs. */
const CODE_ELEMENTS = 6;

interface Size {
  readonly characters: number;
  /** Paragraphs that would cost as much to draw. */
  readonly elements: number;
}

/** So many marks make as much to draw as another paragraph does. */
const MARKS_OF_ELEMENT = 10;
const marks = /[*_~`[|<$]/g;

/** Blocks that did not change are not measured again. */
const sizes = new WeakMap<Block, Size>();

function sizeOf(block: Block): Size {
  const known = sizes.get(block);
  if (known !== undefined) return known;
  const size = measure(block);
  sizes.set(block, size);
  return size;
}

function measure(block: Block): Size {
  switch (block.kind) {
    case 'code':
      return { characters: block.text.length, elements: CODE_ELEMENTS };
    case 'plain':
      return { characters: block.text.length, elements: 1 };
    case 'list':
      return {
        characters: block.items.reduce((sum, item) => sum + item.length, 0),
        elements: block.items.reduce((sum, item) => sum + elementsOf(item), 0),
      };
    default:
      return { characters: block.text.length, elements: elementsOf(block.text) };
  }
}

function elementsOf(text: string): number {
  const own = /`{3}|~{3}/.test(text) ? CODE_ELEMENTS : 1;
  return own + (text.match(marks)?.length ?? 0) / MARKS_OF_ELEMENT;
}

/** Cuts blocks into sections, each from the ones before it alone: text to come changes the last one only. */
export function sectionsOf(blocks: readonly Block[]): readonly SectionSpan[] {
  const sections: SectionSpan[] = [];
  let start = 0;
  let size: Size = { characters: 0, elements: 0 };
  for (const [place, block] of blocks.entries()) {
    const { characters, elements } = sizeOf(block);
    const full = size.elements >= FEW_ELEMENTS && size.characters >= SHORT_CHARACTERS;
    const large = size.elements + elements > MOST_ELEMENTS || size.characters + characters > MOST_CHARACTERS;
    if (place > start && (full || large)) {
      sections.push({ start, end: place });
      start = place;
      size = { characters: 0, elements: 0 };
    }
    size = { characters: size.characters + characters, elements: size.elements + elements };
  }
  if (start < blocks.length) sections.push({ start, end: blocks.length });
  return sections;
}

/** About as they were written. */
export function sourceOf(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.kind === 'list' ? block.items.join('') : block.text).trimEnd()).join('\n\n');
}
