/** Assembles a PDF from its objects, numbered from 1 in the order given; the first is the catalog. */
export function assemblePdf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    parts.push(part);
    length += part.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\n` +
        `startxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A stream object; `entries` goes into its dictionary. */
export function pdfStream(content: string | Buffer, entries = ''): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(`<</Length ${bytes.length}${entries}>>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** One page with the given content stream and resources. */
export function onePagePdf(content: Buffer, resources = '', more: readonly (string | Buffer)[] = []): Buffer {
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<${resources}>>>>`,
    content,
    ...more,
  ]);
}

/**
 * A Japanese page as office software in Japan writes it: the font is not embedded, and the letters refer to a character
 * map that the reader must know by name.
 */
export function japanesePdf(text: string): Buffer {
  const lines = text.match(/[^\n]{1,40}/gu) ?? [];
  const drawn = lines
    .map((line) => `<${Buffer.from(line, 'utf16le').swap16().toString('hex')}> Tj 0 -20 Td`)
    .join('\n');
  return onePagePdf(pdfStream(`BT /F1 12 Tf 50 780 Td\n${drawn}\nET`), '/Font<</F1 5 0 R>>', [
    '<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/UniJIS-UTF16-H/DescendantFonts[6 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light' +
      '/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>/DW 1000/FontDescriptor 7 0 R>>',
    '<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 6/FontBBox[0 -200 1000 900]' +
      '/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>',
  ]);
}

/** One page drawn by these operators in the font F1, whose codes mean these letters, in UTF-16; all others themselves. */
export function mappedPdf(operators: string, letters: Readonly<Record<string, string>>): Buffer {
  const map = Object.entries(letters)
    .map(([code, text]) => `<${hexOf(code, 'latin1')}> <${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`)
    .join('\n');
  const cmap =
    '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n' +
    `${Object.keys(letters).length} beginbfchar\n${map}\nendbfchar endcmap end`;
  return onePagePdf(pdfStream(Buffer.from(operators, 'latin1')), '/Font<</F1 5 0 R>>', [
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>',
    pdfStream(cmap),
  ]);
}

function hexOf(text: string, encoding: BufferEncoding): string {
  return Buffer.from(text, encoding).toString('hex');
}

/** A PDF of pages with a line of text each; null for a page whose content cannot be unpacked. */
export function pdfOfPages(lines: readonly (string | null)[]): Buffer {
  const kids = lines.map((_, page) => `${4 + page * 2} 0 R`).join(' ');
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${lines.length}/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...lines.flatMap((line, page) => [
      `<</Type/Page/Parent 2 0 R/Contents ${5 + page * 2} 0 R>>`,
      line === null
        ? pdfStream('no flate data at all', '/Filter/FlateDecode')
        : pdfStream(`BT /F1 12 Tf 50 700 Td (${line}) Tj ET`),
    ]),
  ]);
}

/** A text on a page, in Helvetica of 12 points by default, at distances from the left and the bottom. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  readonly isBold?: boolean;
}

/** A PDF of A4 pages on which these texts are drawn, in order. */
export function drawnPages(pages: readonly (readonly PlacedText[])[]): Buffer {
  const kids = pages.map((_, page) => `${5 + page * 2} 0 R`).join(' ');
  const operators = ({ x, y, text, size = 12, isBold = false }: PlacedText) =>
    `/${isBold ? 'F2' : 'F1'} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text.replace(/[()\\]/g, '\\$&')}) Tj`;
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>',
    ...pages.flatMap((texts, page) => [
      `<</Type/Page/Parent 2 0 R/Contents ${6 + page * 2} 0 R>>`,
      pdfStream(Buffer.from(`BT ${texts.map(operators).join('\n')} ET`, 'latin1')),
    ]),
  ]);
}
