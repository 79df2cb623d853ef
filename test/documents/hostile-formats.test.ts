import { CFB, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../src/main/documents/limits.ts';
import { exportedProblem } from '../../src/shared/problem-words.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { attachment, mail, multipart, part } from '../support/mail-files.ts';
import { claimUnpackedSize, compoundFile, nestedFormsPdf, packZip, paragraph, wordDocument } from './hostile-files.ts';
import { odfParts, p } from './odf/odf-parts.ts';
import { assemblePdf, onePagePdf, pdfStream } from './pdf/raw-pdf.ts';
import * as slides from './pptx/slide-parts.ts';
import { tempFolder } from './temp-folder.ts';
import { cell, row, workbookParts } from './xlsx/workbook-parts.ts';

/** Far more than any of them needs, and far less than it would take. */
const MOST_MS = 10_000;

async function read(name: string, bytes: Buffer) {
  const path = tempFolder().put(name, bytes);
  const before = cpuMs();
  const result = await extractDocument(path, defaultExtractLimits);
  expect(cpuMs() - before).toBeLessThan(MOST_MS);
  return result;
}

const each = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');
const table = (rows: string) => `<table:table table:name="A">${rows}</table:table>`;
const odfCell = (text: string) => `<table:table-row><table:table-cell>${p(text)}</table:table-cell></table:table-row>`;
const odfSlide = (text: string) =>
  `<draw:page><draw:frame><draw:text-box>${p(text)}</draw:text-box></draw:frame></draw:page>`;

/** The parts of a packed document of each format, and the one that has this text as XML. */
function packed(text: string): Readonly<Record<string, readonly [parts: Record<string, string>, main: string]>> {
  return {
    xlsx: [workbookParts([{ name: 'A', data: row(1, cell('A1', text)) }]), 'xl/worksheets/sheet1.xml'],
    pptx: [slides.presentationParts([{ shapes: slides.shape(slides.line(text)) }]), 'ppt/slides/slide1.xml'],
    odt: [odfParts('text', p(text)), 'content.xml'],
    ods: [odfParts('spreadsheet', table(odfCell(text))), 'content.xml'],
    odp: [odfParts('presentation', odfSlide(text)), 'content.xml'],
    epub: [book(`<p>${text}</p>`), 'a.xhtml'],
  };
}

function book(chapter: string, spine = '<itemref idref="a"/>', items = ''): Record<string, string> {
  return {
    'META-INF/container.xml': '<container><rootfile full-path="book.opf"/></container>',
    'book.opf': `<package><manifest><item id="a" href="a.xhtml"/>${items}</manifest><spine>${spine}</spine></package>`,
    'a.xhtml': chapter,
  };
}

const formats = Object.keys(packed('x'));

describe.each(formats)('a packed document: %s', (format) => {
  const file = (text: string, prolog = '') => {
    const [parts, main] = packed(text)[format] ?? [{}, ''];
    return packZip({ ...parts, [main]: prolog + (parts[main] ?? '') });
  };

  it('that is a bomb is refused before it is unpacked, and stopped if it lies about its size', async () => {
    const bomb = file(' '.repeat(3_000_000));
    expect(await read(`a.${format}`, bomb)).toMatchObject({
      error: { code: 'file_too_large', params: { what: 'ratio' } },
    });
    expect(await read(`a.${format}`, claimUnpackedSize(bomb, 5_000))).toMatchObject({
      error: { code: 'file_damaged' },
    });
  });

  it('does not grow by entities', async () => {
    const laughs = each(9, (at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);
    const result = await read(`a.${format}`, file('Sum: &l9;', `<!DOCTYPE s [<!ENTITY l0 "lol">${laughs}]>`));
    expect(result.ok && result.value.text).toContain('Sum: &l9;');
    expect(result.ok && result.value.text.length).toBeLessThan(100);
  });

  it('of 200,000 elements in each other ends at once', async () => {
    const deep = '<x>'.repeat(200_000) + '</x>'.repeat(200_000);
    const path = tempFolder().put(`a.${format}`, file(deep));
    const before = cpuMs();
    const result = await extractDocument(path, { ...defaultExtractLimits, maxUnpackRatio: 10_000 });
    expect(cpuMs() - before).toBeLessThan(MOST_MS);
    expect(result.ok ? 'file_empty' : result.error.code).toMatch(/^file_(?:damaged|empty)$/);
  });

  it('with a password says so', async () => {
    const zip = file('x');
    for (const [signature, flagsAt] of [
      ['PK\x03\x04', 6],
      ['PK\x01\x02', 8],
    ] as const) {
      for (let at = zip.indexOf(signature); at !== -1; at = zip.indexOf(signature, at + 4)) {
        zip.writeUInt16LE(1, at + flagsAt);
      }
    }
    expect(await read(`a.${format}`, zip)).toMatchObject({ error: { code: 'file_encrypted' } });
  });
});

describe('a document of Office with a password', () => {
  it.each(['docx', 'xlsx', 'pptx'])('is a compound file and says so: %s', async (format) => {
    expect(await read(`a.${format}`, compoundFile('EncryptedPackage'))).toMatchObject({
      error: { code: 'file_encrypted', params: { format: 'office' } },
    });
  });

  it('of before 2007 says so: xls', async () => {
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Secret']]), 'A');
    const file = CFB.read(write(workbook, { type: 'buffer', bookType: 'biff8' }), { type: 'buffer' });
    const stream = CFB.find(file, 'Workbook');
    if (stream === null) throw new Error('It has no workbook.');
    const bytes = Buffer.from(stream.content);
    const first = 4 + bytes.readUInt16LE(2);
    const filePass = Buffer.concat([Buffer.from('2f000600', 'hex'), Buffer.from('000012345678', 'hex')]);
    CFB.utils.cfb_add(file, 'Workbook', Buffer.concat([bytes.subarray(0, first), filePass, bytes.subarray(first)]));
    const locked = CFB.write(file, { type: 'buffer' });
    expect(await read('a.xls', Buffer.from(locked as Buffer))).toMatchObject({ error: { code: 'file_encrypted' } });
  });
});

describe('a workbook made to do harm', () => {
  it('with a million shared texts is read', async () => {
    const strings = Array.from({ length: 1_000_000 }, (_, at) => `<si><t>${at}</t></si>`);
    const data = row(1, '<c r="A1" t="s"><v>999999</v></c>');
    expect(await read('a.xlsx', packZip(workbookParts([{ name: 'A', data }], { strings })))).toMatchObject({
      value: { text: '## Sheet: A\n\n999999' },
    });
  });

  it('whose cells all refer to one long text is refused', async () => {
    const data = each(60_000, (at) => row(at + 1, `<c r="A${at + 1}" t="s"><v>0</v></c>`));
    const strings = [`<si><t>${'word '.repeat(20_000)}</t></si>`];
    expect(await read('a.xlsx', packZip(workbookParts([{ name: 'A', data }], { strings })))).toMatchObject({
      error: { code: 'file_too_large', params: { what: 'cells' } },
    });
  });

  it('with a cell in the last row and column, or everything repeated to there, is small or refused: ods', async () => {
    const empty = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>';
    const last = `<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell>${p('far')}</table:table-cell></table:table-row>`;
    expect(await read('a.ods', packZip(odfParts('spreadsheet', table(empty + last))))).toMatchObject({
      value: { text: '## Sheet: A\n\nfar' },
    });
    const all = `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384">${p('x')}</table:table-cell></table:table-row>`;
    expect(await read('a.ods', packZip(odfParts('spreadsheet', table(all))))).toMatchObject({
      error: { code: 'file_too_large', params: { what: 'cells' } },
    });
  });

  it('of ten thousand cells merged with all others is read', async () => {
    const after = `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(10_000)}</mergeCells>`;
    expect(
      await read('a.xlsx', packZip(workbookParts([{ name: 'A', data: row(1, cell('A1', 'x')), after }]))),
    ).toMatchObject({ value: { text: '## Sheet: A\n\nx' } });
  });
});

describe('a document that refers to itself', () => {
  it('is read once: a book whose spine repeats a chapter and lists its own package', async () => {
    const spine = '<itemref idref="a"/><itemref idref="b"/>'.repeat(500);
    const result = await read('a.epub', packZip(book('<p>Words</p>', spine, '<item id="b" href="book.opf"/>')));
    expect(result).toMatchObject({ ok: true, value: { text: 'Words' } });
  });

  it('is read once: a footnote that refers to itself', async () => {
    const note = '<w:p><w:r><w:t>Note</w:t><w:footnoteReference w:id="2"/></w:r></w:p>';
    const footnotes = `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">${note}</w:footnote></w:footnotes>`;
    const body = '<w:p><w:r><w:t>Words</w:t><w:footnoteReference w:id="2"/></w:r></w:p>';
    const result = await read(
      'a.docx',
      wordDocument(body + paragraph('End'), { parts: { 'word/footnotes.xml': footnotes } }),
    );
    expect(result.ok && result.value.text).toContain('Words[1]');
    expect(result.ok && result.value.text.match(/Note/g)).toHaveLength(1);
  });

  it('is damaged: a PDF whose pages or forms contain themselves', async () => {
    const pages = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R]/Count 1000000000>>'];
    expect(await read('a.pdf', assemblePdf(pages))).toMatchObject({ error: { code: 'file_damaged' } });
    const form = '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N 5 0 R>>>>';
    const drawn = onePagePdf(pdfStream('/N Do'), '/XObject<</N 5 0 R>>', [pdfStream('/N Do /N Do', form)]);
    expect(await read('a.pdf', drawn)).toMatchObject({ error: { code: 'file_damaged' } });
  });

  it('is damaged: a PDF page that draws forms by the thousand million', async () => {
    expect(await read('a.pdf', nestedFormsPdf(9))).toMatchObject({
      error: { code: 'file_damaged', params: { what: 'pdf_damaged_pages', damaged: [1] } },
    });
  });

  it('is read: a TIFF whose only page is followed by itself', async () => {
    expect(await read('a.tiff', tiff(100, 100, true))).toMatchObject({ ok: true, value: { unread: [1] } });
  });
});

describe('an image that claims to be vast', () => {
  it.each(['png', 'tiff', 'gif', 'bmp'] as const)('is refused before it is decoded: %s', async (format) => {
    const image = { png, tiff, gif, bmp }[format];
    const result = await read(`a.${format}`, image(65_000, 65_000));
    expect(result.ok ? '' : exportedProblem(result.error).message).toContain('65,000 × 65,000 pixels');
  });

  it('is named in the mail that it is attached to', async () => {
    const attached = attachment('vast.png', png(65_000, 65_000), 'image/png');
    expect(await read('a.eml', mail([], multipart('mixed', part('text/plain', 'Words'), attached)))).toMatchObject({
      ok: true,
      value: { notes: [{ code: 'attachments_not_read' }] },
    });
  });
});

describe('a large document that does no harm', () => {
  it('is read: a PDF of 10,000 pages', async () => {
    const path = tempFolder().put('a.pdf', longPdf(10_000));
    const result = await extractDocument(path, defaultExtractLimits);
    expect(result).toMatchObject({ ok: true, value: { places: { starts: { length: 10_000 } } } });
  });
});

function longPdf(pages: number): Buffer {
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${each(pages, (at) => `${at + 5} 0 R `)}]/Count ${pages}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    pdfStream('BT /F1 12 Tf 50 700 Td (Some words) Tj ET'),
    ...Array.from(
      { length: pages },
      () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>',
    ),
  ]);
}

function png(width: number, height: number): Buffer {
  const file = Buffer.alloc(33);
  file.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  file[24] = 8;
  return file;
}

/** Of one page without pixels; `isLoop` if the next one is the same. */
function tiff(width: number, height: number, isLoop = false): Buffer {
  const file = Buffer.alloc(38);
  file.write('II*\0\x08\0\0\0\x02\0', 'latin1');
  for (const [at, [tag, value]] of [[256, width] as const, [257, height] as const].entries()) {
    const entry = file.subarray(10 + at * 12);
    entry.writeUInt16LE(tag, 0);
    entry.writeUInt16LE(4, 2);
    entry.writeUInt32LE(1, 4);
    entry.writeUInt32LE(value, 8);
  }
  file.writeUInt32LE(isLoop ? 8 : 0, 34);
  return file;
}

function gif(width: number, height: number): Buffer {
  const file = Buffer.alloc(13);
  file.write('GIF89a');
  file.writeUInt16LE(width, 6);
  file.writeUInt16LE(height, 8);
  return file;
}

function bmp(width: number, height: number): Buffer {
  const file = Buffer.alloc(54);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}
