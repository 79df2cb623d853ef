/** PDFs of one shape each, in any size. */
import { assemblePdf, onePagePdf, pdfStream } from '../test/documents/pdf/raw-pdf.ts';
import { each, type Grown } from './grown.ts';

const helvetica = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
const onePage = (operators: string) => onePagePdf(pdfStream(operators), '/Font<</F1 5 0 R>>', [helvetica]);
const at = (index: number, step: number, size: number) =>
  `1 0 0 1 ${20 + ((index * step) % size)} ${800 - Math.floor((index * step) / size) * 2} Tm`;
export const pdfShapes: Readonly<Record<string, Grown>> = {
  'pdf pages': (count) =>
    assemblePdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      `<</Type/Pages/Kids[${each(count, (page) => `${page + 5} 0 R `)}]/Count ${count}>>`,
      helvetica,
      pdfStream('BT /F1 12 Tf 50 700 Td (Some words) Tj ET'),
      ...Array.from(
        { length: count },
        () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>',
      ),
    ]),
  'pdf words': (count) => onePage(`BT /F1 9 Tf ${each(count, (index) => `${at(index, 40, 520)} (word) Tj `)} ET`),
  'pdf words on one line': (count) =>
    onePage(`BT /F1 1 Tf ${each(count, (index) => `1 0 0 1 ${20 + index * 4} 700 Tm (word) Tj `)} ET`),
  'pdf words from right to left': (count) =>
    onePage(`BT /F1 1 Tf ${each(count, (index) => `1 0 0 1 ${20 + (count - index) * 4} 700 Tm (word) Tj `)} ET`),
  'pdf words in one place': (count) => onePage(`BT /F1 9 Tf ${'1 0 0 1 50 700 Tm (word) Tj '.repeat(count)} ET`),
  'pdf words over each other': (count) =>
    onePage(`BT /F1 9 Tf ${each(count, (index) => `1 0 0 1 ${50 + index / count} 700 Tm (word${index % 7}) Tj `)} ET`),
  'pdf letters': (count) => onePage(`BT /F1 9 Tf 20 800 Td ${'(w) Tj 6 0 Td '.repeat(count)} ET`),
  'pdf lines': (count) => onePage(`BT /F1 9 Tf 20 800 Td ${'(word) Tj 0 -1 Td '.repeat(count)} ET`),
  'pdf rows of a table': (count) =>
    onePage(`BT /F1 9 Tf 20 800 Td ${'(one) Tj 100 0 Td (two) Tj 100 0 Td (six) Tj -200 -12 Td '.repeat(count)} ET`),
  'pdf cells of a row': (count) => onePage(`BT /F1 9 Tf 20 800 Td ${'(one) Tj 100 0 Td '.repeat(count)} ET`),
  'pdf turned words': (count) =>
    onePage(
      `BT /F1 9 Tf ${each(count, (index) => `${Math.cos(index)} ${Math.sin(index)} ${-Math.sin(index)} ${Math.cos(index)} 300 400 Tm (word) Tj `)} ET`,
    ),
  'pdf hyphens': (count) =>
    onePage(`BT /F1 9 Tf 20 800 Td ${'(hy-) Tj 0 -12 Td (phen) Tj 0 -12 Td '.repeat(count)} ET`),
  'pdf states': (count) => onePage(`${'q '.repeat(count)} BT /F1 9 Tf 20 700 Td (x) Tj ET ${'Q '.repeat(count)}`),
  'pdf marked content': (count) =>
    onePage(`${'/P BMC '.repeat(count)} BT /F1 9 Tf 20 700 Td (x) Tj ET ${'EMC '.repeat(count)}`),
  'pdf annotations': (count) =>
    assemblePdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[${each(count, (index) => `${index + 6} 0 R `)}]>>`,
      pdfStream('BT /F1 12 Tf 50 700 Td (Some words) Tj ET'),
      helvetica,
      ...Array.from(
        { length: count },
        (_, index) => `<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Note ${index})>>`,
      ),
    ]),
};
