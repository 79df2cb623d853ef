import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createDeflate } from 'node:zlib';
import { zipSync } from 'fflate';
import { assemblePdf, onePagePdf, pdfStream } from './pdf/raw-pdf.ts';

/** Documents made to harm whoever opens them. */

/** A PDF of a few kilobytes whose only page unpacks to that many megabytes of blanks. */
export async function flateBombPdf(megabytes: number): Promise<Buffer> {
  const blanks = Array.from({ length: megabytes }).fill(Buffer.alloc(1_000_000, ' '));
  const packed = await buffer(Readable.from(blanks).pipe(createDeflate({ level: 9 })));
  return onePagePdf(pdfStream(packed, '/Filter/FlateDecode'));
}

/** A small PDF in which each of `levels` forms draws the next one ten times: 10^levels words, and as often `strokes`. */
export function nestedFormsPdf(levels: number, strokes = 0): Buffer {
  const first = 5;
  const forms = Array.from({ length: levels }, (_, level) => {
    const isLast = level === levels - 1;
    const words = `${'0 0 m 9 9 l S\n'.repeat(strokes)}BT /F1 9 Tf 20 700 Td (word) Tj ET`;
    const content = isLast ? words : '/Next Do\n'.repeat(10);
    const resources = isLast ? `/Font<</F1 ${first + levels} 0 R>>` : `/XObject<</Next ${first + level + 1} 0 R>>`;
    return pdfStream(content, `/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<${resources}>>`);
  });
  return onePagePdf(pdfStream('/Next Do\n'.repeat(10)), `/XObject<</Next ${first} 0 R>>`, [
    ...forms,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]);
}

/** A PDF that takes minutes, although it is given up after so many forms. */
export function slowPdf(): Buffer {
  return nestedFormsPdf(9, 5_000);
}

/** A PDF whose text comes from a file on the internet, and that opens a web page when opened. */
export function callingPdf(url: string): Buffer {
  return assemblePdf([
    `<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(${url}/opened)>>>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[4 0 R 5 0 R]/Resources<</Font<</F1 6 0 R>>>>>>',
    pdfStream('BT /F1 12 Tf 50 700 Td (Plain words) Tj ET'),
    pdfStream('', `/F<</FS/URL/F(${url}/stream)>>`),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]);
}

const documentNamespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ' +
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';

export function paragraph(text: string): string {
  return `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
}

/** A Word document with the given XML as its body; `prolog` goes before the root element. */
export function wordDocument(body: string, { prolog = '', relationships = '', parts = {} } = {}): Buffer {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>${prolog}<w:document ${documentNamespaces}><w:body>${body}</w:body></w:document>`;
  return packZip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
      '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': xml,
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships}</Relationships>`,
    ...parts,
  });
}

export function packZip(parts: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const bytes = Object.entries(parts).map(([name, content]): [string, Uint8Array] => [name, Buffer.from(content)]);
  return Buffer.from(zipSync(Object.fromEntries(bytes), { level: 6 }));
}

/** A Word document with a linked picture at the given place. */
export function linkedPictureDocument(target: string): Buffer {
  const picture =
    '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">' +
    '<pic:pic><pic:blipFill><a:blip r:link="pic1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
  return wordDocument(paragraph('Before the picture.') + picture + paragraph('After the picture.'), {
    relationships: `<Relationship Id="pic1" TargetMode="External" Target="${target}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>`,
  });
}

/** Makes every entry of a ZIP file claim to unpack to `bytes`. */
export function claimUnpackedSize(zip: Buffer, bytes: number): Buffer {
  const lying = Buffer.from(zip);
  for (const [signature, sizeAt] of [
    ['PK\x03\x04', 22],
    ['PK\x01\x02', 24],
  ] as const) {
    for (let at = lying.indexOf(signature); at !== -1; at = lying.indexOf(signature, at + 4)) {
      lying.writeUInt32LE(bytes, at + sizeAt);
    }
  }
  return lying;
}

/** A compound file with one stream, of the given name and the beginning that is given. */
export function compoundFile(streamName: string, content: Uint8Array = Buffer.alloc(0)): Buffer {
  const [fat, directory, stream] = [512, 1_024, 1_536];
  const file = Buffer.alloc(stream + 4_096 + 512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(3, 26);
  file.writeUInt16LE(0xfffe, 28);
  file.writeUInt16LE(9, 30);
  file.writeUInt16LE(6, 32);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(4_096, 56);
  for (const at of [60, 68]) file.writeUInt32LE(END_OF_CHAIN, at);
  file.fill(0xff, 80, 512);
  file.fill(0xff, fat, directory);
  const inStream = Array.from({ length: 8 }, (_, index) => (index === 7 ? END_OF_CHAIN : 3 + index));
  for (const [sector, next] of [0xfffffffd, END_OF_CHAIN, ...inStream].entries())
    file.writeUInt32LE(next, fat + sector * 4);
  for (const [index, [name, type, child, start, size]] of [
    ['Root Entry', 5, 1, END_OF_CHAIN, 0] as const,
    [streamName, 2, NO_ENTRY, 2, 4_096] as const,
  ].entries()) {
    const entry = file.subarray(directory + index * 128);
    entry.write(name, 'utf16le');
    entry.writeUInt16LE(name.length * 2 + 2, 64);
    entry.writeUInt8(type, 66);
    for (const at of [68, 72]) entry.writeUInt32LE(NO_ENTRY, at);
    entry.writeUInt32LE(child, 76);
    entry.writeUInt32LE(start, 116);
    entry.writeUInt32LE(size, 120);
  }
  Buffer.from(content).copy(file, stream);
  return file;
}

const END_OF_CHAIN = 0xfffffffe;
const NO_ENTRY = 0xffffffff;
