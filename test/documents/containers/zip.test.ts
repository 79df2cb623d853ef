import { crc32, deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { claimUnpackedSize, packZip, paragraph, wordDocument } from '../hostile-files.ts';
import { readBytes } from '../read-parts.ts';
import { listed } from './read-container.ts';

interface RawEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  readonly flags?: number;
  readonly method?: number;
  /** As made on Unix. */
  readonly mode?: number;
  readonly extra?: Buffer;
  /** Sizes are written behind the content only. */
  readonly isStreamed?: boolean;
}

/** A ZIP archive whose every field can be wrong. */
function rawZip(entries: readonly RawEntry[], { prefix = Buffer.alloc(0), disk = 0 } = {}): Buffer {
  const parts: Buffer[] = [prefix];
  const directory: Buffer[] = [];
  let at = prefix.length;
  for (const entry of entries) {
    const { content = 'x', flags = 0, method = 8, mode, extra = Buffer.alloc(0), isStreamed = false } = entry;
    const name = Buffer.from(entry.name);
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const fields = (inDirectory: boolean) => {
      const hasSizes = inDirectory || !isStreamed;
      const head = Buffer.alloc(26);
      head.writeUInt16LE(20, 0);
      head.writeUInt16LE(flags | (isStreamed ? 8 : 0), 2);
      head.writeUInt16LE(method, 4);
      head.writeUInt32LE(hasSizes ? crc32(bytes) : 0, 10);
      head.writeUInt32LE(hasSizes ? packed.length : 0, 14);
      head.writeUInt32LE(hasSizes ? bytes.length : 0, 18);
      head.writeUInt16LE(name.length, 22);
      head.writeUInt16LE(inDirectory ? extra.length : 0, 24);
      return head;
    };
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields(false), name, packed]);
    const behind = isStreamed
      ? Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), fields(true).subarray(10, 22)])
      : Buffer.alloc(0);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((mode ?? 0) << 16) >>> 0, 6);
    tail.writeUInt32LE(at, 10);
    const madeBy = Buffer.from([20, mode === undefined ? 0 : 3]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeBy, fields(true), tail, name, extra]));
    parts.push(local, behind);
    at += local.length + behind.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(disk, 4);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const namesOf = async (zip: Buffer) => {
  const found = await listed(zip, 'files.zip');
  return typeof found === 'string' ? found : found.files.map(([name]) => name);
};

describe('a ZIP archive behind something else', () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500, 0x90)]);
  const files = [['oak.txt', 'Oak costs 40.']];

  it('such as the program that unpacks it is read, wherever its places are counted from', async () => {
    const entries = [{ name: 'oak.txt', content: 'Oak costs 40.' }];
    expect(await listed(Buffer.concat([program, rawZip(entries)]), 'offers.exe')).toMatchObject({ files });
    expect(await listed(rawZip(entries, { prefix: program }), 'offers.exe')).toMatchObject({ files });
    expect(
      await listed(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), rawZip(entries)]), 'offers.zip'),
    ).toMatchObject({ files });
  });

  it('is none in a program of its own, or in one of Java', async () => {
    expect(await listed(program, 'setup.exe')).toBe('no container');
    const java = rawZip([{ name: 'META-INF/MANIFEST.MF' }, { name: 'Main.class' }]);
    expect(await listed(Buffer.concat([program, java]), 'editor.exe')).toBe('no container');
    const broken = rawZip([{ name: 'a.txt' }]).subarray(40);
    expect(await listed(Buffer.concat([program, broken]), 'cut.exe')).toBe('no container');
  });
});

describe('the names in a ZIP archive', () => {
  it.each<readonly [string, string, string]>([
    ['DOS in western Europe', 'cp850', 'Prüfung der Verträge Köln.pdf'],
    ['DOS in America', 'cp437', 'Résumé Müller.txt'],
    ['DOS in Poland', 'cp852', 'Umowa najmu - załącznik nr 2, Łódź.txt'],
    ['DOS in Russia', 'cp866', 'Договор поставки.txt'],
    ['Windows in Japan', 'shift_jis', '見積書・契約書.txt'],
    ['Windows in China', 'gbk', '七个房间的合同文件.txt'],
    ['Windows in Korea', 'cp949', '계약서 초안.txt'],
    ['UTF-8 that is not marked, as on a Mac', 'utf8', 'Prüfung 東京.txt'],
  ])('are read in their encoding: %s', async (_name, encoding, name) => {
    const raw = iconv.encode(name, encoding);
    expect(await namesOf(rawZip([{ name: raw }, { name: 'plain.txt' }]))).toContain(name);
  });

  it('are taken from the Unicode field beside them, if that belongs to them', async () => {
    const field = (of: string, says: string) => {
      const data = Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from(says)]);
      data.writeUInt32LE(crc32(Buffer.from(of)), 1);
      const head = Buffer.alloc(4);
      head.writeUInt16LE(0x7075, 0);
      head.writeUInt16LE(data.length, 2);
      return Buffer.concat([head, data]);
    };
    const zip = rawZip([
      { name: 'a.txt', extra: field('a.txt', '契約.txt') },
      { name: 'b.txt', extra: field('renamed.txt', '古い.txt') },
    ]);
    expect(await namesOf(zip)).toEqual(['b.txt', '契約.txt']);
  });

  it('lead nowhere, are told apart, and are shown without controls', async () => {
    const names = [
      '/etc/passwd',
      '../../up.txt',
      'C:\\Users\\ana\\a.txt',
      'b.txt',
      'b.txt',
      'c\u0007\nd.txt',
      './e.txt',
      '/',
    ];
    expect(await namesOf(rawZip(names.map((name) => ({ name }))))).toEqual([
      'b (2).txt',
      'b.txt',
      'c d.txt',
      'e.txt',
      'etc/passwd',
      'up.txt',
      'Users/ana/a.txt',
    ]);
  });
});

describe('what was appended to a ZIP file', () => {
  it.each([
    ['a byte', Buffer.alloc(1)],
    ['a page of a server', Buffer.from(`<html>${'<p>Thank you for your download</p>'.repeat(500)}</html>`)],
    ['the beginning of another one', Buffer.from('PK\x05\x06 not an end', 'latin1')],
  ])('is passed over: %s', async (_name, more) => {
    const archive = rawZip([{ name: 'a.txt' }]);
    expect(await namesOf(Buffer.concat([archive, more]))).toEqual(['a.txt']);
    const document = wordDocument(paragraph('Notice of termination'));
    expect(await readBytes(Buffer.concat([document, more]))).toMatchObject({ text: 'Notice of termination' });
  });
});

describe('a ZIP archive', () => {
  it('passes over hidden files and what systems leave, and says how many', async () => {
    const names = ['a.txt', '__MACOSX/._a.txt', '.git/config', 'docs/~$plan.docx', 'docs/Thumbs.db', 'docs/'];
    expect(await listed(rawZip(names.map((name) => ({ name }))), 'files.zip')).toEqual({
      files: [['a.txt', 'x']],
      skipped: 4,
    });
  });

  it('has rows for files that cannot be unpacked, each with its reason', async () => {
    const zip = rawZip([
      { name: 'a.txt', content: 'Whole.' },
      { name: 'encrypted.txt', flags: 1 },
      { name: 'large.txt', method: 9 },
      { name: 'zstd.txt', method: 93 },
      { name: 'nothing.txt', content: '' },
    ]);
    expect(await listed(zip, 'files.zip')).toMatchObject({
      files: [
        ['a.txt', 'Whole.'],
        ['encrypted.txt', expect.stringContaining('encrypted with a password in its archive')],
        ['large.txt', expect.stringContaining('(Deflate64)')],
        ['nothing.txt', expect.stringContaining('empty (0 bytes)')],
        ['zstd.txt', expect.stringContaining('(Zstandard)')],
      ],
    });
  });

  it('whose sizes were written behind the content is read', async () => {
    const zip = rawZip([{ name: 'a.txt', content: 'Streamed.', isStreamed: true }]);
    expect(await listed(zip, 'files.zip')).toMatchObject({ files: [['a.txt', 'Streamed.']] });
  });

  it('follows no link: one to a file in it has its turn there, one out of it says where it leads', async () => {
    const link = 0o120_777;
    const zip = rawZip([
      { name: 'docs/a.txt', content: 'The text.' },
      { name: 'same', content: 'docs/a.txt', mode: link },
      { name: 'docs/folder', content: '../docs', mode: link },
      { name: 'docs/out', content: '../../../etc/passwd', mode: link },
      { name: 'root', content: '/etc/passwd', mode: link },
    ]);
    expect(await listed(zip, 'files.zip')).toMatchObject({
      files: [
        ['docs/a.txt', 'The text.'],
        ['docs/out', expect.stringContaining('to ../../../etc/passwd')],
        ['root', expect.stringContaining('to /etc/passwd')],
      ],
      skipped: 2,
    });
  });

  it('damaged in one file has the others', async () => {
    const zip = rawZip([
      { name: 'a.txt', content: 'Whole.' },
      { name: 'b.txt', content: 'Damaged.', method: 0 },
    ]);
    zip[zip.indexOf('Damaged.')] = 0x64;
    expect(await listed(zip, 'files.zip')).toMatchObject({
      files: [
        ['a.txt', 'Whole.'],
        ['b.txt', expect.stringContaining('damaged in its archive')],
      ],
    });
  });

  it('cut into several files says so', async () => {
    expect(await listed(rawZip([{ name: 'a.txt' }], { disk: 1 }), 'files.zip')).toContain('one of several files');
  });

  it('of too many files, or of too much, is not opened', async () => {
    const many = packZip(Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`${at}.txt`, 'x'])));
    expect(await listed(many, 'files.zip', { maxMembers: 10 })).toContain('holds 11 files; the limit is 10');
    const vast = claimUnpackedSize(packZip({ 'a.txt': 'x', 'b.txt': 'y' }), 40_000_000);
    expect(await listed(vast, 'files.zip', { maxMemberBytes: 60_000_000 })).toContain('unpack to 80 MB');
  });

  it('that claims less or more than it holds is caught, without unpacking more than it claims', async () => {
    const bomb = packZip({ 'a.txt': 'x'.repeat(5_000_000) });
    expect(await listed(claimUnpackedSize(bomb, 10), 'files.zip')).toMatchObject({
      files: [['a.txt', expect.stringContaining('damaged in its archive')]],
    });
    expect(await listed(claimUnpackedSize(bomb, 60_000_000), 'files.zip')).toMatchObject({
      files: [['a.txt', expect.stringContaining('the limit is 50 MB')]],
    });
  });

  it('is one by its content or its name; a document in that form is none', async () => {
    const document = wordDocument('<w:p><w:r><w:t>A contract.</w:t></w:r></w:p>');
    expect(await listed(document, 'contract.zip')).toBe('no container');
    expect(await listed(packZip({ 'META-INF/MANIFEST.MF': 'x', 'a.class': 'x' }), 'program.jar')).toBe('no container');
    const named = packZip({ 'content.xml': '<a>Sent data.</a>' });
    expect(await listed(named, 'data.zip')).toMatchObject({ files: [['content.xml', '<a>Sent data.</a>']] });
    expect(await listed(packZip({ 'a.txt': 'Inside.' }), 'no extension')).toMatchObject({
      files: [['a.txt', 'Inside.']],
    });
  });
});
