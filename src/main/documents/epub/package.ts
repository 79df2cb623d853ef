import { posix } from 'node:path';
import { attributeOf, readXml } from '../packed/xml-events.ts';

/** What a book says of itself. */
export interface EpubPackage {
  readonly title: string;
  readonly authors: readonly string[];
  /** Paths of its documents in reading order, each once. */
  readonly spine: readonly string[];
  /** Media types by path. */
  readonly types: ReadonlyMap<string, string>;
  /** Paths of the files that list its chapters, the newer kind first. */
  readonly contents: readonly string[];
}

/** The path of the package, from the file that every book has. */
export function packagePathOf(container: string): string | null {
  let path: string | null = null;
  readXml(container, {
    open(name, attributes) {
      if (localName(name) === 'rootfile') path ??= attributeOf(attributes, 'full-path');
    },
    close() {},
  });
  return path;
}

export function readPackage(xml: string, path: string): EpubPackage {
  const pathOfId = new Map<string, string>();
  const types = new Map<string, string>();
  const spine = new Set<string>();
  const texts: Record<'title' | 'creator', string[]> = { title: [], creator: [] };
  let navigation: string | null = null;
  let older: string | null = null;
  let inside: 'title' | 'creator' | null = null;
  readXml(xml, {
    open(qualified, attributes) {
      const name = localName(qualified);
      if (name === 'title' || name === 'creator') {
        inside = name;
        texts[name].push('');
      } else if (name === 'item') {
        const target = pathFrom(path, attributeOf(attributes, 'href') ?? '');
        const type = attributeOf(attributes, 'media-type') ?? '';
        pathOfId.set(attributeOf(attributes, 'id') ?? '', target);
        types.set(target, type);
        if (/\bnav\b/.test(attributeOf(attributes, 'properties') ?? '')) navigation = target;
        if (type === 'application/x-dtbncx+xml') older = target;
      } else if (name === 'itemref') {
        const target = pathOfId.get(attributeOf(attributes, 'idref') ?? '');
        if (target !== undefined) spine.add(target);
      }
    },
    close(qualified) {
      if (localName(qualified) === inside) inside = null;
    },
    text(text) {
      if (inside !== null) texts[inside].push((texts[inside].pop() ?? '') + text);
    },
  });
  return {
    title: named(texts.title)[0] ?? '',
    authors: named(texts.creator),
    spine: [...spine],
    types,
    contents: [navigation, older].filter((one) => one !== null),
  };
}

function named(texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The path in the book that a reference in the file at `from` leads to, whatever place in it. */
export function pathFrom(from: string, reference: string): string {
  const [path = ''] = reference.split('#');
  return posix.join(posix.dirname(from), decoded(path));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
