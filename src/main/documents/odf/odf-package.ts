import { readXml } from '../packed/xml-events.ts';
import type { ZipParts } from '../packed/zip-parts.ts';
import { chartDataText } from './chart-text.ts';
import { formulaText } from './formula-text.ts';

/** An OpenDocument file, packed or in one piece. */
export interface OdfDocument {
  readonly kind: OdfKind;
  readonly content: string | Uint8Array;
  /** Where styles are defined, the more general first; the first also has the pages' headers and footers. */
  readonly styles: readonly (string | Uint8Array)[];
  /** The text of an embedded object by its path; null if it is of a kind that is not read. */
  readonly objectAt: (path: string) => string | null;
}

export type OdfKind = 'odt' | 'ods' | 'odp';

const kindsByBody: ReadonlyMap<string, OdfKind> = new Map([
  ['office:text', 'odt'],
  ['office:spreadsheet', 'ods'],
  ['office:presentation', 'odp'],
]);

/** What a document says it is, by its body; null for drawings and the like. */
export function odfKindOf(content: string | Uint8Array): OdfKind | null {
  return kindsByBody.get(odfBodyOf(content)) ?? null;
}

/** The element that a document has as its body; '' for formulas and what is none. */
export function odfBodyOf(content: string | Uint8Array): string {
  let body = '';
  let parent = '';
  readXml(content, {
    open(name) {
      if (body === '' && parent === 'office:body') body = name;
      parent = name;
    },
    close() {},
  });
  return body;
}

/** Macros have passwords of their own: the document can be read without. */
const macros = /^(?:Basic|Dialogs|Scripts)\//;

/** Whether a package is an OpenDocument file that needs a password. */
export async function isEncryptedOdf(parts: ZipParts): Promise<boolean> {
  if (parts.has('encrypted-package')) return true;
  let isEncrypted = false;
  let path = '';
  readXml(await parts.bytes('META-INF/manifest.xml'), {
    open(name, attributes) {
      if (name === 'manifest:file-entry') path = attributes['manifest:full-path'] ?? '';
      else if (name === 'manifest:encryption-data' && !macros.test(path)) isEncrypted = true;
    },
    close() {},
  });
  return isEncrypted;
}

/** Unpacks what is read of a package. */
export async function openOdf(parts: ZipParts, kind: OdfKind, content: Uint8Array): Promise<OdfDocument> {
  const objects = new Map<string, string | null>();
  for (const path of parts.paths) {
    const object = /^([^/]+)\/content\.xml$/.exec(path)?.[1];
    if (object !== undefined) objects.set(object, objectText(await parts.bytes(path), kind));
  }
  return {
    kind,
    content,
    styles: [await parts.bytes('styles.xml'), content],
    objectAt: (path) => objects.get(path.replace(/\/$/, '')) ?? null,
  };
}

function objectText(xml: Uint8Array, kind: OdfKind): string | null {
  let root = '';
  readXml(xml, {
    open(name) {
      if (root === '' && (name === 'math:math' || name === 'office:chart')) root = name;
    },
    close() {},
  });
  if (root === 'math:math') return formulaText(xml);
  // A workbook's charts are drawn from its cells.
  return root === 'office:chart' ? chartDataText(xml, kind !== 'ods') : null;
}
