/** Small documents of every format that Docket reads, the same bytes in every run: what mutations start from. */
import { readFileSync } from 'node:fs';
import { utils, write } from '@e965/xlsx';
import { unzipSync, zipSync } from 'fflate';
import { field, item, line, run } from '../test/documents/docx/word-parts.ts';
import { nestedFormsPdf, packZip, paragraph, wordDocument } from '../test/documents/hostile-files.ts';
import { odfParts, p, textStyle } from '../test/documents/odf/odf-parts.ts';
import { japanesePdf } from '../test/documents/pdf/raw-pdf.ts';
import * as slides from '../test/documents/pptx/slide-parts.ts';
import { cell, row, workbookParts } from '../test/documents/xlsx/workbook-parts.ts';
import { pdf, pngImage, source } from '../test/support/corpus.ts';
import { attachment, mail, multipart, part } from '../test/support/mail-files.ts';
import { id, msg } from '../test/support/msg-files.ts';

export interface SeedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Packing and writers would note the time of each run. */
const then = new Date('2026-01-01T12:00:00Z');

const texts = [
  'faq.html',
  'newsletter.html',
  'feed.xml',
  'sales.csv',
  'customers.json',
  'events.jsonl',
  'board-minutes.md',
  'caigou.txt',
  'gijiroku.txt',
];
const written = [
  'budget.ods',
  'budget.xlsx',
  'harbour.odp',
  'harbour.pptx',
  'checks.pdf',
  'missing-font.pdf',
  'languages.doc',
  'languages.rtf',
  'rich.doc',
  'structure.doc',
  'twice.pdf',
];
const pictures = ['line.gif', 'line.jpeg', 'line.webp', 'mirrored.jpeg'];

export async function fuzzCorpus(): Promise<readonly SeedFile[]> {
  const letter = await pdf('complaint.txt', { info: { CreationDate: then } });
  const files: Record<string, Buffer> = {
    'letter.pdf': letter,
    'forms.pdf': nestedFormsPdf(2),
    'japanese.pdf': japanesePdf((await source('gijiroku.txt')).toString('utf8')),
    'picture.png': pngImage(60, 40),
    'word.docx': repacked(wordFile()),
    'text.odt': repacked(packZip(odfParts('text', odfBody, { styles: textStyle('T', 'text:display="none"') }))),
    'sheet.xlsx': repacked(workbook()),
    'show.pptx': repacked(show()),
    'book.epub': repacked(book()),
    'old.xls': oldWorkbook(),
    'saved.msg': savedMail(letter),
    'mail.eml': letterWith(letter),
    'box.mbox': Buffer.concat([
      separator,
      letterWith(Buffer.from('x')),
      Buffer.from('\n'),
      separator,
      letterWith(letter),
    ]),
    'folder.zip': repacked(packZip({ 'a.txt': 'Words', 'b/c.html': '<p>Words', 'd.pdf': letter })),
    'text.rtf': Buffer.from(richText),
  };
  for (const name of texts) files[name] = await source(name);
  for (const name of written) files[name] = readFileSync(new URL(`../test/documents/files/${name}`, import.meta.url));
  for (const name of pictures) {
    files[name] = readFileSync(new URL(`../test/recognition/files/${name}`, import.meta.url));
  }
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
}

function repacked(zip: Buffer): Buffer {
  return Buffer.from(zipSync(unzipSync(zip), { mtime: then }));
}

const separator = Buffer.from('From ana@example.org Tue Mar  4 10:15:00 2025\n');
const odfBody =
  `<text:h text:outline-level="1">Title</text:h>${p('First')}<text:list><text:list-item>${p('One')}</text:list-item></text:list>` +
  `<table:table><table:table-row><table:table-cell>${p('a')}</table:table-cell><table:table-cell>${p('b')}</table:table-cell></table:table-row></table:table>` +
  `<text:p>x<text:note text:id="n1"><text:note-body>${p('A note')}</text:note-body></text:note><text:span text:style-name="T">hidden</text:span></text:p>`;
const richText =
  "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset2 Symbol;}}{\\header Page}\\pard Caf\\'e9 \\u8364?\\par" +
  '{\\listtext 1.\\tab}One\\par\\trowd\\cellx1\\cellx2\\intbl a\\cell b\\cell\\row{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}' +
  '{\\footnote \\chftn A note}{\\pict\\pngblip 00ff}{\\f1 a}{\\super 2}{\\v hidden}{\\shp{\\*\\shpinst{\\shptxt Box\\par}}}\\par}';

function wordFile(): Buffer {
  const body =
    paragraph('First') +
    line(run('raised', '<w:vertAlign w:val="superscript"/>') + field('PAGE', run('1'))) +
    item('1', 0, 'One') +
    `<w:tbl><w:tr><w:tc>${paragraph('a')}</w:tc><w:tc>${paragraph('b')}</w:tc></w:tr></w:tbl>` +
    `<w:p><w:del>${run('old')}</w:del><w:ins>${run('new')}</w:ins></w:p>`;
  return wordDocument(body);
}

function workbook(): Buffer {
  const data =
    row(1, `${cell('A1', 'Wood') + cell('B1', 1_234.5, 1)}<c r="C1" t="s"><v>0</v></c>`) +
    row(2, '<c r="A2"><f>1+1</f><v>2</v></c>', ' hidden="1"');
  const sheet = { name: 'Prices', data, after: '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>' };
  const strings = ['<si><r><t>Sha</t></r><r><t>red</t></r></si>'];
  return packZip(workbookParts([sheet], { strings, formats: { 170: 'yyyy-mm-dd' }, styles: [0, 170] }));
}

function show(): Buffer {
  const shapes = slides.title('Title') + slides.shape(slides.bulleted('One') + slides.bulleted('Two', 1));
  return packZip(
    slides.presentationParts([{ shapes, notes: slides.shape(slides.line('Notes'), 'type="body"') }, { shapes }]),
  );
}

function book(): Buffer {
  return packZip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
    'book.opf':
      '<package><metadata><title>The Book</title></metadata><manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/>' +
      '<item id="n" href="n.xhtml" properties="nav"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
    'a.xhtml': '<html><body><h1>One</h1><p>First <b>bold</b></p></body></html>',
    'b.xhtml': '<html><body><ol><li>x</li></ol><table><tr><td>a</td><td>b</td></tr></table></body></html>',
    'n.xhtml': '<nav epub:type="toc"><ol><li><a href="a.xhtml">One</a></li></ol></nav>',
  });
}

function oldWorkbook(): Buffer {
  const old = utils.book_new();
  utils.book_append_sheet(
    old,
    utils.aoa_to_sheet([
      ['Wood', 12.5],
      ['Oak', true],
    ]),
    'Prices',
  );
  return write(old, { type: 'buffer', bookType: 'biff8' });
}

function savedMail(attached: Buffer): Buffer {
  return msg(
    [
      { id: id.subject, value: 'Budget' },
      { id: id.body, value: 'Some words' },
      { id: id.submitted, value: then },
    ],
    {
      attachments: [
        [
          { id: id.attachedName, value: 'a.pdf' },
          { id: id.attachedBytes, value: attached },
        ],
      ],
    },
  );
}

function letterWith(attached: Buffer): Buffer {
  const alternatives = multipart(
    'alternative',
    part('text/plain; charset=utf-8; format=flowed', 'Grüße \nan alle', 'quoted-printable'),
    part('text/html', '<p>Grüße an <b>alle</b></p>', 'base64'),
  );
  const headers = ['From: Ana <ana@example.org>', 'To: Ola <ola@example.org>', 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?='];
  return mail(headers, multipart('mixed', alternatives, attachment('a.pdf', attached)));
}
