import { type Attributes, readXml } from '../packed/xml-events.ts';
import { createFoundInOdf } from './found-in-odf.ts';
import { createSlideShapes } from './slide-shapes.ts';
import type { StoryContext } from './story.ts';

/** What each master page prints on its slides, by its name. */
export type MasterTexts = ReadonlyMap<string, readonly string[]>;

/** Reads the texts of master pages, without those of placeholders, which prompt or change by themselves. */
export function masterTexts(styles: string | Uint8Array, context: StoryContext): MasterTexts {
  const masters = new Map<string, string[]>();
  let printed: string[] | null = null;
  let isInNotes = false;
  const shapes = createSlideShapes({ ...context, found: createFoundInOdf() }, ({ text, role }) => {
    if (role === '' && !isInNotes && /\p{L}/u.test(text)) printed?.push(text);
  });
  readXml(styles, {
    open(name, attributes) {
      if (name === 'style:master-page') {
        printed = [];
        masters.set(attributes['style:name'] ?? '', printed);
      } else if (printed === null || shapes.open(name, attributes)) return;
      else if (name === 'presentation:notes') isInNotes = true;
    },
    close(name) {
      if (shapes.close(name)) return;
      if (name === 'presentation:notes') isInNotes = false;
      else if (name === 'style:master-page') printed = null;
    },
    text: shapes.text,
  });
  return masters;
}

/** Declarations, by the attribute with which a slide names one. */
const declarations: ReadonlyMap<string, string> = new Map([
  ['presentation:footer-decl', 'presentation:use-footer-name'],
  ['presentation:date-time-decl', 'presentation:use-date-time-name'],
]);

/** Footers and dates are declared before the slides. A date that changes by itself is nobody's text. */
export function createDeclaredTexts() {
  const texts = new Map<string, string>();
  let open: string | null = null;
  return {
    open(name: string, attributes: Attributes): void {
      const user = declarations.get(name);
      if (user === undefined || attributes['presentation:source'] === 'current-date') return;
      open = `${user} ${attributes['presentation:name'] ?? ''}`;
    },
    close(name: string): void {
      if (declarations.has(name)) open = null;
    },
    text(piece: string): void {
      if (open !== null) texts.set(open, (texts.get(open) ?? '') + piece);
    },
    /** Those that a slide with these attributes has. */
    on: (attributes: Attributes): readonly string[] =>
      [...declarations.values()]
        .map((user) => (texts.get(`${user} ${attributes[user] ?? ''}`) ?? '').trim())
        .filter((text) => text !== ''),
  };
}
