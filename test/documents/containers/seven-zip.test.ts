import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packSevenZip } from '../../support/pack-seven-zip.ts';
import { packZip } from '../hostile-files.ts';
import { tempFolder } from '../temp-folder.ts';
import { listed, textIn } from './read-container.ts';
import { writeRar } from './write-rar.ts';

async function packed(...parameters: Parameters<typeof packSevenZip>): Promise<Buffer> {
  const { 'offers.7z': bytes } = await packSevenZip(...parameters);
  if (bytes === undefined) throw new Error('7-Zip has packed nothing.');
  return bytes;
}

const offers = {
  'docs/oak.txt': 'Oak costs 40.',
  'docs/東京 *?.txt': 'Ash costs 30.',
  'docs/two\nlines.txt': 'Elm costs 20.',
  '𝒜.txt': 'Yew costs 10.',
};
const offersRead = [
  ['docs/oak.txt', 'Oak costs 40.'],
  ['docs/two_lines.txt', 'Elm costs 20.'],
  ['docs/東京 *?.txt', 'Ash costs 30.'],
  ['𝒜.txt', 'Yew costs 10.'],
];

describe('a 7-Zip archive', () => {
  it.each([
    ['as it usually is', []],
    ['each file by itself', ['-ms=off']],
    ['by LZMA', ['-m0=lzma']],
    ['by PPMd', ['-m0=ppmd']],
    ['by bzip2', ['-m0=bzip2']],
    ['by Deflate', ['-m0=deflate']],
    ['with a filter of programs', ['-m0=bcj', '-m1=lzma2']],
    ['not at all', ['-mx=0']],
  ])('is read, packed %s', async (_, switches) => {
    const bytes = await packed(offers, { switches });
    expect(await listed(bytes, 'offers')).toEqual({ files: offersRead, skipped: 0 });
  });

  it('gives its files in any order, those of the same content, too', async () => {
    const path = tempFolder().put('a.7z', await packed({ 'a.txt': 'same', 'b.txt': 'same', 'c/a.txt': 'other' }));
    for (const name of ['c/a.txt', 'a.txt', 'b.txt', 'a.txt']) {
      expect(await textIn(path, [name])).toBe(name.startsWith('c') ? 'other' : 'same');
    }
    expect(await textIn(path, ['d.txt'])).toContain('no longer in the archive');
  });

  it('that is too large to be unpacked at once is read piece by piece', async () => {
    const large = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [
        `${name}.bin`,
        Buffer.concat([randomBytes(1_000), Buffer.alloc(20_000_000)]),
      ]),
    );
    const bytes = await packed({ ...large, 'a_first.txt': 'First.', 'e\nlast.txt': 'Last.' }, { switches: ['-mx=1'] });
    const path = tempFolder().put('large.7z', bytes);
    expect(await textIn(path, ['e_last.txt'])).toBe('Last.');
    expect(await textIn(path, ['a_first.txt'])).toBe('First.');
  });

  it('in another archive is opened, once', async () => {
    const inner = await packed({ 'ash.txt': 'Ash costs 30.', 'deep.7z': await packed({ 'x.txt': 'x' }) });
    const path = tempFolder().put('outer.zip', await packZip({ 'inner.7z': inner }));
    expect(await textIn(path, ['inner.7z', 'ash.txt'])).toBe('Ash costs 30.');
    expect(await textIn(path, ['inner.7z', 'deep.7z'])).toContain('more than 2 levels deep');
  });

  it('follows no links, leads nowhere, and passes over what is hidden or empty', async () => {
    const bytes = await packed(
      { 'docs/a.txt': 'The text.', 'docs/.hidden': 'x', 'docs/empty.txt': '' },
      { links: { 'docs/same': 'a.txt', 'docs/out': '/etc/passwd' } },
    );
    expect(await listed(bytes, 'links.7z')).toEqual({
      files: [
        ['docs/a.txt', 'The text.'],
        ['docs/empty.txt', expect.stringContaining('0 bytes')],
        ['docs/out', expect.stringContaining('to /etc/passwd')],
      ],
      skipped: 2,
    });
  });

  it('that needs a password says so, for each file or as a whole', async () => {
    const files = { 'a.txt': 'secret' };
    expect(await listed(await packed(files, { switches: ['-pabc'] }), 'a.7z')).toEqual({
      files: [['a.txt', expect.stringContaining('encrypted with a password in its archive')]],
      skipped: 0,
    });
    const encrypted = 'encrypted with a password, with the names of the files in it';
    for (const password of ['abc', 'xyz', '1', 'long password']) {
      const whole = await packed(files, { switches: [`-p${password}`, '-mhe=on'] });
      expect(await listed(whole, 'a.7z')).toContain(encrypted);
    }
  });

  it('that is damaged or cut off says so, and only what is damaged is lost', async () => {
    const files = { 'a.txt': 'First.', 'b.txt': 'Second.', 'c.txt': 'Third.' };
    const bytes = await packed(files, { switches: ['-mx=0'] });
    const wrong = Buffer.from(bytes);
    wrong.write('S3c', wrong.indexOf('Second.'));
    expect(await listed(wrong, 'wrong.7z')).toMatchObject({
      files: [
        ['a.txt', 'First.'],
        ['b.txt', expect.stringContaining('damaged in its archive')],
        ['c.txt', 'Third.'],
      ],
    });
    for (const length of [8, 32, 40, bytes.length - 1]) {
      expect(await listed(bytes.subarray(0, length), 'cut.7z'), `${length} bytes`).toContain('archive is damaged');
    }
  });

  it('that was cut into volumes says so, each of them', async () => {
    const volumes = await packSevenZip({ 'a.txt': randomBytes(2_000) }, { switches: ['-v1k', '-mx=0'] });
    expect(Object.keys(volumes).length).toBeGreaterThan(1);
    for (const [name, bytes] of Object.entries(volumes)) {
      expect(await listed(bytes, name)).toContain('one of several files that an archive was cut into');
    }
  });

  it('of which all is in the first volume is read', async () => {
    const bytes = await packed({ 'a.txt': 'All of it.' });
    expect(await listed(bytes, 'offers.7z.001')).toMatchObject({ files: [['a.txt', 'All of it.']] });
  });

  it('of more files or more bytes than are opened is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.txt`, 'x']));
    expect(await listed(await packed(many), 'many.7z', { maxMembers: 20 })).toContain('the limit is 20');
    const bomb = await packed({ 'a.bin': Buffer.alloc(3_000_000), 'b.bin': Buffer.alloc(3_000_000) });
    expect(await listed(bomb, 'bomb.7z', { maxMemberBytes: 5_000_000 })).toContain('may be a zip bomb');
    expect(await listed(bomb, 'bomb.7z', { maxFileBytes: 1_000_000 })).toMatchObject({
      files: [
        ['a.bin', expect.stringContaining('the limit is')],
        ['b.bin', expect.stringContaining('the limit is')],
      ],
    });
  });

  it('that takes more memory than there is says how it is packed', async () => {
    // It says that it needs 1 GB; what it packs is small.
    const bytes = await packed({ 'a.txt': 'word '.repeat(1_000) }, { switches: ['-m0=ppmd:mem=16m:o=8', '-mhc=off'] });
    const mark = bytes.lastIndexOf(Buffer.from([0x03, 0x04, 0x01, 0x05]));
    bytes.writeUInt32LE(0x40_00_00_00, mark + 5);
    expect(await listed(withChecksum(bytes), 'greedy.7z')).toMatchObject({
      files: [['a.txt', expect.stringContaining('which takes too much memory')]],
    });
  });
});

/** With the checksums of a header that was changed. */
function withChecksum(bytes: Buffer): Buffer {
  const at = 32 + Number(bytes.readBigUInt64LE(12));
  bytes.writeUInt32LE(crc32(bytes.subarray(at, at + Number(bytes.readBigUInt64LE(20)))), 28);
  bytes.writeUInt32LE(crc32(bytes.subarray(12, 32)), 8);
  return bytes;
}

describe('a RAR archive', () => {
  it('is read, with names of any script', async () => {
    const files = [
      { name: 'docs/oak.txt', content: 'Oak costs 40.' },
      { name: '東京.txt', content: 'Ash costs 30.' },
    ];
    expect(await listed(writeRar(files), 'offers.rar')).toEqual({
      files: [
        ['docs/oak.txt', 'Oak costs 40.'],
        ['東京.txt', 'Ash costs 30.'],
      ],
      skipped: 0,
    });
  });

  it('follows no links, and leads nowhere', async () => {
    const bytes = writeRar([
      { name: 'a.txt', content: 'The text.' },
      { name: 'same', linksTo: 'a.txt' },
      { name: 'out', linksTo: '../../etc/passwd' },
      { name: '../../up.txt', content: 'Up.' },
    ]);
    expect(await listed(bytes, 'links.rar')).toEqual({
      files: [
        ['a.txt', 'The text.'],
        ['out', expect.stringContaining('to ../../etc/passwd')],
        ['up.txt', 'Up.'],
      ],
      skipped: 1,
    });
  });

  it('that is damaged, lies about its sizes, or is one of several says so', async () => {
    const [name, content] = ['a.txt', 'The text.'];
    const damaged = { files: [[name, expect.stringContaining('damaged in its archive')]] };
    expect(await listed(writeRar([{ name, content, says: { checksum: 1 } }]), 'wrong.rar')).toMatchObject(damaged);
    expect(await listed(writeRar([{ name, content, says: { bytes: 40_000_000 } }]), 'lies.rar')).toMatchObject(damaged);
    expect(await listed(writeRar([{ name, content }], 1), 'offers.part1.rar')).toContain('an archive was cut into');
    expect(await listed(writeRar([{ name, content }]).subarray(0, 12), 'cut.rar')).toContain('archive is damaged');
  });

  it('whose names are encrypted says so', async () => {
    const encrypted = 'encrypted with a password, with the names of the files in it';
    const current = Buffer.concat([writeRar([]).subarray(0, 8), Buffer.from('\0\0\0\0\x21\x04', 'latin1')]);
    expect(await listed(current, 'secret.rar')).toContain(encrypted);
    const old = Buffer.from('Rar!\x1a\x07\0\xce\x99\x73\x80\0\x0d\0', 'latin1');
    expect(await listed(old, 'old.rar')).toContain(encrypted);
  });

  it('that claims to unpack to much more than it can is refused', async () => {
    const vast = (bytes: number) =>
      writeRar([
        { name: 'a.txt', content: 'x', says: { bytes } },
        { name: 'b.txt', content: 'The text.' },
      ]);
    expect(await listed(vast(2 ** 45), 'vast.rar')).toContain('may be a zip bomb');
    expect(await listed(vast(1_100_000_000), 'vast.rar')).toContain('(the limit is 1 GB)');
    expect(await listed(vast(900_000_000), 'large.rar')).toMatchObject({
      files: [
        ['a.txt', expect.stringContaining('the limit is 50 MB')],
        ['b.txt', 'The text.'],
      ],
    });
  });
});
