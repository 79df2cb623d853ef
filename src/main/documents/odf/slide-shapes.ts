import type { Attributes } from '../packed/xml-events.ts';
import { createTextWriter } from '../text-writer.ts';
import { createOdfStory, type StoryContext } from './story.ts';

/** The text of a shape, and what it is for. */
export interface SlideShape {
  readonly text: string;
  /** `title`, `outline`, `notes`, `footer` …; '' for a shape that was put on the page by itself. */
  readonly role: string;
  readonly isPlaceholder: boolean;
  readonly isComment: boolean;
}

/** Reads the shapes of a page; `ended` is called with each. Groups are read as what is in them. */
export function createSlideShapes(context: StoryContext, ended: (shape: SlideShape) => void) {
  let shape = createShape('', {}, context);
  /** How deep in the shape that is open. */
  let depth = 0;
  return {
    /** @returns whether the element is a shape or in one. */
    open(name: string, attributes: Attributes): boolean {
      if (depth === 0 && !isShape(name)) return false;
      if (depth === 0) shape = createShape(name, attributes, context);
      depth += 1;
      shape.open(name, attributes);
      return true;
    },
    close(name: string): boolean {
      if (depth === 0) return false;
      shape.close(name);
      depth -= 1;
      if (depth === 0) ended(shape.finish());
      return true;
    },
    text(piece: string): void {
      if (depth > 0) shape.text(piece);
    },
  };
}

function isShape(name: string): boolean {
  if (name === 'office:annotation') return true;
  return name.startsWith('draw:') && name !== 'draw:g' && name !== 'draw:page-thumbnail';
}

function createShape(name: string, attributes: Attributes, context: StoryContext) {
  const writer = createTextWriter();
  const story = createOdfStory(writer, context);
  return {
    open: story.open,
    close: story.close,
    text: story.text,
    finish: (): SlideShape => {
      story.finish();
      return {
        text: writer.finish().replace(/\n{2,}/g, '\n'),
        role: attributes['presentation:class'] ?? '',
        isPlaceholder: attributes['presentation:placeholder'] === 'true',
        isComment: name === 'office:annotation',
      };
    },
  };
}
