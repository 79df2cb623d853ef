import { autoNumber, type DefaultMarks, type Mark } from '../drawings/paragraph-text.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';

/** Which placeholder of its layout a shape fills: by type and number. */
export interface Placeholder {
  readonly type: string;
  readonly index: string;
}

/** How a layout or master marks the paragraphs of its placeholders. */
export interface LayoutMarks {
  /** By index, else by type; then by level. */
  readonly placeholders: ReadonlyMap<string, ReadonlyMap<number, Mark>>;
  /** Of all texts in the body of slides. */
  readonly body: ReadonlyMap<number, Mark>;
}

/** Reads the bullets and numbers that a slide's layout or master prescribes; none of its text. */
export function readLayoutMarks(xml: Uint8Array): LayoutMarks {
  const placeholders = new Map<string, Map<number, Mark>>();
  const body = new Map<number, Mark>();
  let keys: string[] = [];
  let isBody = false;
  let level: number | null = null;

  function mark(value: Mark): void {
    if (level === null) return;
    if (isBody) body.set(level, value);
    for (const key of keys) {
      const marks = placeholders.get(key) ?? new Map<number, Mark>();
      placeholders.set(key, marks.set(level, value));
    }
  }

  readXml(xml, {
    open(name, attributes) {
      if (name === 'p:sp') keys = [];
      else if (name === 'p:ph') keys = keysOf(placeholderOf(attributes));
      else if (name === 'p:bodyStyle') {
        isBody = true;
        keys = [];
      } else if (/^a:lvl\dpPr$/.test(name)) level = Number(name[5]) - 1;
      else if (name === 'a:buNone') mark('none');
      else if (name === 'a:buChar' || name === 'a:buBlip') mark('bullet');
      else if (name === 'a:buAutoNum') mark(autoNumber(attributes));
    },
    close(name) {
      if (name === 'p:bodyStyle') isBody = false;
      else if (/^a:lvl\dpPr$/.test(name)) level = null;
    },
  });
  return { placeholders, body };
}

export function placeholderOf(attributes: Attributes): Placeholder {
  return { type: attributes.type ?? 'obj', index: attributes.idx ?? '' };
}

function keysOf({ type, index }: Placeholder): string[] {
  return index === '' ? [type] : [index, type];
}

const bodyTypes = new Set(['body', 'obj', 'chart', 'tbl', 'dgm', 'media', 'clipArt', 'pic']);

/** How a shape's paragraphs are marked where they do not say so: as its layout does, then its master, else in a body by bullets. */
export function defaultMarks(placeholder: Placeholder | null, layouts: readonly LayoutMarks[]): DefaultMarks {
  if (placeholder === null) return () => 'none';
  const isBody = bodyTypes.has(placeholder.type);
  return (level) => {
    for (const { placeholders } of layouts) {
      const marks = keysOf(placeholder).map((key) => placeholders.get(key)?.get(level));
      const known = marks.find((mark) => mark !== undefined);
      if (known !== undefined) return known;
    }
    if (!isBody) return 'none';
    return layouts.map(({ body }) => body.get(level)).find((mark) => mark !== undefined) ?? 'bullet';
  };
}
