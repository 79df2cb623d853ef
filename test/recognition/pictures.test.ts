import { Workbook } from '@cj-tech-master/excelts';
import { Document, ImageRun, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { describe, expect, it } from 'vitest';
import { placeAt, placeName } from '../../src/shared/places.ts';
import { packZip } from '../documents/hostile-files.ts';
import { odfParts, p } from '../documents/odf/odf-parts.ts';
import { presentationParts, title } from '../documents/pptx/slide-parts.ts';
import { relationship } from '../documents/read-parts.ts';
import { tempFolder } from '../documents/temp-folder.ts';
import { letterLines, pictureOf, png } from '../support/page-pictures.ts';
import { reader, wordsOf } from './reader.ts';

const letter = wordsOf(letterLines.join(' '));
const size = { width: 600, height: 400 };

async function scan(lines: readonly string[] = letterLines): Promise<Buffer> {
  return png(await pictureOf(lines));
}

function imageRun(data: Buffer): ImageRun {
  return new ImageRun({ type: 'png', data, transformation: size });
}

async function word(...children: (Paragraph | Table)[]): Promise<Buffer> {
  return await Packer.toBuffer(new Document({ sections: [{ children }] }));
}

/** A slide's picture of a part, as large as the slide. */
function slidePicture(id: string): string {
  return `<p:pic><p:blipFill><a:blip r:embed="${id}"/></p:blipFill><p:spPr><a:xfrm><a:ext cx="9144000" cy="6858000"/></a:xfrm></p:spPr></p:pic>`;
}

async function slides(...pictures: Buffer[]): Promise<Buffer> {
  const parts = presentationParts(
    pictures.map((_, at) => ({
      shapes: (at === 0 ? title('Scans') : '') + slidePicture('image'),
      relationships: relationship('image', 'image', `../media/image${at}.png`),
    })),
  );
  const media = Object.fromEntries(pictures.map((picture, at) => [`ppt/media/image${at}.png`, picture]));
  return packZip({ ...parts, ...media });
}

function frame(href: string): string {
  return `<draw:frame svg:width="17cm" svg:height="10cm"><draw:image xlink:href="${href}"/></draw:frame>`;
}

describe('large pictures in a document', () => {
  it('have their words where they stand', async () => {
    const file = await word(
      new Paragraph('The signed page:'),
      new Paragraph({ children: [imageRun(await scan())] }),
      new Paragraph('End of the letter.'),
    );
    const { text, said } = await reader().read(tempFolder().put('letter.docx', file));
    expect(text).toMatch(/^The signed page:\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n\nEnd of the letter\.$/);
    expect(wordsOf(text ?? '')).toEqual(expect.arrayContaining([...letter]));
    expect(said).toEqual([
      expect.stringMatching(/^The words in 1 large picture were recognised \(English, confidence 9\d of 100\)\.$/),
    ]);
  });

  it('are all of a document without other words', async () => {
    const file = await word(new Paragraph({ children: [imageRun(await scan())] }));
    const read = await reader().read(tempFolder().put('scan.docx', file));
    expect(read.words).toEqual(['[Picture]', ...letter]);
  });

  it('leave the rows of a table whole', async () => {
    const cells = [
      new Paragraph('Receipt'),
      new Paragraph({ children: [imageRun(await scan())] }),
      new Paragraph('paid'),
    ];
    const row = new TableRow({ children: cells.map((cell) => new TableCell({ children: [cell] })) });
    const { text } = await reader().read(tempFolder().put('table.docx', await word(new Table({ rows: [row] }))));
    expect(text?.split('\n')).toEqual([
      expect.stringMatching(/^Receipt \| \[Picture\] Northwind .+8,420\.50 \| paid$/),
    ]);
  });

  it('are on their slides', async () => {
    const file = await slides(await scan(), await scan(['Second slide, other words']));
    const { text, places } = await reader().read(tempFolder().put('scans.pptx', file));
    expect(text).toMatch(/^## Slide 1: Scans\n\n\[Picture\]\nNorthwind/);
    const at = text?.indexOf('Second slide') ?? -1;
    expect(places).not.toBeNull();
    if (places !== null)
      expect(placeName(placeAt(places, at, 1) ?? { unit: 'page', number: 0, name: null })).toBe('slide 2');
  });

  it('are on their sheets, and leave the rows of the next one their numbers', async () => {
    const workbook = new Workbook();
    const first = workbook.addWorksheet('Scan');
    const image = workbook.addImage({ buffer: await scan(), extension: 'png' });
    first.getCell('A1').value = 'See below';
    first.addImage(image, 'A3:J30');
    workbook.addWorksheet('Sums').getCell('A3').value = 'Total 7';
    const file = Buffer.from(await workbook.xlsx.writeBuffer());
    const { text, places } = await reader().read(tempFolder().put('scan.xlsx', file));
    expect(text).toContain('[Picture]\nNorthwind');
    const at = text?.indexOf('Total 7') ?? -1;
    const lines = text?.slice(0, at).split('\n').length ?? 0;
    expect(places === null ? null : placeAt(places, at, lines)).toEqual({
      unit: 'sheet',
      number: 2,
      name: 'Sums',
      row: 3,
    });
  });

  it('are in texts of OpenDocument', async () => {
    const parts = odfParts('text', p('Before') + p(frame('Pictures/1.svg') + frame('Pictures/1.png')) + p('After'));
    const file = packZip({ ...parts, 'Pictures/1.png': await scan() });
    const { text, said } = await reader().read(tempFolder().put('scan.odt', file));
    expect(text).toMatch(/^Before\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n+After$/);
    expect(said).toEqual([
      '1 large image was not read; if it contains text, that text is missing.',
      expect.stringMatching(/^The words in 1 large picture/),
    ]);
  });

  it('that are one and the same are recognised once', async () => {
    const picture = await scan();
    const file = await word(...[0, 1].map(() => new Paragraph({ children: [imageRun(picture)] })));
    const { text } = await reader().read(tempFolder().put('twice.docx', file));
    expect(text?.match(/\[Picture\]/g)).toHaveLength(2);
    expect(text?.match(/Northwind/g)).toHaveLength(1);
  });

  it('without words are told, and add none', async () => {
    const file = await word(new Paragraph('Our garden:'), new Paragraph({ children: [imageRun(await scan([]))] }));
    const { text, said } = await reader().read(tempFolder().put('garden.docx', file));
    expect(text).toBe('Our garden:\n\n[Picture]');
    expect(said).toEqual(['No words were recognised in 1 large picture.']);
  });

  it('that cannot be decoded are counted, and the others are read', async () => {
    const file = await slides((await scan()).subarray(0, 60), await scan());
    const { words, said } = await reader().read(tempFolder().put('damaged.pptx', file));
    expect(words).toEqual(expect.arrayContaining([...letter]));
    expect(said).toEqual([
      '1 large image was not read; if it contains text, that text is missing.',
      expect.stringMatching(/^The words in 1 large picture were/),
    ]);
  });

  it('are named as not read while recognition is off', async () => {
    const { read } = reader({ languages: async () => null });
    const folder = tempFolder();
    const picture = new Paragraph({ children: [imageRun(await scan())] });
    const mixed = folder.put('mixed.docx', await word(new Paragraph('Words'), picture));
    expect(await read(mixed)).toMatchObject({
      text: 'Words\n\n[Picture]',
      said: ['1 large image was not read; if it contains text, that text is missing.'],
    });
    const all = folder.put('all.docx', await word(new Paragraph({ children: [imageRun(await scan())] })));
    await expect(read(all)).rejects.toThrow('text recognition is off');
  });
});

describe('a book', () => {
  const page = (body: string) => `<html xmlns="http://www.w3.org/1999/xhtml"><body>${body}</body></html>`;
  const epub = (parts: Readonly<Record<string, string | Buffer>>, spine: readonly string[]) =>
    packZip({
      'META-INF/container.xml': '<container><rootfile full-path="OPS/book.opf"/></container>',
      'OPS/book.opf':
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Letters</dc:title></metadata>' +
        `<manifest>${spine.map((path) => `<item id="${path}" href="${path}"/>`).join('')}</manifest>` +
        `<spine>${spine.map((path) => `<itemref idref="${path}"/>`).join('')}</spine></package>`,
      ...Object.fromEntries(Object.entries(parts).map(([path, content]) => [`OPS/${path}`, content])),
    });

  it('whose pages are scans is read, each page in its place', async () => {
    const parts = {
      'one.xhtml': page('<div><img alt="" src="images/1.png"/></div>'),
      'two.xhtml': page('<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="images/2%20b.png"/></svg>'),
      'images/1.png': await scan(),
      'images/2 b.png': await scan(['The second page of the book']),
    };
    const book = await reader().read(tempFolder().put('scans.epub', epub(parts, ['one.xhtml', 'two.xhtml'])));
    expect(book.words).toEqual([
      ...['Title:', 'Letters', '[Picture]', ...letter],
      ...['[Picture]', 'The', 'second', 'page', 'of', 'the', 'book'],
    ]);
    expect(book.places?.names).toEqual(['Picture', 'Picture']);
    expect(book.places?.starts).toEqual([0, book.text?.lastIndexOf('[Picture]')]);
  });

  it('with a picture among its text keeps to that', async () => {
    const parts = { 'one.xhtml': page('<p>Words.</p><img src="1.png"/>'), '1.png': await scan() };
    expect((await reader().read(tempFolder().put('text.epub', epub(parts, ['one.xhtml'])))).words).toEqual([
      ...['Title:', 'Letters', 'Words.'],
    ]);
  });
});
