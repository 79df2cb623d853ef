import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Workbook } from '@cj-tech-master/excelts';
import {
  Document,
  FootnoteReferenceRun,
  Header,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { describe, expect, it } from 'vitest';
import { packZip } from '../documents/hostile-files.ts';
import { odfParts, p } from '../documents/odf/odf-parts.ts';
import { presentation } from '../documents/ppt/ppt-file.ts';
import { presentationParts, title } from '../documents/pptx/slide-parts.ts';
import { placeOf, relationship } from '../documents/read-parts.ts';
import { tempFolder } from '../documents/temp-folder.ts';
import { mail, multipart, part } from '../support/mail-files.ts';
import { id, msg, uncompressedRtf } from '../support/msg-files.ts';
import { askew, bmp, letterLines, pictureOf, png, stacked } from '../support/page-pictures.ts';
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

  it('are in headers and footnotes, too', async () => {
    const header = new Header({ children: [new Paragraph({ children: [imageRun(await scan())] })] });
    const note = new Paragraph({ children: [imageRun(await scan(['Second slide, other words']))] });
    const body = new Paragraph({ children: [new TextRun('Dear all'), new FootnoteReferenceRun(1)] });
    const sections = [{ headers: { default: header }, children: [body] }];
    const file = await Packer.toBuffer(new Document({ footnotes: { 1: { children: [note] } }, sections }));
    const { text } = await reader().read(tempFolder().put('letter.docx', file));
    expect(text).toMatch(
      /^\[Header\] \[Picture\] Northwind .+8,420\.50\n\nDear all\[1\]\n\n\[1\]\s+\[Picture\]\s+Second slide/,
    );
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
    expect(placeOf({ text: text ?? '', places }, 'Second slide')).toBe('slide 2');
  });

  it('of which a part was not recognised say how much', async () => {
    const lines = [...letterLines, ...letterLines, ...letterLines];
    const whole = await pictureOf(lines, [420, 320]);
    const [upper, lower] = [askew(whole, 0), askew(whole, 15)];
    const half = png(stacked([upper, lower]));
    const file = await word(
      new Paragraph('Two pages:'),
      new Paragraph({ children: [imageRun(half)] }),
      new Paragraph({ children: [imageRun(await scan())] }),
    );
    const { said } = await reader().read(tempFolder().put('letter.docx', file));
    expect(said).toEqual([
      expect.stringMatching(/^The words in 2 large pictures were recognised/),
      expect.stringMatching(/^In 1 of 2 large pictures, about [2-7]\d % of what looks like text was not recognised\.$/),
    ]);
  });

  it.each(['heic', 'avif'])('are read from a part that is a %s file', async (format) => {
    const picture = readFileSync(new URL(`./files/line.${format}`, import.meta.url));
    const parts = presentationParts([
      {
        shapes: title('Scans') + slidePicture('image'),
        relationships: relationship('image', 'image', `../media/photo.${format}`),
      },
    ]);
    const file = packZip({ ...parts, [`ppt/media/photo.${format}`]: picture });
    const { text } = await reader().read(tempFolder().put('scans.pptx', file));
    expect(text).toBe('## Slide 1: Scans\n\n[Picture]\nInvoice total 1,234.50 EUR');
  });

  it('are in documents of before 2007, in the line and beside the text', async () => {
    const file = fileURLToPath(new URL('../documents/files/pictures.doc', import.meta.url));
    const { text } = await reader().read(file);
    expect(text).toMatch(
      /^The signed page:\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n\n\[Picture\]\nSecond slide.+\n\nEnd of the letter\.$/,
    );
  });

  it('are on the sheets of workbooks of before 2007', async () => {
    const file = fileURLToPath(new URL('../documents/files/picture.xls', import.meta.url));
    const { text, places } = await reader().read(file);
    expect(text).toMatch(/^## Sheet: Costs\n\nOak \| 40\n\n## Sheet: Receipts\n\n\[Picture\]\nNorthwind/);
    expect(placeOf({ text: text ?? '', places }, 'Northwind')).toBe('sheet “Receipts”');
  });

  it('are in presentations of before 2007', async () => {
    const file = presentation([
      { title: 'Scans', picture: await scan() },
      { picture: await scan(['Second slide, other words']) },
    ]);
    const { text, places } = await reader().read(tempFolder().put('scans.ppt', file));
    expect(text).toMatch(/^## Slide 1: Scans\n\n\[Picture\]\nNorthwind/);
    expect(placeOf({ text: text ?? '', places }, 'Second slide')).toBe('slide 2');
  });

  it('are in rich text, as digits or as bytes, and as bitmaps without a head', async () => {
    const shown = '\\picwgoal9000\\pichgoal6000';
    const other = await scan(['Second slide, other words']);
    const bitmap = bmp(await pictureOf(['Third slide, of a bitmap'])).subarray(14);
    const file = Buffer.concat([
      Buffer.from(
        `{\\rtf1 Signed:\\par{\\*\\shppict{\\pict\\pngblip${shown} ${(await scan()).toString('hex')}}}{\\nonshppict{\\pict 00}}`,
      ),
      Buffer.from(`{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv {\\pict\\pngblip${shown}\\bin${other.length} `),
      other,
      Buffer.from(
        `}}}}}\\par{\\pict\\dibitmap0${shown} ${bitmap.toString('hex')}}\\par{\\pict\\wmetafile8${shown} 00}End}`,
      ),
    ]);
    const { text, said } = await reader().read(tempFolder().put('letter.rtf', file));
    expect(text).toMatch(
      /^Signed:\n\n\[Picture\]\nNorthwind[\s\S]+\n\n\[Picture\]\nSecond slide.+\n\n\[Picture\]\nThird slide.+\n\nEnd$/,
    );
    expect(said).toEqual([
      expect.stringMatching(/^1 large image was not read/),
      expect.stringMatching(/3 large pictures/),
    ]);
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
    expect(placeOf({ text: text ?? '', places }, 'Total 7')).toBe('sheet “Sums”, cell A3');
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

  it('with a large picture among its text has the words of that, too', async () => {
    const body = '<img src="1.png"/><p>Chapter one.</p><img src="2.png" width="90"/><p>End.</p>';
    const parts = { 'one.xhtml': page(body), '1.png': await scan(), '2.png': await scan(['A small one']) };
    const { words, places } = await reader().read(tempFolder().put('text.epub', epub(parts, ['one.xhtml'])));
    expect(words).toEqual(['Title:', 'Letters', '[Picture]', ...letter, 'Chapter', 'one.', 'End.']);
    expect(places?.names).toEqual(['Chapter one.']);
  });
});

describe('pictures in the text of a mail', () => {
  const inline = (contentId: string, bytes: Buffer, type = 'image/png') =>
    part(type, bytes, 'base64', [`Content-ID: <${contentId}>`, 'Content-Disposition: inline']);
  const headers = ['From: ana@example.org', 'Subject: Test'];
  const page = (body: string) => part('text/html; charset=utf-8', `<html><body>${body}</body></html>`);
  const read = async (bytes: Buffer, name = 'mail.eml') => await reader().read(tempFolder().put(name, bytes));
  const recognised = expect.stringMatching(
    /^The words in 1 large picture were recognised \(English, confidence 9\d of 100\)\.$/,
  );

  it('have their words where they stand, and a quotation of them says which mail', async () => {
    const body = page('<p>The signed page:</p><div><img src="cid:letter@1" alt="x"></div><p>Kind regards</p>');
    const { text, places, said } = await read(
      mail(headers, multipart('related', body, inline('letter@1', await scan()))),
    );
    expect(text).toMatch(
      /^From: ana@example\.org\nSubject: Test\n\nThe signed page:\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n\nKind regards$/,
    );
    expect(wordsOf(text ?? '')).toEqual(expect.arrayContaining([...letter]));
    expect(said).toEqual([recognised]);
    expect(placeOf({ text: text ?? '', places }, '8,420.50')).toBe('message “Test”');
  });

  it('are read although the plain text has all other words', async () => {
    const related = multipart('related', page('See the letter. <img src="cid:a">'), inline('a', await scan()));
    const body = multipart('alternative', part('text/plain', 'See the letter.'), related);
    expect((await read(mail(headers, body))).text).toMatch(/See the letter\.\n\[Picture\]\nNorthwind/);
  });

  it.each([
    ['[cid:image001.png@01DA.55]', 'image001.png@01DA.55'],
    ['[image: image.png]', 'other'],
  ])('stand in a plain text that names them: %s', async (named, contentId) => {
    const picture = inline(contentId, await scan(), 'image/png; name=image.png');
    const body = multipart('related', part('text/plain', `See below.\n\n${named}\n\nKind regards`), picture);
    expect((await read(mail(headers, body))).text).toMatch(
      /See below\.\n\n\[Picture\]\nNorthwind [\s\S]+\n\nKind regards$/,
    );
  });

  it('stand between the texts that they were put between', async () => {
    const body = multipart(
      'mixed',
      part('text/plain', 'Before'),
      inline('a', await scan()),
      part('text/plain', 'After'),
    );
    expect((await read(mail(headers, body))).text).toMatch(/Before\n\n\[Picture\]\nNorthwind [\s\S]+\n\nAfter$/);
  });

  it('are read where the text holds their bytes, or shows an attached file', async () => {
    const data = `data:image/png;base64,${(await scan()).toString('base64')}`;
    expect((await read(mail(headers, page(`<p>A</p><img src="${data}">`)))).text).toMatch(
      /A\n\n\[Picture\]\nNorthwind/,
    );
    const file = part('application/octet-stream; name=scan.png', await scan(), 'base64', [
      'Content-Disposition: attachment; filename=scan.png',
      'Content-ID: <shown>',
    ]);
    const { text } = await read(mail(headers, multipart('related', page('<img src="cid:shown">'), file)));
    expect(text).toMatch(/^From: ana@example\.org\nSubject: Test\n\n\[Picture\]\nNorthwind/);
  });

  it('are recognised once, however often they are shown, and not again when the mail is read again', async () => {
    const picture = await scan();
    const body = page('<img src="cid:a"><p>and</p><img src="cid:a"><p>and</p><img src="cid:b">');
    const whole = mail(headers, multipart('related', body, inline('a', picture), inline('b', picture)));
    const path = tempFolder().put('mail.eml', whole);
    const { read: readAgain, kept, begun } = reader();
    const first = await readAgain(path);
    expect(first.text?.match(/\[Picture\]/g)).toHaveLength(3);
    expect(first.text?.match(/Northwind/g)).toHaveLength(1);
    expect((await readAgain(path)).text).toBe(first.text);
    expect([kept.length, begun]).toEqual([1, [path]]);
  });

  it('that are small, in themselves or as they are shown, are logos: nothing is recognised', async () => {
    const large = await scan();
    const { read: readWithout } = reader({ languages: () => Promise.reject(new Error('Recognition was begun.')) });
    const whole = mail(
      headers,
      multipart(
        'related',
        page(
          'Hello <img src="cid:a" width="120"><img src="cid:b" style="height: 2cm"><img src="cid:c"><img src="x.png">',
        ),
        inline('a', large),
        inline('b', await scan(['Another one'])),
        inline('c', png(await pictureOf(['Logo'], [100, 60]))),
      ),
    );
    const path = tempFolder().put('mail.eml', whole);
    expect(await readWithout(path)).toMatchObject({ text: 'From: ana@example.org\nSubject: Test\n\nHello', said: [] });
  });

  it('of a kind that is not read are counted, and so are all while recognition is off', async () => {
    const drawing = part(
      'image/svg+xml',
      `<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(60_000)}</svg>`,
      'base64',
      ['Content-ID: <b>'],
    );
    const body = page('Plan: <img src="cid:a"><img src="cid:b"><img src="cid:c">');
    const whole = mail(headers, multipart('related', body, inline('a', await scan()), drawing));
    const path = tempFolder().put('mail.eml', whole);
    expect((await reader().read(path)).said).toEqual([
      '1 large image was not read; if it contains text, that text is missing.',
      recognised,
    ]);
    expect(await reader({ languages: async () => null }).read(path)).toMatchObject({
      text: 'From: ana@example.org\nSubject: Test\n\nPlan:\n[Picture]',
      said: ['2 large images were not read; if they contain text, that text is missing.'],
    });
  });

  it('are read in a mailbox, each in its mail', async () => {
    const body = multipart('related', page('<p>First</p><img src="cid:a">'), inline('a', await scan()));
    const line = 'From ana@example.org Tue Mar  4 10:15:00 2025\n';
    const second = `${line}Subject: Second\n\nHello.\n`;
    const box = Buffer.concat([Buffer.from(line), mail(['Subject: First'], body), Buffer.from(`\r\n\n${second}`)]);
    const { text, places } = await read(box, 'inbox');
    expect(text).toMatch(/First\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n\nSubject: Second\n\nHello\.$/);
    expect(places?.starts[1]).toBe(text?.indexOf('Subject: Second'));
  });

  it('are read in a message of Outlook, shown or left over', async () => {
    const attached = (contentId: string, bytes: Buffer) => [
      { id: id.attachedName, value: 'image001.png' },
      { id: id.attachedType, value: 'image/png' },
      { id: id.contentId, value: contentId },
      { id: id.attachedBytes, value: bytes },
    ];
    const message = msg(
      [
        { id: id.subject, value: 'Letter' },
        { id: id.body, value: 'See here\r\n\r\nRegards' },
        { id: id.html, value: Buffer.from('<p>See here</p><img src="cid:image001.png@01"><p>Regards</p>') },
      ],
      { attachments: [attached('image001.png@01', await scan()), attached('x@02', await scan(['The second letter']))] },
    );
    const { text, said } = await read(message, 'letter.msg');
    expect(text).toMatch(
      /See here\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n\nRegards\n\n\[Picture\]\nThe second letter$/,
    );
    expect(said).toEqual([expect.stringContaining('The words in 2 large pictures were recognised')]);
  });

  it('are read in a message whose text is rich text alone', async () => {
    const picture = `{\\pict\\pngblip\\picwgoal9000\\pichgoal6000 ${(await scan()).toString('hex')}}`;
    const rich = uncompressedRtf(Buffer.from(`{\\rtf1 See here\\par ${picture}\\par Regards}`));
    const { text, said } = await read(msg([{ id: id.compressedRtf, value: rich }]), 'letter.msg');
    expect(text).toMatch(/^See here\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n\nRegards$/);
    expect(said).toEqual([expect.stringContaining('The words in 1 large picture were recognised')]);
  });

  it('that is attached to another are counted in a note', async () => {
    const inner = mail(headers, multipart('related', page('Hello <img src="cid:a">'), inline('a', await scan())));
    const whole = mail(
      headers,
      multipart('mixed', part('text/plain', 'See below.'), part('message/rfc822', inner, '7bit')),
    );
    const { text, said } = await read(whole);
    expect(text).toContain('Hello\n[Picture]');
    expect(said).toEqual(['“unnamed.eml”: 1 large image was not read; if it contains text, that text is missing.']);
  });

  it('do not hide a fax, whose pages are all read as those of an attached file', async () => {
    const fax = part('image/tiff; name=fax.tif', Buffer.from('II*'), 'base64', ['Content-Disposition: inline']);
    const { text } = await read(mail(headers, multipart('mixed', part('text/plain', 'A fax.'), fax)));
    expect(text).toContain('Attachments: fax.tif');
  });

  it('are found although a text has the signs that mark them', async () => {
    const html = page('<p>One &#17;a.png&#17; &#17; two</p><img src="cid:a">');
    const { text } = await read(mail(headers, multipart('related', html, inline('a', await scan()))));
    expect(text).toMatch(/One a\.png two\n\n\[Picture\]\nNorthwind/);
    expect((await read(mail(headers, part('text/plain', 'One \u0011a.png\u0011 two')))).text).toContain(
      'One a.png two',
    );
  });
});

describe('pictures in a page', () => {
  it('are read where the page holds their bytes', async () => {
    const data = `data:image/png;base64,${encodeURIComponent((await scan()).toString('base64'))}`;
    const page = `<html><p>Our letter</p><img src="${data}"><img src="http://example.org/a.png"><p>End</p></html>`;
    const { text, said } = await reader().read(tempFolder().put('page.html', page));
    expect(text).toMatch(/^Our letter\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50\n\nEnd$/);
    expect(said).toEqual([expect.stringMatching(/^The words in 1 large picture were recognised/)]);
  });

  it('saved as one file are read by their addresses', async () => {
    const saved = multipart(
      'related',
      part(
        'text/html',
        '<p>Our letter</p><img src="pictures/letter.png"><img src="http://example.org/logo.svg">',
        '8bit',
        ['Content-Location: http://example.org/page.html'],
      ),
      part('image/png', await scan(), 'base64', ['Content-Location: http://example.org/pictures/letter.png']),
      part('image/svg+xml', '<svg/>', 'base64', ['Content-Location: http://example.org/logo.svg']),
    );
    const { text, format } = await reader().read(tempFolder().put('page.mht', mail(['From: <Saved by Blink>'], saved)));
    expect(format).toBe('html');
    expect(text).toMatch(/^Our letter\n\n\[Picture\]\nNorthwind [\s\S]+8,420\.50$/);
  });
});
