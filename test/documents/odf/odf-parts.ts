import { readParts } from '../read-parts.ts';

/** Assembles OpenDocument files from their XML. */

const odf = 'urn:oasis:names:tc:opendocument:xmlns';
export const namespaces = [
  ...'office text table draw presentation style manifest chart'
    .split(' ')
    .map((name) => `xmlns:${name}="${odf}:${name}:1.0"`),
  `xmlns:svg="${odf}:svg-compatible:1.0"`,
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
].join(' ');

const types = { text: 'text', spreadsheet: 'spreadsheet', presentation: 'presentation', drawing: 'graphics' } as const;

interface OdfOptions {
  /** Styles of the content itself, and those of the document with its pages. */
  readonly styles?: string;
  readonly documentStyles?: string;
  readonly parts?: Readonly<Record<string, string>>;
}

export function odfParts(kind: keyof typeof types, body: string, options: OdfOptions = {}): Record<string, string> {
  const { styles = '', documentStyles = '', parts = {} } = options;
  return {
    mimetype: `application/vnd.oasis.opendocument.${types[kind]}`,
    'META-INF/manifest.xml': `<manifest:manifest ${namespaces}/>`,
    'content.xml': `<office:document-content ${namespaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    'styles.xml': `<office:document-styles ${namespaces}>${documentStyles}</office:document-styles>`,
    ...parts,
  };
}

export async function readText(body: string, options: OdfOptions = {}) {
  return await readParts(odfParts('text', body, options));
}

export async function readSheets(body: string, options: OdfOptions = {}) {
  return await readParts(odfParts('spreadsheet', body, options));
}

export async function readSlides(body: string, options: OdfOptions = {}) {
  return await readParts(odfParts('presentation', body, options));
}

export function p(text: string, style = ''): string {
  return `<text:p${style === '' ? '' : ` text:style-name="${style}"`}>${text}</text:p>`;
}

/** A style of text or paragraphs with these properties of its text. */
export function textStyle(name: string, properties: string, family = 'text'): string {
  return `<style:style style:name="${name}" style:family="${family}"><style:text-properties ${properties}/></style:style>`;
}
