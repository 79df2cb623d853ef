import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { packSevenZip } from '../../support/pack-seven-zip.ts';
import { packZip } from '../hostile-files.ts';
import { tempFolder } from '../temp-folder.ts';
import { listed, textIn } from './read-container.ts';

type Entry = Partial<Header> & { readonly name: string; readonly content?: string };

/** As a kept library writes it, in the formats that it knows. */
async function tar(...entries: readonly Entry[]): Promise<Buffer> {
  const packing = pack();
  for (const { content = '', ...header } of entries) packing.entry(header, content);
  packing.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packing) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** As one file packed by 7-Zip. */
async function packedBy(format: 'xz' | 'bzip2', bytes: Buffer): Promise<Buffer> {
  const { 'offers.7z': packed } = await packSevenZip({ 'the file': bytes }, { switches: [`-t${format}`] });
  if (packed === undefined) throw new Error('7-Zip has packed nothing.');
  return packed;
}

/** A header as old programs write it, byte by byte. */
function header(name: Buffer, size: number, type = '0', magic = ''): Buffer {
  const block = Buffer.alloc(512);
  name.copy(block, 0, 0, 100);
  block.write('0000644\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(magic, 257, 'latin1');
  block.write(
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return block;
}

function blocks(content: string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

const end = Buffer.alloc(1_024);
const long = `${'a folder with a long name/'.repeat(8)}the file.txt`;

describe('a tar archive', () => {
  it('is read, packed or not, with long names and those of other scripts', async () => {
    const bytes = await tar(
      { name: 'docs', type: 'directory' },
      { name: 'docs/oak.txt', content: 'Oak costs 40.' },
      { name: 'docs/東京.txt', content: 'Ash costs 30.' },
      { name: long, content: 'Deep.' },
    );
    const expected = {
      files: [
        [long, 'Deep.'],
        ['docs/oak.txt', 'Oak costs 40.'],
        ['docs/東京.txt', 'Ash costs 30.'],
      ],
      skipped: 0,
    };
    expect(await listed(bytes, 'offers.tar')).toEqual(expected);
    expect(await listed(gzipSync(bytes), 'offers.tgz')).toEqual(expected);
    expect(await listed(gzipSync(bytes), 'offers'), 'whatever its name').toEqual(expected);
    const halves = [gzipSync(bytes.subarray(0, 700)), gzipSync(bytes.subarray(700))];
    expect(await listed(Buffer.concat(halves), 'offers.tar.gz'), 'packed in pieces').toEqual(expected);
  });

  it('is read if it is packed by other programs', async () => {
    const bytes = await tar(
      { name: 'docs/oak.txt', content: 'Oak costs 40.' },
      { name: 'docs/東京.txt', content: 'Ash costs 30.' },
    );
    const expected = {
      files: [
        ['docs/oak.txt', 'Oak costs 40.'],
        ['docs/東京.txt', 'Ash costs 30.'],
      ],
      skipped: 0,
    };
    expect(await listed(await packedBy('xz', bytes), 'offers.tar.xz')).toEqual(expected);
    expect(await listed(await packedBy('bzip2', bytes), 'offers.tbz2')).toEqual(expected);
    expect(await listed(zstdCompressSync(bytes), 'offers.tar.zst')).toEqual(expected);
  });

  it('that is packed and larger than what is unpacked at once is read to its end', async () => {
    const content = 'A line of text.\n'.repeat(3_000_000);
    const bytes = await tar(
      { name: 'a.txt', content },
      { name: 'b.txt', content },
      { name: 'c.txt', content: 'The end.' },
    );
    const path = tempFolder().put('large.tar.zst', zstdCompressSync(bytes));
    expect(await textIn(path, ['c.txt'])).toBe('The end.');
  });

  it('that is packed and damaged or cut off says so', async () => {
    const bytes = await packedBy('xz', await tar({ name: 'a.txt', content: 'word '.repeat(10_000) }));
    expect(await listed(bytes.subarray(0, bytes.length - 40), 'cut.tar.xz')).toContain('archive is damaged');
    const wrong = Buffer.from(bytes);
    wrong.writeUInt8(wrong.readUInt8(bytes.length - 60) ^ 255, bytes.length - 60);
    expect(await listed(wrong, 'wrong.tar.xz')).toContain('archive is damaged');
  });

  it('of old programs is read: without a mark, names of GNU and in another encoding', async () => {
    const old = Buffer.concat([
      header(Buffer.from('plain.txt'), 3),
      blocks('One'),
      header(Buffer.from('././@LongLink'), long.length + 1, 'L', 'ustar  \0'),
      blocks(`${long}\0`),
      header(Buffer.from(long.slice(0, 100)), 3, '0', 'ustar  \0'),
      blocks('Two'),
      header(Buffer.from('Prüfung der Verträge.txt', 'latin1'), 5, '0', 'ustar  \0'),
      blocks('Three'),
      end,
    ]);
    expect(await listed(old, 'old.tar')).toMatchObject({
      files: [
        [long, 'Two'],
        ['plain.txt', 'One'],
        ['Prüfung der Verträge.txt', 'Three'],
      ],
    });
  });

  it('follows no links and opens no devices', async () => {
    const bytes = await tar(
      { name: 'docs/a.txt', content: 'The text.' },
      { name: 'docs/same', type: 'symlink', linkname: 'a.txt' },
      { name: 'docs/hard', type: 'link', linkname: 'docs/a.txt' },
      { name: 'docs/out', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'docs/pipe', type: 'fifo' },
      { name: 'docs/disk', type: 'block-device' },
      { name: '../../up.txt', content: 'Up.' },
      { name: '/etc/passwd', content: 'Down.' },
    );
    expect(await listed(bytes, 'links.tar')).toEqual({
      files: [
        ['docs/a.txt', 'The text.'],
        ['docs/disk', expect.stringContaining('This is a device')],
        ['docs/out', expect.stringContaining('to /etc/passwd')],
        ['docs/pipe', expect.stringContaining('This is a pipe')],
        ['etc/passwd', 'Down.'],
        ['up.txt', 'Up.'],
      ],
      skipped: 2,
    });
  });

  it('gives its files in any order', async () => {
    const names = ['a.txt', 'b.txt', 'c.txt'];
    const path = tempFolder().put(
      'files.tar.gz',
      gzipSync(await tar(...names.map((name) => ({ name, content: name })))),
    );
    for (const name of ['c.txt', 'a.txt', 'a.txt', 'b.txt']) expect(await textIn(path, [name])).toBe(name);
    expect(await textIn(path, ['d.txt'])).toContain('no longer in the archive');
  });

  it('that is cut off or damaged is named as that', async () => {
    const bytes = await tar({ name: 'a.txt', content: 'x'.repeat(5_000) }, { name: 'b.txt', content: 'y' });
    for (const [name, damaged] of [
      ['cut.tar', bytes.subarray(0, 2_000)],
      ['cut.tar.gz', gzipSync(bytes).subarray(0, 90)],
    ] as const) {
      expect(await listed(damaged, name)).toContain('This archive is damaged');
    }
  });

  it('that unpacks to far too much is given up', async () => {
    const bomb = gzipSync(
      await tar({ name: 'a.txt', content: '0'.repeat(3_000_000) }, { name: 'b.txt', content: 'x' }),
    );
    expect(await listed(bomb, 'bomb.tar.gz', { maxMemberBytes: 1_000_000 })).toContain('may be a zip bomb');
    const many = await tar(...Array.from({ length: 11 }, (_, at) => ({ name: `${at}.txt` })));
    expect(await listed(many, 'many.tar', { maxMembers: 10 })).toContain('the limit is 10');
  });
});

describe('a file packed by gzip', () => {
  it('is the one in it, by the name that it has there or its own', async () => {
    expect(await listed(gzipSync('a;b\n1;2\n'), 'report.csv.gz')).toEqual({
      files: [['report.csv', 'a;b\n1;2\n']],
      skipped: 0,
    });
    const packed = gzipSync('Some words.');
    packed[3] = 8;
    const named = Buffer.concat([packed.subarray(0, 10), Buffer.from('letter.txt\0'), packed.subarray(10)]);
    expect(await listed(named, 'x.gz')).toMatchObject({ files: [['letter.txt', 'Some words.']] });
  });

  it('that unpacks to too much, or is damaged, says so', async () => {
    const limits = { maxFileBytes: 100_000 };
    expect(await listed(gzipSync('x'.repeat(200_000)), 'a.txt.gz', limits)).toMatchObject({
      files: [['a.txt', expect.stringContaining('the limit is 100')]],
    });
    expect(await listed(gzipSync('Some words.').subarray(0, 15), 'a.txt.gz')).toMatchObject({
      files: [['a.txt', expect.stringContaining('damaged in its archive')]],
    });
  });

  it('in an archive counts as one', async () => {
    const path = tempFolder().put('a.zip', packZip({ 'b.txt.gz': gzipSync('Two deep.') }));
    expect(await textIn(path, ['b.txt.gz', 'b.txt'])).toBe('Two deep.');
  });
});

describe('a file that is packed by itself', () => {
  it('is an archive of one file, named without its packing', async () => {
    const text = Buffer.from('Oak costs 40.');
    const expected = { files: [['report.csv', 'Oak costs 40.']], skipped: 0 };
    expect(await listed(gzipSync(text), 'report.csv.gz')).toEqual(expected);
    expect(await listed(await packedBy('xz', text), 'report.csv.xz')).toEqual(expected);
    expect(await listed(await packedBy('bzip2', text), 'report.csv.bz2')).toEqual(expected);
    expect(await listed(zstdCompressSync(text), 'report.csv.zst')).toEqual(expected);
  });

  it('unpacks to no more than a document may have', async () => {
    const vast = Buffer.alloc(3_000_000);
    for (const [name, bytes] of [
      ['a.txt.xz', await packedBy('xz', vast)],
      ['a.txt.bz2', await packedBy('bzip2', vast)],
      ['a.txt.zst', zstdCompressSync(vast)],
    ] as const) {
      const path = tempFolder().put(name, bytes);
      const limits = { ...defaultExtractLimits, maxFileBytes: 2_000_000 };
      expect(await textIn(path, ['a.txt'], limits)).toContain('the limit is 2,000,000 bytes');
    }
  });

  it('that is damaged says so, and a text that begins like one is a text', async () => {
    const cut = zstdCompressSync(Buffer.from('word '.repeat(1_000))).subarray(0, 20);
    expect(await listed(cut, 'a.txt.zst')).toMatchObject({ files: [['a.txt', expect.stringContaining('damaged')]] });
    expect(await listed(Buffer.from('BZh9 is how bzip2 begins.'), 'a.note')).toBe('no container');
  });
});
