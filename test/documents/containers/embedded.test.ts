/** Files embedded in documents of office programs are members of them. */
import { deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openCompound } from '../../../src/main/documents/compound/compound-file.ts';
import { classStream, compoundOf, objectData, packaged, packagedStream } from '../compound-of.ts';
import { claimUnpackedSize, packZip, paragraph, wordDocument } from '../hostile-files.ts';
import { odfParts, p } from '../odf/odf-parts.ts';
import { onePagePdf, pdfStream } from '../pdf/raw-pdf.ts';
import { presentation, record } from '../ppt/ppt-file.ts';
import { packageParts, readBytes, relationship, relationshipsOf } from '../read-parts.ts';
import { listed } from './read-container.ts';

const oak = wordDocument(paragraph('Oak costs 40.'));
const ash = wordDocument(paragraph('Ash costs 30.'));

const holding = (parts: Readonly<Record<string, string | Uint8Array>>) =>
  wordDocument(paragraph('See the files.'), { parts });

async function filesIn(bytes: Buffer, name = 'report.docx') {
  const found = await listed(bytes, name);
  return typeof found === 'string' ? found : found.files;
}

const object = (streams: Parameters<typeof compoundOf>[0]) =>
  filesIn(holding({ 'word/embeddings/oleObject1.bin': compoundOf(streams) }));

describe('documents embedded in one of Office', () => {
  it('are members of it, in natural order, each read like a file of its own', async () => {
    const report = holding({
      'word/embeddings/Microsoft_Word_Document10.docx': ash,
      'word/embeddings/Microsoft_Word_Document2.docx': oak,
    });
    expect(await filesIn(report)).toEqual([
      ['Microsoft_Word_Document2.docx', 'Oak costs 40.'],
      ['Microsoft_Word_Document10.docx', 'Ash costs 30.'],
    ]);
  });

  it('are not the workbooks that charts are drawn from', async () => {
    const chart = {
      'word/charts/chart1.xml': '<c:chartSpace/>',
      'word/charts/_rels/chart1.xml.rels': relationshipsOf(
        relationship('rId1', 'package', '../embeddings/Microsoft_Excel_Sheet1.xlsx'),
      ),
      'word/embeddings/Microsoft_Excel_Sheet1.xlsx': ash,
    };
    expect(await filesIn(holding(chart))).toBe('no container');
    expect(await filesIn(holding({ ...chart, 'word/embeddings/a.docx': oak }))).toEqual([['a.docx', 'Oak costs 40.']]);
  });

  it('are there once, however many slides show them', async () => {
    const deck = packZip({
      ...packageParts('ppt/presentation.xml', 'application/vnd.ms-powerpoint.presentation.main+xml'),
      'ppt/presentation.xml': '<p:presentation/>',
      'ppt/embeddings/oak1.docx': oak,
      'ppt/embeddings/oak2.docx': oak,
    });
    expect(await filesIn(deck, 'deck.pptx')).toEqual([['oak1.docx', 'Oak costs 40.']]);
  });

  it('are none in most documents, and in files that are none', async () => {
    expect(await filesIn(oak)).toBe('no container');
    expect(await filesIn(packZip({ 'a.txt': 'Text' }))).toBe('no container');
    expect(await filesIn(Buffer.from('Text'))).toBe('no container');
  });
});

describe('an object in a document', () => {
  it('is the file that was packed in it, by its own name', async () => {
    const stream = packagedStream('C:\\Users\\kim\\Oak offer.docx', oak);
    expect(await object({ '\u0001Ole10Native': stream })).toEqual([['Oak offer.docx', 'Oak costs 40.']]);
    const wide = packagedStream('C:\\????.docx', oak, { unicode: '見積書.docx' });
    expect(await object({ '\u0001Ole10Native': wide })).toEqual([['見積書.docx', 'Oak costs 40.']]);
  });

  it('is the document that another program keeps whole in it', async () => {
    const pdf = onePagePdf(pdfStream('BT /F1 12 Tf 50 700 Td (Pine costs 20.) Tj ET'), '', []);
    expect(await object({ '\u0001CompObj': classStream('Acrobat.Document'), CONTENTS: pdf })).toEqual([
      ['Acrobat Document.pdf', 'Pine costs 20.'],
    ]);
    expect(await object({ '\u0001CompObj': classStream('Microsoft Word Document'), Package: oak })).toEqual([
      ['Microsoft Word Document.docx', 'Oak costs 40.'],
    ]);
    const parts = Object.entries(odfParts('text', p('Elm costs 10.')));
    const text = Buffer.from(
      zipSync(Object.fromEntries(parts.map(([name, xml]) => [name, strToU8(xml)])), { level: 0 }),
    );
    expect(await object({ EmbeddedOdf: text })).toEqual([['Object.odt', 'Elm costs 10.']]);
  });

  it('is itself the document where its streams are those of one', async () => {
    const files = await object({ '\u0001CompObj': classStream('Visio Drawing'), VisioDocument: 'x'.repeat(5_000) });
    expect(files).toEqual([['Visio Drawing.vsd', expect.stringMatching(/old Microsoft Office file/)]]);
  });

  it('says in its row that only its program can read it', async () => {
    const told = expect.stringMatching(/^This is an object of another program/);
    const plan = { '\u0001CompObj': classStream('Project 2.0 Plan'), Props: 'x' };
    expect(await object(plan)).toEqual([['Project 2 0 Plan', told]]);
    const chart = { '\u0001CompObj': classStream('Microsoft Graph 2000 Chart'), Workbook: 'x' };
    expect(await object(chart)).toEqual([['Microsoft Graph 2000 Chart', told]]);
    const sequence = { '\u0001CompObj': classStream('MIDI'), '\u0001Ole10Native': 'lengthMPlayer canyon.mid' };
    expect(await object(sequence)).toEqual([['MIDI', told]]);
  });

  it('is no file if it is an equation, a control, or a link', async () => {
    expect(await object({ 'Equation Native': 'x' })).toBe('no container');
    const older = { '\u0001CompObj': classStream('Microsoft Equation 3.0'), '\u0001Ole10Native': 'x'.repeat(40) };
    expect(await object(older)).toBe('no container');
    expect(await object({ '\u0003OCXNAME': 'x', contents: 'x' })).toBe('no container');
    expect(await object({ '\u0001Ole': 'x', '\u0003LinkInfo': 'x' })).toBe('no container');
    const link = packagedStream('C:\\oak.docx', '', { isLink: true });
    expect(await object({ '\u0001Ole10Native': link })).toBe('no container');
  });

  it('says that it is damaged, or too large, in its own row', async () => {
    const damaged = compoundOf({ Package: oak }).subarray(0, 600);
    expect(await filesIn(holding({ 'word/embeddings/oleObject1.bin': damaged }))).toEqual([
      ['oleObject1.bin', expect.stringMatching(/damaged/)],
    ]);
    const bomb = holding({ 'word/embeddings/oleObject1.bin': Buffer.alloc(4_000_000) });
    expect(await filesIn(bomb)).toEqual([['oleObject1.bin', expect.stringMatching(/unpack/)]]);
    const vast = claimUnpackedSize(holding({ 'word/embeddings/a.docx': oak }), 60_000_000);
    expect(await filesIn(vast)).toEqual([['a.docx', expect.stringMatching(/60 MB/)]]);
  });
});

describe('documents embedded in an OpenDocument file', () => {
  it('are members of it, but charts and formulas are not', async () => {
    const parts = odfParts('text', p('See the sheet.'), {
      parts: {
        'Object 1/content.xml': odfParts('text', p('Elm costs 10.'))['content.xml'] ?? '',
        'Object 1/styles.xml': odfParts('text', '')['styles.xml'] ?? '',
        'Object 2/content.xml': '<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"/>',
      },
    });
    const own = packZip({ ...parts, 'Object 3': compoundOf({ Package: oak }), 'layout-cache': 'x' });
    expect(await filesIn(own, 'report.odt')).toEqual([
      ['Object 1.odt', 'Elm costs 10.'],
      ['Object.docx', 'Oak costs 40.'],
    ]);
  });
});

describe('documents embedded in one of before 2007', () => {
  it('are members of a document of Word, and of a workbook', async () => {
    const doc = compoundOf({
      WordDocument: 'x',
      ObjectPool: {
        _1: { '\u0001CompObj': classStream('Microsoft Word Document'), Package: oak },
        _2: { '\u0001Ole10Native': packagedStream('C:\\ash.docx', ash) },
        _3: { 'Equation Native': 'x' },
      },
    });
    expect(await filesIn(doc, 'report.doc')).toEqual([
      ['Microsoft Word Document.docx', 'Oak costs 40.'],
      ['ash.docx', 'Ash costs 30.'],
    ]);
    const xls = compoundOf({ Workbook: 'x', MBD0012AB: { Package: oak } });
    expect(await filesIn(xls, 'report.xls')).toEqual([['Object.docx', 'Oak costs 40.']]);
  });

  it('are given a file of their own where their streams lie in a folder of the document', async () => {
    const streams = { ...streamsOf(presentation([{ title: 'Timber' }])), Data: { Small: 'y' } };
    const doc = compoundOf({ WordDocument: 'x', ObjectPool: { _1: streams } });
    expect(await filesIn(doc, 'report.doc')).toEqual([['Object.ppt', '## Slide 1: Timber']]);
  });

  it('are none where they are made of the same bytes again and again', async () => {
    const big = { CONTENTS: Buffer.alloc(1_000_000, 1) };
    const objects = Array.from({ length: 40 }, (_, at) => [`_${at}`, at === 0 ? big : { CONTENTS: `${at}` }] as const);
    const doc = compoundOf({ WordDocument: 'x', ObjectPool: Object.fromEntries(objects) });
    expect(await filesIn(doc, 'report.doc')).toHaveLength(40);
    const named = Buffer.from('CONTENTS', 'utf16le');
    const first = doc.indexOf(named) + 116;
    for (let at = doc.indexOf(named); at >= 0; at = doc.indexOf(named, at + 1))
      doc.copy(doc, at + 116, first, first + 8);
    expect(await filesIn(doc, 'report.doc')).toBe('no container');
    await expect(readBytes(doc, 'report.doc')).rejects.toThrow(/damaged/);
  });

  it('are members of a presentation, packed or not', async () => {
    expect(await filesIn(presentationWith(oak, true), 'deck.ppt')).toEqual([['Object.docx', 'Oak costs 40.']]);
    expect(await filesIn(presentationWith(oak, false), 'deck.ppt')).toEqual([['Object.docx', 'Oak costs 40.']]);
  });

  it('say in a row of their own that they are damaged', async () => {
    const damaged = expect.stringMatching(/damaged/);
    expect(await filesIn(presentationWith(oak, true, true), 'deck.ppt')).toEqual([['Object', damaged]]);
    const compound = objectData('Word.Document.12', compoundOf({ Package: oak }).subarray(0, 600));
    const rtf = `{\\rtf1 See {\\object\\objemb{\\*\\objclass Word.Document.12}{\\*\\objdata ${compound}}}}`;
    expect(await filesIn(Buffer.from(rtf), 'report.rtf')).toEqual([['Object', damaged]]);
  });

  it('are members of rich text', async () => {
    const compound = objectData('Word.Document.12', compoundOf({ Package: oak }));
    const file = objectData('Package', packaged('C:\\ash.docx', ash));
    const rtf = `{\\rtf1 See {\\object\\objemb{\\*\\objclass Word.Document.12}{\\*\\objdata ${compound}}}{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata\r\n${file}}}}`;
    expect(await filesIn(Buffer.from(rtf), 'report.rtf')).toEqual([
      ['Object.docx', 'Oak costs 40.'],
      ['ash.docx', 'Ash costs 30.'],
    ]);
  });

  it('are members of rich text whether their bytes are written in digits, as they are, or some of each', async () => {
    const data = Buffer.from(objectData('Package', packaged('C:\\ash.docx', ash)), 'hex');
    const object = (...content: readonly (string | Buffer)[]) =>
      Buffer.concat([
        Buffer.from('{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata '),
        ...content.map((piece) =>
          Buffer.isBuffer(piece) ? Buffer.concat([Buffer.from(`\\bin${piece.length} `), piece]) : Buffer.from(piece),
        ),
        Buffer.from('}{\\result an icon}}'),
      ]);
    const parts = [
      [data],
      [data.toString('hex', 0, 40), data.subarray(40)],
      [data.toString('hex', 0, 40), data.subarray(40, 90), `${data.toString('hex', 90)}\r\n`],
    ];
    for (const content of parts) {
      const rtf = Buffer.concat([Buffer.from('{\\rtf1 See '), object(...content), Buffer.from('}')]);
      expect(await filesIn(rtf, 'report.rtf')).toEqual([['ash.docx', 'Ash costs 30.']]);
    }
  });

  it('say in a row of their own that nothing of them is in rich text', async () => {
    const rtf = '{\\rtf1 See {\\object\\objemb{\\*\\objclass Word.Document.12}{\\*\\objdata }}}';
    expect(await filesIn(Buffer.from(rtf), 'report.rtf')).toEqual([['Object', expect.stringMatching(/damaged/)]]);
  });
});

/** The streams of a compound file without folders. */
function streamsOf(bytes: Buffer) {
  const file = openCompound(bytes);
  if (file === null) throw new Error('It is no compound file.');
  return Object.fromEntries(file.root.children.map((entry) => [entry.name, file.read(entry)]));
}

/** As PowerPoint 97 keeps an object: a part of its own, which the document names by number. */
function presentationWith(file: Buffer, isPacked: boolean, isCut = false): Buffer {
  const numbers = (...values: readonly number[]) => Buffer.from(new Uint32Array(values).buffer);
  const storage = compoundOf({ Package: file });
  const packed = Buffer.concat([numbers(storage.length), deflateSync(storage).subarray(0, isCut ? 50 : undefined)]);
  const atom = record(0x0fc3, numbers(1, 0, 1, 0, 2, 0));
  const list = record(0x0409, record(0x0fcc, atom, { holds: true }), { holds: true });
  const document = record(0x03e8, list, { holds: true });
  const object = record(0x1011, isPacked ? packed : storage, { instance: isPacked ? 1 : 0 });
  const directory = record(0x1772, numbers(((2 << 20) | 1) >>> 0, 0, document.length));
  const edit = record(0x0ff5, numbers(0, 0, 0, document.length + object.length, 1, 0, 0));
  const at = document.length + object.length + directory.length;
  return compoundOf({
    'PowerPoint Document': Buffer.concat([document, object, directory, edit]),
    'Current User': record(0x0ff6, numbers(20, 0xe391c05f, at)),
  });
}
