import { Parser } from 'htmlparser2';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandlers {
  /** Names have the usual prefix of their namespace, whatever prefix the file uses: `w:p`. */
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Namespaces of Word documents, in the transitional and strict editions of the standard. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['http://schemas.microsoft.com/office/word/2010/wordml', 'w14'],
  ['http://schemas.microsoft.com/office/word/2015/wordml/symex', 'w16se'],
  ['http://schemas.openxmlformats.org/drawingml/2006/main', 'a'],
  ['http://purl.oclc.org/ooxml/drawingml/main', 'a'],
  ['http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing', 'wp'],
  ['http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing', 'wp'],
  ['http://schemas.openxmlformats.org/drawingml/2006/diagram', 'dgm'],
  ['http://purl.oclc.org/ooxml/drawingml/diagram', 'dgm'],
  ['http://schemas.openxmlformats.org/drawingml/2006/chart', 'c'],
  ['http://purl.oclc.org/ooxml/drawingml/chart', 'c'],
]);

/**
 * Reads XML as events without building a tree: time and memory grow only with its length. Apart from XML's five
 * entities and character references, entities are not resolved, so they can neither expand nor read a file. Throws if
 * elements are not closed as they were opened.
 */
export function readXml(xml: string, handlers: XmlHandlers): void {
  /** The usual prefix for each prefix the file declares. */
  const usual = new Map<string, string>();
  /** Reported names, by those in the file. */
  const told = new Map<string, string>();
  let justOpened = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        justOpened = true;
        if (declare(usual, attributes)) told.clear();
        handlers.open(usualName(name, usual, told), attributes);
      },
      onclosetag(name, isImplied) {
        // A self-closing element is reported as implicitly closed right after it was opened.
        if (isImplied && !justOpened) throw new Error(`The element ${name} is not closed.`);
        justOpened = false;
        handlers.close(usualName(name, usual, told));
      },
      ontext(text) {
        justOpened = false;
        handlers.text?.(text);
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
}

/** An attribute by its local name. */
export function attributeOf(attributes: Attributes, name: string): string | null {
  const usual = attributes[`w:${name}`];
  if (usual !== undefined) return usual;
  const key = Object.keys(attributes).find((one) => one === name || one.endsWith(`:${name}`));
  return key === undefined ? null : (attributes[key] ?? null);
}

/** A Word on/off property: on if it has no value. */
export function isOn(value: string | null): boolean {
  return value !== '0' && value !== 'false' && value !== 'off';
}

function declare(usual: Map<string, string>, attributes: Attributes): boolean {
  let isNew = false;
  for (const key in attributes) {
    if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
    const prefix = prefixes.get(attributes[key] ?? '');
    if (prefix === undefined) continue;
    usual.set(key.slice('xmlns:'.length), prefix);
    isNew = true;
  }
  return isNew;
}

function usualName(name: string, usual: ReadonlyMap<string, string>, told: Map<string, string>): string {
  const known = told.get(name);
  if (known !== undefined) return known;
  const colon = name.indexOf(':');
  const prefix = usual.get(colon === -1 ? '' : name.slice(0, colon));
  const shown = prefix === undefined ? name : `${prefix}:${name.slice(colon + 1)}`;
  told.set(name, shown);
  return shown;
}
