import { isUtf8 } from 'node:buffer';
import { MarkupParser } from '../markup-parser.ts';
import { decodeText } from '../text/decode-text.ts';
import { usualPrefixes } from './namespaces.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandlers {
  /** Names have the usual prefix of their namespace, whatever prefix the file uses: `w:p`. So do attributes. */
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close: (name: string) => void;
  /** A text may come in several pieces. */
  readonly text?: (text: string) => void;
}

/** No program nests nearly as deep; the parser's time grows with the square of the depth. */
const maxDepth = 20_000;

/**
 * Reads XML as events without building a tree: time and memory grow only with its length. Apart from XML's five
 * entities and character references, entities are not resolved, so they can neither expand nor read a file. Throws if
 * elements are not closed as they were opened, or are nested without end.
 */
export function readXml(xml: string | Uint8Array, handlers: XmlHandlers): void {
  const names = createNames();
  let depth = 0;
  let justOpened = false;
  const parser = new MarkupParser(
    {
      onopentag(name, attributes) {
        justOpened = true;
        depth += 1;
        if (depth > maxDepth) throw new Error('Its elements are nested too deep.');
        names.open(attributes);
        handlers.open(names.usual(name), names.renamed(attributes));
      },
      onclosetag(name, isImplied) {
        // A self-closing element is reported as implicitly closed right after it was opened.
        if (isImplied && !justOpened) throw new Error(`The element ${name} is not closed.`);
        justOpened = false;
        depth -= 1;
        handlers.close(names.usual(name));
        names.close();
      },
      ontext(text) {
        justOpened = false;
        handlers.text?.(text);
      },
    },
    { xmlMode: true },
  );
  for (const piece of typeof xml === 'string' ? [xml] : decodedXml(xml)) parser.write(piece);
  parser.end();
}

const pieceBytes = 1_048_576;

/** A large part is decoded piece by piece, so that it is not in memory twice. */
function* decodedXml(bytes: Uint8Array): Generator<string> {
  if (!isUtf8(bytes) || bytes.subarray(0, 4).includes(0)) {
    yield xmlText(bytes);
    return;
  }
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true });
  }
  yield decoder.decode();
}

/** The text of an XML part, whatever Unicode encoding it is in. Throws if it is not text. */
export function xmlText(bytes: Uint8Array): string {
  const decoded = decodeText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (decoded === null || decoded.invalidSequences > 0) throw new Error('It is not text.');
  return decoded.text;
}

/** An attribute by its local name. */
export function attributeOf(attributes: Attributes, name: string): string | null {
  const usual = attributes[`w:${name}`] ?? attributes[name];
  if (usual !== undefined) return usual;
  for (const key in attributes) if (key.endsWith(`:${name}`)) return attributes[key] ?? null;
  return null;
}

/** A Word on/off property: on if it has no value. */
export function isOn(value: string | null): boolean {
  return value !== '0' && value !== 'false' && value !== 'off';
}

/** The elements in which the same prefixes are declared. */
interface Scope {
  /** What the prefixes declared for it meant before. */
  readonly before: readonly (readonly [prefix: string, usual: string | null | undefined])[];
  /** Reported names, by those in the file. */
  readonly told: Map<string, string>;
  /** Elements that are open within it. */
  depth: number;
}

/**
 * Follows the namespaces that elements declare for themselves and for what is in them. There is one table, which is set
 * back when an element ends: a hostile file declares a namespace in each of many elements.
 */
function createNames() {
  const outer: Scope[] = [];
  /** By the prefix that the file declares; null for one that is not known, undefined where it is not declared. */
  const usual = new Map<string, string | null | undefined>();
  /** Prefixes of which attributes have to be renamed. */
  const unusual = new Set<string>();
  let scope: Scope = { before: [], told: new Map(), depth: 0 };

  function usualName(name: string, isAttribute: boolean): string {
    const colon = name.indexOf(':');
    if (isAttribute && colon === -1) return name;
    const prefix = usual.get(colon === -1 ? '' : name.slice(0, colon)) ?? null;
    return prefix === null ? name : `${prefix}:${name.slice(colon + 1)}`;
  }

  function set(prefix: string, known: string | null | undefined): void {
    usual.set(prefix, known);
    if (prefix !== '' && known !== undefined && known !== null && known !== prefix) unusual.add(prefix);
    else unusual.delete(prefix);
  }

  return {
    open(attributes: Attributes): void {
      const declared = declaredBy(attributes);
      if (declared.length > 0) {
        outer.push(scope);
        scope = { before: declared.map(([prefix]) => [prefix, usual.get(prefix)]), told: new Map(), depth: 0 };
        for (const [prefix, known] of declared) set(prefix, known);
      }
      scope.depth += 1;
    },
    close(): void {
      scope.depth -= 1;
      if (scope.depth > 0) return;
      for (const [prefix, known] of scope.before) set(prefix, known);
      scope = outer.pop() ?? scope;
    },
    usual(name: string): string {
      const known = scope.told.get(name);
      if (known !== undefined) return known;
      const shown = usualName(name, false);
      scope.told.set(name, shown);
      return shown;
    },
    renamed(attributes: Attributes): Attributes {
      if (unusual.size === 0) return attributes;
      return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [usualName(name, true), value]));
    },
  };
}

const nothing: readonly never[] = [];

/** The prefixes that an element declares. */
function declaredBy(attributes: Attributes): readonly (readonly [prefix: string, usual: string | null])[] {
  let all: [string, string | null][] | null = null;
  for (const key in attributes) {
    if (!key.startsWith('xmlns') || (key.length > 5 && key[5] !== ':')) continue;
    all ??= [];
    all.push([key.slice('xmlns:'.length), usualPrefixes.get(attributes[key] ?? '') ?? null]);
  }
  return all ?? nothing;
}
