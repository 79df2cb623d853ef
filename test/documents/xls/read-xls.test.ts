import { utils, type WorkBook, write } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCompound } from '../../../src/main/documents/compound/compound-file.ts';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { createExtractor } from '../../../src/main/documents/extractor.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { compoundOf } from '../compound-of.ts';
import { compoundFile } from '../hostile-files.ts';
import { languages } from '../languages.ts';
import { record } from '../ppt/ppt-file.ts';
import { tempFolder } from '../temp-folder.ts';

function xls(workbook: WorkBook): Buffer {
  return write(workbook, { type: 'buffer', bookType: 'biff8' });
}

async function read(bytes: Buffer) {
  const result = await extractDocument(tempFolder().put('old.xls', bytes), defaultExtractLimits);
  if (!result.ok) throw new Error(problemSentence(result.error));
  const { text, format, places, notes } = result.value;
  return { text, format, places, notes: notes.map(noteWords) };
}

describe('a workbook of Excel 5 or 95', () => {
  it.each([
    ['cp1251', 1_251, 'Договор поставки'],
    ['cp1253', 1_253, 'Λογαριασμός'],
    ['macintosh', 0x8000, 'Café Müller'],
    ['shift_jis', 932, '見積書'],
    ['windows-1252', 1_200, 'Prüfung'],
  ])('has its letters from its code page: %s', async (encoding, page, words) => {
    // The library writes ASCII alone.
    const [letters, name] = [words, words.slice(0, 3)].map((text) => iconv.encode(text, encoding));
    const workbook = utils.book_new();
    const inAscii = (text: Buffer | undefined, letter: string) => letter.repeat(text?.length ?? 0);
    const sheet = utils.aoa_to_sheet([
      [inAscii(letters, 'Q'), 12.5],
      ['Total', 40],
    ]);
    utils.book_append_sheet(workbook, sheet, inAscii(name, 'Z'));
    const bytes: Buffer = write(workbook, { type: 'buffer', bookType: 'biff5' });
    letters?.copy(bytes, bytes.indexOf(inAscii(letters, 'Q')));
    name?.copy(bytes, bytes.indexOf(inAscii(name, 'Z')));
    bytes.writeUInt16LE(page, bytes.indexOf(Buffer.from([0x42, 0, 2, 0])) + 4);
    const { text, format } = await read(bytes);
    expect(text).toBe(`## Sheet: ${words.slice(0, 3)}\n\n${words} | 12.5\nTotal | 40`);
    expect(format).toBe('xls');
  });
});

/** Records of a workbook: its pictures, and the shapes on a sheet. */
const [GROUP, SHAPES, OTHER] = [0xeb, 0xec, 0x863];

/** Pictures as Office keeps them. */
const png = (bytes: Buffer) => record(0xf01e, Buffer.concat([Buffer.alloc(17), bytes]));
const metafile = (kind: number, width: number, height: number) => {
  const head = Buffer.alloc(16 + 34);
  head.writeInt32LE(width, 16 + 20);
  head.writeInt32LE(height, 16 + 24);
  return record(kind, Buffer.concat([head, Buffer.from('lines and words')]));
};

/** A record of a workbook. */
const biff = (type: number, body: Buffer) =>
  Buffer.concat([Buffer.from(new Uint16Array([type, body.length]).buffer), body]);

/** The same workbook with a picture on its last sheet. */
function withPicture(workbook: Buffer, blip: Buffer): Buffer {
  const file = openCompound(workbook);
  const stream = file?.root.children.find(({ name }) => name === 'Workbook');
  if (file === null || stream === undefined) throw new Error('It is no workbook.');
  const numbers = (...values: readonly number[]) => Buffer.from(new Uint32Array(values).buffer);
  const holds = { holds: true };
  const group = record(0xf000, record(0xf001, record(0xf007, Buffer.concat([Buffer.alloc(36), blip])), holds), holds);
  const property = Buffer.concat([Buffer.from([0x04, 0x41]), numbers(1)]);
  const shape = Buffer.concat([record(0xf00a, numbers(1, 0)), record(0xf00b, property, { instance: 1 })]);
  const drawing = record(0xf002, record(0xf004, shape, holds), holds);
  const bytes = Buffer.from(file.read(stream));
  // The library writes empty ones, which give way to these.
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt16LE(at + 2)) {
    if ([GROUP, SHAPES].includes(bytes.readUInt16LE(at))) bytes.writeUInt16LE(OTHER, at);
  }
  return compoundOf({ Workbook: Buffer.concat([bytes, biff(GROUP, group), biff(SHAPES, drawing)]) });
}

const [BEGIN, END, OBJECT, BOX_TEXT, CONTINUED, CHART_TEXT, HEADER] = [0x809, 0x0a, 0x5d, 0x1b6, 0x3c, 0x100d, 0x14];
const chart = (...words: readonly string[]) =>
  Buffer.concat([
    biff(BEGIN, Buffer.from(new Uint16Array([0x600, 0x20, 0, 0, 0, 0, 0, 0]).buffer)),
    biff(HEADER, Buffer.from('\x09\0\0Not shown')),
    ...words.map((word) => biff(CHART_TEXT, Buffer.from(`\0\0${String.fromCharCode(word.length)}\0${word}`))),
    biff(END, Buffer.alloc(0)),
  ]);
/** What an object is, and its text, in pieces. */
const object = (type: number, ...pieces: readonly (string | Buffer)[]) => {
  const characters = pieces.reduce((sum, piece) => sum + (Buffer.isBuffer(piece) ? piece.length / 2 : piece.length), 0);
  const text = Buffer.alloc(18);
  text.writeUInt16LE(characters, 10);
  return Buffer.concat([
    biff(OBJECT, Buffer.from(new Uint16Array([0x15, 0x12, type]).buffer)),
    ...(characters === 0 ? [] : [biff(BOX_TEXT, text)]),
    ...pieces.map((piece) =>
      biff(CONTINUED, Buffer.concat([Buffer.of(Buffer.isBuffer(piece) ? 1 : 0), Buffer.from(piece)])),
    ),
    biff(CONTINUED, Buffer.from('formats')),
  ]);
};

/** The same workbook with these records on its last sheet. */
function withRecords(workbook: Buffer, ...records: readonly Buffer[]): Buffer {
  const file = openCompound(workbook);
  const stream = file?.root.children.find(({ name }) => name === 'Workbook');
  if (file === null || stream === undefined) throw new Error('It is no workbook.');
  const bytes = file.read(stream);
  const end = bytes.lastIndexOf(biff(END, Buffer.alloc(0)));
  return compoundOf({ Workbook: Buffer.concat([bytes.subarray(0, end), ...records, bytes.subarray(end)]) });
}

describe('what lies beside the cells of a workbook of before 2007', () => {
  const workbook = () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Oak', 40]]), 'Wood');
    return xls(book);
  };

  it('follows its rows: what pages print, text boxes and the words of charts', async () => {
    const { text, notes } = await read(
      withRecords(
        workbook(),
        biff(HEADER, Buffer.from('\x10\0\0&LBoard room&R&D')),
        object(0x06, 'Read me\rfirst ', Buffer.from('Größe Ω', 'utf16le')),
        object(0x19, 'A comment'),
        object(0x14),
        chart('Sales', 'North', 'Sales'),
      ),
    );
    expect(text).toBe(
      '## Sheet: Wood\n\nOak | 40\n\n[Header] Board room\n\n[Text box] Read me\nfirst Größe Ω\n\n[Chart] Sales; North',
    );
    expect(notes).toEqual([]);
  });

  it('is noted if it is a form control', async () => {
    expect((await read(withRecords(workbook(), object(0x07, 'Buy')))).notes).toEqual(['Form controls were not read.']);
  });
});

describe('a workbook of before 2007', () => {
  it('says that it has a large picture of a kind that is not read', async () => {
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Oak', 40]]), 'Wood');
    const { text, notes } = await read(withPicture(xls(workbook), png(Buffer.alloc(60_000, 1))));
    expect(text).toBe('## Sheet: Wood\n\nOak | 40');
    expect(notes).toEqual(['1 large image was not read; if it contains text, that text is missing.']);
  });

  it.each([
    ['EMF', 0xf01a],
    ['WMF', 0xf01b],
    ['one of a Macintosh', 0xf01c],
  ])('says that it has a large metafile, a kind of picture that is not read: %s', async (_, kind) => {
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Oak', 40]]), 'Wood');
    const notes = async (width: number) =>
      (await read(withPicture(xls(workbook), metafile(kind, width, 3_000_000)))).notes;
    expect(await notes(5_000_000)).toEqual(['1 large image was not read; if it contains text, that text is missing.']);
    expect(await notes(500_000)).toEqual([]);
  });

  it('of nothing but a large picture that is not read is not called empty', async () => {
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, {}, 'Wood');
    const pictured = withPicture(xls(workbook), metafile(0xf01a, 5_000_000, 3_000_000));
    await expect(read(pictured)).rejects.toThrow('The sheets of this workbook contain images and no text.');
  });

  it('is its sheets by rows, with numbers as shown, days in ISO 8601 and formulas by their result', async () => {
    const workbook = utils.book_new();
    const prices = utils.aoa_to_sheet([
      ['Wood', 'Price', 'Since'],
      ['Oak', 1234.5, 45_000],
      ['Beech', 0.125, 45_000.5],
    ]);
    for (const [cell, format] of [
      ['B2', '#,##0.00'],
      ['B3', '0.0%'],
      ['C2', 'yyyy-mm-dd'],
      ['C3', 'yyyy-mm-dd hh:mm'],
    ] as const) {
      prices[cell].z = format;
    }
    prices.A5 = { t: 'b', v: true };
    prices.B5 = { t: 'n', v: 42, f: '40+2' };
    prices['!ref'] = 'A1:C5';
    utils.book_append_sheet(workbook, prices, 'Prices');
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Secret']]), 'Costs');
    workbook.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
    const { text, format, places, notes } = await read(xls(workbook));
    expect(text).toBe(
      '## Sheet: Prices\n\nWood | Price | Since\nOak | 1,234.50 | 2023-03-15\nBeech | 12.5% | 2023-03-15T12:00\n\nTRUE | 42\n\n' +
        '## Sheet: Costs (hidden)\n\nSecret',
    );
    expect(format).toBe('xls');
    expect(places).toMatchObject({ unit: 'sheet', names: ['Prices', 'Costs'] });
    expect(notes.join()).toContain('Costs');
  });

  it('leaves out its chart sheets, whose numbers are in its cells, and says so', async () => {
    const workbook = utils.book_new();
    for (const [name, rows] of [
      ['Prices', [['Oak', 3]]],
      ['Chart1', [['Oak', 'Oak']]],
    ] as const)
      utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
    const bytes = xls(workbook);
    // Where the last sheet begins, with what kind it is of: the library writes no charts.
    const begin = bytes.lastIndexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x10, 0x00]));
    bytes.writeUInt16LE(0x20, begin + 6);
    expect(await read(bytes)).toMatchObject({
      text: '## Sheet: Prices\n\nOak | 3',
      notes: ['Some charts or diagrams were not read.'],
    });
  });

  it('has all words of 22 languages', async () => {
    const workbook = utils.book_new();
    utils.book_append_sheet(
      workbook,
      utils.aoa_to_sheet(Object.entries(languages).map(([...row]) => row)),
      'Languages',
    );
    const { text } = await read(xls(workbook));
    for (const [name, article] of Object.entries(languages)) expect(text).toContain(`${name} | ${article}`);
  });

  it('with a cell far away has two lines', async () => {
    const workbook = utils.book_new();
    const sheet = utils.aoa_to_sheet([['Near']]);
    sheet.IV2000 = { t: 's', v: 'Far' };
    sheet['!ref'] = 'A1:IV2000';
    utils.book_append_sheet(workbook, sheet, 'A');
    expect((await read(xls(workbook))).text).toBe('## Sheet: A\n\nNear\n\n | Far');
  });

  it('that is changed anywhere is read or damaged, never a fault', async () => {
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Oak', 40]]), 'Prices');
    const whole = xls(workbook);
    const extractor = createExtractor({
      workerUrl: new URL('../../../src/main/documents/extract-worker.ts', import.meta.url),
      threads: 1,
      maxHeapMb: 128,
    });
    onTestFinished(() => extractor.close());
    const folder = tempFolder();
    for (let at = 8; at < whole.length; at += 211) {
      const changed = Buffer.from(whole);
      changed.fill(0xff, at, at + 4);
      const result = await extractor.extract(folder.put('old.xls', changed));
      if (!result.ok) expect(result.error.code).not.toBe('unexpected');
    }
  });

  it('of nothing is damaged', async () => {
    await expect(read(compoundFile('Workbook'))).rejects.toThrow(/workbook/);
  });
});
