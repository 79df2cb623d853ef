import type { Attributes } from '../packed/xml-events.ts';

/** Sections, paragraphs and pieces of text that are hidden, by how deep in the document they were opened. */
export function createHiddenParts() {
  const depths: number[] = [];

  return {
    isInside: (): boolean => depths.length > 0,
    open(name: string, attributes: Attributes, depth: number): void {
      if (isHidden(name, attributes)) depths.push(depth);
    },
    close(depth: number): void {
      if (depths.at(-1) === depth) depths.pop();
    },
  };
}

function isHidden(name: string, attributes: Attributes): boolean {
  if (name === 'text:section') return attributes['text:display'] === 'none' || attributes['text:is-hidden'] === 'true';
  return (name === 'text:hidden-text' || name === 'text:hidden-paragraph') && attributes['text:is-hidden'] === 'true';
}
