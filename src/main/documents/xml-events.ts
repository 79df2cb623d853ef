import { Parser } from 'htmlparser2';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandlers {
  /** Names come with the usual prefix of their namespace, whatever prefix the file uses: `w:p`. */
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** The namespaces of Word documents, in the first and in the strict edition of the standard. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
]);

/**
 * Reads XML as events and builds no tree: time and memory grow with its length alone. Entities other than XML's own
 * five and character numbers are not resolved, so they can neither grow nor read a file. Throws when elements are
 * not closed as they were opened.
 */
export function readXml(xml: string, handlers: XmlHandlers): void {
  /** The usual prefix for each prefix that this file declares. */
  const usual = new Map<string, string>();
  let justOpened = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        justOpened = true;
        declare(usual, attributes);
        handlers.open(usualName(name, usual), attributes);
      },
      onclosetag(name, isImplied) {
        // An element that closes itself is told as closed by implication, right after it was opened.
        if (isImplied && !justOpened) throw new Error(`The element ${name} is not closed.`);
        justOpened = false;
        handlers.close(usualName(name, usual));
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

/** An attribute by its name without a prefix. */
export function attributeOf(attributes: Attributes, name: string): string | null {
  const key = Object.keys(attributes).find((one) => one === name || one.endsWith(`:${name}`));
  return key === undefined ? null : (attributes[key] ?? null);
}

function declare(usual: Map<string, string>, attributes: Attributes): void {
  for (const [key, uri] of Object.entries(attributes)) {
    if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
    const prefix = prefixes.get(uri);
    if (prefix !== undefined) usual.set(key.slice('xmlns:'.length), prefix);
  }
}

function usualName(name: string, usual: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const prefix = usual.get(colon === -1 ? '' : name.slice(0, colon));
  return prefix === undefined ? name : `${prefix}:${name.slice(colon + 1)}`;
}
