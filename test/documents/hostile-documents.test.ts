import { createServer } from 'node:net';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { extractDocument } from '../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../src/main/documents/limits.ts';
import { columnName } from '../../src/main/documents/sheets/cell-address.ts';
import {
  callingPdf,
  claimUnpackedSize,
  linkedPictureDocument,
  packZip,
  paragraph,
  wordDocument,
} from './hostile-files.ts';
import { line, presentationParts, shape } from './pptx/slide-parts.ts';
import { tempFolder } from './temp-folder.ts';
import { cell, row, workbookParts } from './xlsx/workbook-parts.ts';

const limits = defaultExtractLimits;

/** A loopback server that counts its callers. */
async function listener() {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, calls: () => calls };
}

describe('a zip bomb', () => {
  it('is refused for its declared size, before anything is unpacked', async () => {
    const folder = tempFolder();
    const bomb = folder.put('bomb.docx', wordDocument(paragraph(' '.repeat(30_000_000))));
    expect(await extractDocument(bomb, limits)).toMatchObject({
      ok: false,
      error: { code: 'file_too_large', params: { what: 'ratio' } },
    });
    expect(await extractDocument(bomb, { ...limits, maxUnpackedBytes: 20_000_000 })).toMatchObject({
      error: { code: 'file_too_large', params: { what: 'unpacked', limitBytes: 20_000_000 } },
    });
  });

  it('that lies about its size is stopped at the declared size', async () => {
    const lying = claimUnpackedSize(wordDocument(paragraph(' '.repeat(30_000_000))), 5_000);
    const result = await extractDocument(tempFolder().put('lying.docx', lying), limits);
    expect(result).toMatchObject({ ok: false, error: { code: 'file_damaged' } });
  });

  it('with too many parts is refused for their number', async () => {
    const parts = Object.fromEntries(Array.from({ length: 6_000 }, (_, index) => [`word/${index}.xml`, '']));
    const path = tempFolder().put('many.docx', wordDocument(paragraph('Hello.'), { parts }));
    expect(await extractDocument(path, limits)).toMatchObject({
      error: { code: 'file_too_large', params: { what: 'parts', limit: 5_000 } },
    });
  });

  it('in an unread part does no harm', async () => {
    const parts = { 'word/media/image1.png': new Uint8Array(60_000_000) };
    const path = tempFolder().put('picture.docx', wordDocument(paragraph('Hello.'), { parts }));
    expect(await extractDocument(path, limits)).toMatchObject({ ok: true, value: { text: 'Hello.' } });
  });

  it('with hostile names writes nowhere and changes nothing', async () => {
    const entry = strToU8('<x/>');
    const path = tempFolder().put(
      'names.docx',
      Buffer.from(zipSync({ '../../evil.xml': entry, 'word/document.xml': entry })),
    );
    expect(await extractDocument(path, limits)).toMatchObject({ ok: false, error: { code: 'file_damaged' } });
    const named = tempFolder().put(
      'proto.docx',
      wordDocument(paragraph('Hello.'), { parts: { '__proto__/polluted.xml': '<x/>', 'constructor.xml': '<x/>' } }),
    );
    expect(await extractDocument(named, limits)).toMatchObject({ ok: true, value: { text: 'Hello.' } });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a document with entities', () => {
  it('does not resolve them, so it can neither grow to gigabytes nor read a file', async () => {
    const folder = tempFolder();
    const secret = folder.put('secret.txt', 'the secret words');
    const laughs = Array.from(
      { length: 9 },
      (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
    ).join('');
    const prolog = `<!DOCTYPE d [<!ENTITY l0 "lol"><!ENTITY file SYSTEM "file://${secret}">${laughs}]>`;
    const path = folder.put('laughs.docx', wordDocument(paragraph('Sum: &l9; &file;'), { prolog }));
    const result = await extractDocument(path, limits);
    expect(result).toMatchObject({ ok: true, value: { text: 'Sum: &l9; &file;' } });
  });
});

describe('a document that refers to something outside', () => {
  it('loads nothing from the network', async () => {
    const { url, calls } = await listener();
    const folder = tempFolder();
    const paths = [
      folder.put(
        'page.html',
        `<base href="${url}"><link rel="stylesheet" href="/a.css"><script src="/b.js"></script><img src="/c.png">` +
          `<iframe src="/d"></iframe><meta http-equiv="refresh" content="0;url=${url}"><p>Words</p>`,
      ),
      folder.put('call.pdf', callingPdf(url)),
      folder.put('linked.docx', linkedPictureDocument(`${url}/picture.png`)),
      folder.put('feed.xml', `<?xml version="1.0"?><!DOCTYPE x SYSTEM "${url}/x.dtd"><x>Words</x>`),
    ];
    for (const path of paths) await extractDocument(path, limits);
    expect(calls()).toBe(0);
  });

  it('reads no other file', async () => {
    const folder = tempFolder();
    const secret = folder.put('secret.txt', 'the secret words');
    for (const target of [`file://${secret}`, secret, 'secret.txt', '../../../../etc/passwd']) {
      const result = await extractDocument(folder.put('linked.docx', linkedPictureDocument(target)), limits);
      expect(JSON.stringify(result)).not.toContain('the secret words');
      expect(JSON.stringify(result)).not.toContain('root:');
    }
  });

  it('keeps the words around a linked picture', async () => {
    const path = tempFolder().put('linked.docx', linkedPictureDocument('picture.png'));
    expect(await extractDocument(path, limits)).toMatchObject({
      ok: true,
      value: { text: 'Before the picture.\n\nAfter the picture.' },
    });
  });
});

describe('a document nested deeper than any stack', () => {
  it('is read', async () => {
    const [open, close] = ['<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>'];
    const deep = open.repeat(5_000) + paragraph('Hello.') + close.repeat(5_000);
    expect(await extractDocument(tempFolder().put('deep.docx', wordDocument(deep)), limits)).toMatchObject({
      ok: true,
      value: { text: 'Hello.' },
    });
  });
});

describe('a workbook or presentation made to do harm', () => {
  it('with a cell in its last row and column is as small as what it holds', async () => {
    const data = row(1, cell('A1', 'near')) + row(1_048_576, cell('XFD1048576', 'far'));
    const before = '<dimension ref="A1:XFD1048576"/>';
    const path = tempFolder().put('far.xlsx', packZip(workbookParts([{ name: 'A', data, before }])));
    expect(await extractDocument(path, limits)).toMatchObject({ value: { text: '## Sheet: A\n\nnear\n\n | far' } });
  });

  it('tells a far cell of a row by its address', async () => {
    const header = Array.from({ length: 80 }, (_, at) => cell(`${columnName(at + 1)}1`, `h${at}`)).join('');
    const data = row(1, header) + row(2, cell('A2', 'near') + cell('CB2', 'far'));
    const path = tempFolder().put('wide.xlsx', packZip(workbookParts([{ name: 'A', data }])));
    const result = await extractDocument(path, limits);
    expect(result.ok && result.value.text.split('\n').at(-1)).toBe('near | … | CB2: far');
  });

  it('nested without end is refused at once', async () => {
    const data = '<a>'.repeat(300_000) + '</a>'.repeat(300_000);
    const path = tempFolder().put('deep.xlsx', packZip(workbookParts([{ name: 'A', data }])));
    const started = process.cpuUsage();
    const result = await extractDocument(path, { ...limits, maxUnpackRatio: 10_000 });
    expect(result).toMatchObject({ ok: false, error: { code: 'file_damaged' } });
    expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
  });

  it('does not grow by entities', async () => {
    const strings = ['<si><t>Sum: &l9;</t></si>'];
    const parts = workbookParts([{ name: 'A', data: row(1, '<c r="A1" t="s"><v>0</v></c>') }], { strings });
    const laughs = `<!DOCTYPE s [<!ENTITY l0 "lol">${Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')}]>`;
    parts['xl/sharedStrings.xml'] = laughs + parts['xl/sharedStrings.xml'];
    const path = tempFolder().put('laughs.xlsx', packZip(parts));
    expect(await extractDocument(path, limits)).toMatchObject({ value: { text: '## Sheet: A\n\nSum: &l9;' } });
  });

  it('that shows one part over and over is measured by all of it', async () => {
    const order = Array.from({ length: 2_000 }, () => 1);
    const shapes = shape(line('words '.repeat(20)));
    const path = tempFolder().put('again.pptx', packZip(presentationParts([{ shapes }], { order })));
    expect(await extractDocument(path, { ...limits, maxUnpackedBytes: 1_000_000 })).toMatchObject({
      error: { code: 'file_too_large', params: { what: 'unpacked' } },
    });
  });
});

describe('an archive', () => {
  it('with a password is encrypted', async () => {
    const zip = packZip({ 'word/document.xml': '<x/>' });
    for (const [signature, flagsAt] of [
      ['PK\x03\x04', 6],
      ['PK\x01\x02', 8],
    ] as const) {
      zip.writeUInt16LE(1, zip.indexOf(signature) + flagsAt);
    }
    expect(await extractDocument(tempFolder().put('locked.docx', zip), limits)).toMatchObject({
      error: { code: 'file_encrypted' },
    });
  });
});
