import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { assemblePdf, pdfStream } from './raw-pdf.ts';

const FIRST_PAGE = 5;

/** A page for each text, on an image of the given size in page units (the page is 600 by 800). */
function scannedPdf(texts: readonly string[], image = '600 0 0 800 0 0', inline = false): Buffer {
  const kids = texts.map((_, page) => `${FIRST_PAGE + page * 2} 0 R`).join(' ');
  const drawn = inline ? 'BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI' : '/Scan Do';
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${texts.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    pdfStream(
      Buffer.from([0x80]),
      '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8',
    ),
    ...texts.flatMap((text, page) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents ${FIRST_PAGE + 1 + page * 2} 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</Scan 4 0 R>>>>>>`,
      pdfStream(
        Buffer.from(
          `q ${image} cm ${drawn} Q BT /F1 12 Tf 14 TL 50 700 Td ${text
            .split('\n')
            .map((line) => `(${line}) Tj T*`)
            .join(' ')} ET`,
          'latin1',
        ),
      ),
    ]),
  ]);
}

async function read(bytes: Buffer) {
  const result = await readPdf(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const letter = 'The tenant pays a rent of 1,200 EUR, due each month in advance.\n'.repeat(3);
/** Left to text recognition, whatever stands on them. */
const onlyImages = (pages: number) => ({
  text: '',
  unread: Array.from({ length: pages }, (_, page) => page + 1),
});

describe('a scan with a little text on each page', () => {
  it.each([
    ['page numbers', ['1', '2', '3', '4']],
    ['a stamp', ['RECEIVED 12 March 2024\nLaw office M\xfcller', 'RECEIVED 12 March 2024\nLaw office M\xfcller']],
    [
      'a long line of a scanner, with another date on each page',
      [1, 2, 3].map((day) => `Scanned by the free edition of ScanStation for small offices, 2024-03-0${day}`),
    ],
    ['the name of the scanner on its only page', ['Scanned with CamScanner']],
    ['page numbers on some of its pages', ['1', '', '3', '4', '5']],
  ])('was not read: %s', async (_, texts) => {
    expect(await read(scannedPdf(texts))).toMatchObject(onlyImages(texts.length));
  });

  it('was not read if its images are inline or in strips either', async () => {
    expect(await read(scannedPdf(['1', '2'], '600 0 0 800 0 0', true))).toMatchObject(onlyImages(2));
    expect(await read(scannedPdf(['1'], '0 800 600 0 0 0'))).toMatchObject(onlyImages(1));
  });

  it('is named beside pages that were read', async () => {
    expect(await read(scannedPdf([letter, 'Page 2', letter, 'Page 4', letter]))).toMatchObject({
      notes: [{ code: 'pages_as_images', params: { pages: [2, 4], of: 5 } }],
      unread: [2, 4],
    });
  });
});

describe('a page that was read', () => {
  it('may be a scan with its recognised text', async () => {
    expect(await read(scannedPdf([letter, letter]))).toMatchObject({ notes: [] });
  });

  it('may have a short text beside a small image', async () => {
    expect(await read(scannedPdf(['Thank you', 'Questions?'], '200 0 0 200 0 0'))).toMatchObject({ notes: [] });
  });

  it('may be one of the slides of a talk, on a picture each', async () => {
    const slides = [
      'Results of the third quarter, by region and by kind of product',
      'What we will do about the losses in the north, and when',
      'Thanks',
    ];
    expect(await read(scannedPdf(slides))).toMatchObject({
      notes: [{ code: 'pages_as_images', params: { pages: [1, 2, 3], of: 3 } }],
    });
  });
});
