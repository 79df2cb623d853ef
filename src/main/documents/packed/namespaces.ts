/** Each standard's namespaces by their usual prefix; OOXML ones in the transitional and in the strict edition. */

const office = 'http://schemas.openxmlformats.org';
const strict = 'http://purl.oclc.org/ooxml';
const microsoft = 'http://schemas.microsoft.com/office';
const odf = 'urn:oasis:names:tc:opendocument:xmlns';

const namespaces: Readonly<Record<string, readonly string[]>> = {
  // Word
  w: [`${office}/wordprocessingml/2006/main`, `${strict}/wordprocessingml/main`],
  w14: [`${microsoft}/word/2010/wordml`],
  w16se: [`${microsoft}/word/2015/wordml/symex`],
  // Excel
  x: [`${office}/spreadsheetml/2006/main`, `${strict}/spreadsheetml/main`],
  xdr: [`${office}/drawingml/2006/spreadsheetDrawing`, `${strict}/drawingml/spreadsheetDrawing`],
  tc: [`${microsoft}/spreadsheetml/2018/threadedcomments`],
  // PowerPoint
  p: [`${office}/presentationml/2006/main`, `${strict}/presentationml/main`],
  p188: [`${microsoft}/powerpoint/2018/8/main`],
  // What they share
  m: [`${office}/officeDocument/2006/math`, `${strict}/officeDocument/math`],
  mc: [`${office}/markup-compatibility/2006`],
  r: [`${office}/officeDocument/2006/relationships`, `${strict}/officeDocument/relationships`],
  a: [`${office}/drawingml/2006/main`, `${strict}/drawingml/main`],
  wp: [`${office}/drawingml/2006/wordprocessingDrawing`, `${strict}/drawingml/wordprocessingDrawing`],
  dgm: [`${office}/drawingml/2006/diagram`, `${strict}/drawingml/diagram`],
  c: [`${office}/drawingml/2006/chart`, `${strict}/drawingml/chart`],
  cdr: [`${office}/drawingml/2006/chartDrawing`, `${strict}/drawingml/chartDrawing`],
  // OpenDocument
  /** LibreOffice writes comments on slides in a namespace of its own. */
  office: [`${odf}:office:1.0`, 'http://openoffice.org/2009/office'],
  text: [`${odf}:text:1.0`],
  table: [`${odf}:table:1.0`],
  draw: [`${odf}:drawing:1.0`],
  presentation: [`${odf}:presentation:1.0`],
  style: [`${odf}:style:1.0`],
  number: [`${odf}:datastyle:1.0`],
  svg: [`${odf}:svg-compatible:1.0`],
  chart: [`${odf}:chart:1.0`],
  manifest: [`${odf}:manifest:1.0`],
  loext: [`urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0`],
  xlink: ['http://www.w3.org/1999/xlink'],
  dc: ['http://purl.org/dc/elements/1.1/'],
  math: ['http://www.w3.org/1998/Math/MathML'],
};

/** The usual prefix of each namespace that documents are read from. */
export const usualPrefixes: ReadonlyMap<string, string> = new Map(
  Object.entries(namespaces).flatMap(([prefix, names]) => names.map((name): [string, string] => [name, prefix])),
);
