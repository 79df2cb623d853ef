import { Buffer } from 'node:buffer';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import iconv from 'iconv-lite';
import PDFDocument from 'pdfkit';
import type { ProblemCode } from '../../src/shared/problem.ts';
import { japanesePdf } from '../documents/pdf/raw-pdf.ts';

export interface Corpus {
  /** Paths of the files that can be read. */
  readonly good: string[];
  /** Paths of the files that cannot, with the problem that each must end in. */
  readonly bad: { readonly path: string; readonly code: ProblemCode }[];
}

/**
 * Writes a small company's folder: letters, minutes, contracts, tables, web pages and source code in every format
 * that Docket reads and in encodings that occur, and a few files that nobody can read. Real files, made by the
 * libraries that programs make them with.
 */
export async function writeCorpus(dir: string): Promise<Corpus> {
  const good: string[] = [];
  for (const [path, content] of await goodFiles()) good.push(await put(dir, path, content));
  const bad: { path: string; code: ProblemCode }[] = [];
  for (const [path, code, content] of await badFiles()) bad.push({ path: await put(dir, path, content), code });
  await put(dir, '.DS_Store', Buffer.from('\0\0\0\x01Bud1'));
  return { good, bad };
}

async function goodFiles(): Promise<[path: string, content: Buffer][]> {
  return [
    ['minutes/board-minutes.md', await source('board-minutes.md')],
    ['minutes/compte-rendu.txt', withMark(await source('compte-rendu.txt'))],
    ['minutes/議事録.txt', await encoded('gijiroku.txt', 'shift_jis')],
    ['minutes/протокол.txt', await encoded('dogovor.txt', 'koi8-r')],
    ['letters/complaint.txt', await source('complaint.txt')],
    ['letters/praise.txt', await encoded('praise.txt', 'utf-16le', { addBOM: true })],
    ['letters/Lieferschein Müller.txt', await encoded('lieferschein.txt', 'windows-1252')],
    ['letters/travel-policy.txt', await source('travel-policy.txt')],
    ['purchasing/supplier-contract.pdf', await pdf('supplier-contract.txt')],
    ['purchasing/supplier-contract.docx', await docx('supplier-contract.txt')],
    ['purchasing/采购说明.txt', await encoded('caigou.txt', 'gb18030')],
    ['purchasing/inventory.tsv', await source('inventory.tsv')],
    ['purchasing/README', await source('README-archive')],
    ['reports/quarterly-report.pdf', await pdf('quarterly-report.txt')],
    ['reports/incident-report.md', await source('incident-report.md')],
    ['reports/議事録.pdf', japanesePdf((await source('gijiroku.txt')).toString('utf8'))],
    ['reports/press-release.txt', await source('press-release.txt')],
    ['reports/night-shift.rst', await source('handover.rst')],
    ['staff/job-description.docx', await docx('job-description.txt')],
    ['staff/project-plan.docx', await docx('project-plan.txt')],
    ['staff/interview-notes.txt', await source('interview-notes.txt')],
    ['staff/travel-policy.pdf', await pdf('travel-policy.txt')],
    ['web/newsletter.html', await source('newsletter.html')],
    ['web/faq.html', await source('faq.html')],
    ['web/notices.xml', await source('feed.xml')],
    ['data/sales.csv', await source('sales.csv')],
    ['data/customers.json', await source('customers.json')],
    ['data/events.jsonl', await source('events.jsonl')],
    ['data/server.log', await source('server.log')],
    ['tools/deployment.yaml', await source('deployment.yaml')],
    ['tools/scanner.ini', await source('scanner.ini')],
    ['tools/pricing.ts', await source('pricing.ts.txt')],
    ['tools/forecast.py', await source('forecast.py')],
  ];
}

async function badFiles(): Promise<[path: string, code: ProblemCode, content: Buffer][]> {
  const letter = await docx('job-description.txt');
  return [
    ['letters/empty.txt', 'file_empty', Buffer.alloc(0)],
    ['letters/photo.txt', 'file_no_text', pngImage(64, 64)],
    ['reports/scanned.pdf', 'file_no_text', await scannedPdf(3)],
    ['reports/salaries.pdf', 'file_encrypted', await pdf('quarterly-report.txt', { userPassword: 'secret' })],
    ['staff/half-copied.docx', 'file_damaged', letter.subarray(0, letter.length / 2)],
  ];
}

/**
 * Writes many text files, each with a text of its own, in folders of 1,000. Returns their paths.
 * `bytes` is the size of each; 4,000 by default.
 */
export async function writeManyFiles(dir: string, count: number, { bytes = 4_000 } = {}): Promise<string[]> {
  const sentences = (await source('quarterly-report.txt')).toString('utf8').split(/(?<=\.)\s+/);
  const folders = Array.from({ length: Math.ceil(count / 1_000) }, (_, folder) => join(dir, `part ${folder + 1}`));
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })));
  const paths = Array.from({ length: count }, (_, index) =>
    join(folders[Math.floor(index / 1_000)] ?? dir, `note ${index + 1}.txt`),
  );
  for (let start = 0; start < count; start += 64) {
    const slice = paths.slice(start, start + 64);
    await Promise.all(slice.map((path, index) => writeFile(path, noteText(start + index, sentences, bytes))));
  }
  return paths;
}

function noteText(index: number, sentences: readonly string[], bytes: number): string {
  let text = `Note ${index + 1}.`;
  for (let turn = 0; text.length < bytes; turn += 1) text += ` ${sentences[(index * 7 + turn) % sentences.length]}`;
  return text.slice(0, bytes);
}

/** A text of the fixtures as PDF: a heading starts a page. */
export async function pdf(name: string, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const text = (await source(name)).toString('utf8');
  return await pdfBytes(options, (document) => {
    for (const [index, paragraph] of text.split(/\n{2,}/).entries()) {
      const heading = /^# (.*)/.exec(paragraph)?.[1];
      if (heading !== undefined && index > 0) document.addPage();
      document.fontSize(heading === undefined ? 11 : 18).text(heading ?? paragraph.replaceAll('\n', ' '));
      document.moveDown();
    }
  });
}

/** Pages that are pictures, as scanners make them. */
export async function scannedPdf(pages: number): Promise<Buffer> {
  return await pdfBytes({}, (document) => {
    for (let page = 0; page < pages; page += 1) {
      if (page > 0) document.addPage();
      document.image(pngImage(200, 280), 0, 0, { width: 595 });
    }
  });
}

export async function pdfBytes(
  options: PDFKit.PDFDocumentOptions,
  write: (document: PDFKit.PDFDocument) => void,
): Promise<Buffer> {
  const document = new PDFDocument(options);
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve) => document.once('end', resolve));
  write(document);
  document.end();
  await done;
  return Buffer.concat(chunks);
}

/** A text of the fixtures as a Word document: headings, paragraphs, and lines between bars as a table. */
export async function docx(name: string): Promise<Buffer> {
  const text = (await source(name)).toString('utf8');
  const children = text.split(/\n{2,}/).map((paragraph) => {
    if (paragraph.startsWith('|')) return tableOf(paragraph);
    const heading = /^# (.*)/.exec(paragraph)?.[1];
    return heading === undefined
      ? new Paragraph({ children: [new TextRun(paragraph.replaceAll('\n', ' ').trim())] })
      : new Paragraph({ text: heading, heading: HeadingLevel.HEADING_1 });
  });
  return await Packer.toBuffer(new Document({ sections: [{ children }] }));
}

function tableOf(text: string): Table {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split('|').slice(1, -1));
  return new Table({
    rows: rows.map(
      (cells) =>
        new TableRow({ children: cells.map((cell) => new TableCell({ children: [new Paragraph(cell.trim())] })) }),
    ),
  });
}

/** A grey image with a slope of brightness. */
export function pngImage(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1) pixels.fill((y * 255) / height, y * width, (y + 1) * width);
  return greyPng(width, height, pixels);
}

/** @param pixels a byte each, row by row */
export function greyPng(width: number, height: number, pixels: Buffer): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) pixels.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits a pixel; the colour type 0 after it is grey
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

async function put(dir: string, path: string, content: Buffer): Promise<string> {
  const target = join(dir, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
  return target;
}

/** A text of the fixtures, in UTF-8. */
export async function source(name: string): Promise<Buffer> {
  return await readFile(new URL(`../fixtures/corpus/${name}`, import.meta.url));
}

async function encoded(name: string, encoding: string, options = {}): Promise<Buffer> {
  return iconv.encode((await source(name)).toString('utf8'), encoding, options);
}

function withMark(utf8: Buffer): Buffer {
  return Buffer.concat([Buffer.from('\ufeff'), utf8]);
}
