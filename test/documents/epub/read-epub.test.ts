import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { packZip } from '../hostile-files.ts';
import { languages } from '../languages.ts';
import { tempFolder } from '../temp-folder.ts';

interface Item {
  readonly id: string;
  readonly href: string;
  readonly type?: string;
  readonly properties?: string;
}

const page = (body: string) =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The Book</title></head><body>${body}</body></html>`;

/** A book of the given parts, whose package lists the items and reads them in the order of the ids. */
function book(
  items: readonly Item[],
  spine: readonly string[],
  parts: Readonly<Record<string, string>>,
  folder = '',
): Buffer {
  const manifest = items
    .map(
      ({ id, href, type = 'application/xhtml+xml', properties = '' }) =>
        `<item id="${id}" href="${href}" media-type="${type}" properties="${properties}"/>`,
    )
    .join('');
  const files = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>' +
      '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'OPS/book.opf':
      '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>' +
      '<dc:title>The Book</dc:title><dc:creator>Ana Silva</dc:creator><dc:creator>Ola Berg</dc:creator></metadata>' +
      `<manifest>${manifest}</manifest><spine>${spine.map((id) => `<itemref idref="${id}"/>`).join('')}</spine></package>`,
    ...parts,
  };
  return packZip(Object.fromEntries(Object.entries(files).map(([path, content]) => [folder + path, content])));
}

async function read(bytes: Buffer) {
  const result = await extractDocument(tempFolder().put('book.epub', bytes), defaultExtractLimits);
  if (!result.ok) throw new Error(problemSentence(result.error));
  const { text, format, places, notes } = result.value;
  return { text, format, places, notes: notes.map(noteWords) };
}

const head = 'Title: The Book\nAuthor: Ana Silva, Ola Berg\n\n';
const two = [
  { id: 'a', href: 'a.xhtml' },
  { id: 'b', href: 'text/b%20b.xhtml' },
];
const twoParts = { 'OPS/a.xhtml': page('<p>First.</p>'), 'OPS/text/b b.xhtml': page('<h1>Two</h1><p>Second.</p>') };

describe('a book', () => {
  it('is its documents in reading order, whatever their order in the file, each with the title of its chapter', async () => {
    const contents = page(
      '<nav epub:type="toc"><ol><li><a href="text/b%20b.xhtml#top">Chapter <i>two</i></a></li><li><a href="a.xhtml">Foreword</a></li></ol></nav>',
    );
    const items = [...two, { id: 'nav', href: 'nav.xhtml', properties: 'nav' }];
    const { text, format, places } = await read(book(items, ['b', 'a'], { ...twoParts, 'OPS/nav.xhtml': contents }));
    expect(text).toBe(`${head}Two\n\nSecond.\n\nFirst.`);
    expect(format).toBe('epub');
    expect(places).toEqual({
      unit: 'chapter',
      starts: [0, text.indexOf('First.')],
      names: ['Chapter two', 'Foreword'],
    });
  });

  it('that has its contents among its documents has them without numbers, and its other lists with them', async () => {
    const list = '<ol><li>Oak</li><li>Beech</li></ol>';
    const items = [...two, { id: 'nav', href: 'nav.xhtml', properties: 'nav' }];
    const parts = { ...twoParts, 'OPS/nav.xhtml': page(`<nav epub:type="toc">${list}</nav>${list}`) };
    const { text } = await read(book(items, ['nav', 'a'], parts));
    expect(text).toBe(`${head}- Oak\n- Beech\n\n1. Oak\n2. Beech\n\nFirst.`);
  });

  it('of the older kind has its titles from its map; a chapter without one is named by its first words', async () => {
    const map =
      '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Foreword</text></navLabel>' +
      '<content src="a.xhtml#p1"/></navPoint></navMap></ncx>';
    const items = [...two, { id: 'ncx', href: 'toc.ncx', type: 'application/x-dtbncx+xml' }];
    const { places } = await read(book(items, ['a', 'b'], { ...twoParts, 'OPS/toc.ncx': map }));
    expect(places?.names).toEqual(['Foreword', 'Two']);
  });

  it('has a document once, although it is listed by each of its sections, or over and over', async () => {
    const items = Array.from({ length: 12 }, (_, at) => ({ id: `s${at}`, href: `a.xhtml#s${at}` }));
    const spine = Array.from({ length: 20_000 }, (_, at) => `s${at % 12}`);
    expect((await read(book(items, spine, twoParts))).text).toBe(`${head}First.`);
  });

  it('has its footnotes, and what is to be read apart from the rest', async () => {
    const notes = page(
      '<p>A claim.<a epub:type="noteref" href="#n1"><sup>1</sup></a></p><aside epub:type="footnote" id="n1">1. Its source.</aside>',
    );
    const { text } = await read(book(two, ['a', 'b'], { ...twoParts, 'OPS/a.xhtml': notes }));
    expect(text).toContain('A claim.[1]\n\n1. Its source.');
  });

  it('has all words of 22 languages', async () => {
    const items = Object.keys(languages).map((name) => ({ id: name, href: `${name}.xhtml` }));
    const parts = Object.entries(languages).map(([name, text]) => [`OPS/${name}.xhtml`, page(`<p>${text}</p>`)]);
    const { text, places } = await read(
      book(
        items,
        items.map(({ id }) => id),
        Object.fromEntries(parts),
      ),
    );
    for (const article of Object.values(languages)) expect(text).toContain(article);
    expect(places?.starts).toHaveLength(22);
  });

  it('says what is missing or drawn', async () => {
    const items = [...two, { id: 'c', href: 'c.svg', type: 'image/svg+xml' }];
    const cover = page('<svg:svg><svg:image href="cover.jpg"/></svg:svg>');
    const { notes } = await read(
      book(items, ['c', 'a', 'b'], { 'OPS/a.xhtml': page('<p>Text.</p>'), 'OPS/c.svg': cover }),
    );
    expect(notes).toEqual([
      '1 part that this book lists is not in the file.',
      '1 large image was not read; if it contains text, that text is missing.',
    ]);
  });

  it('has the words of its drawings, on pages of their own, too', async () => {
    const drawing = (words: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg"><title>t</title><text>${words}</text></svg>`;
    const items = [
      { id: 'a', href: 'a.xhtml' },
      { id: 'c', href: 'c.svg', type: 'image/svg+xml' },
    ];
    const parts = { ...twoParts, 'OPS/a.xhtml': page(drawing('In the page')), 'OPS/c.svg': drawing('A page') };
    const { text, notes } = await read(book(items, ['c', 'a'], parts));
    expect(text).toBe(`${head}A page\n\nIn the page`);
    expect(notes).toEqual([]);
  });

  it('has what links lead to outside its reading order at the end, marked, and counts what is not reached', async () => {
    const items = [
      { id: 'a', href: 'a.xhtml' },
      ...['notes', 'table', 'map', 'lost', 'locked'].map((id) => ({ id, href: `text/${id}.xhtml` })),
      { id: 'nav', href: 'nav.xhtml', properties: 'nav' },
    ];
    const parts = {
      ...twoParts,
      'OPS/nav.xhtml': page('<nav><a href="a.xhtml">Foreword</a><a href="text/map.xhtml">The map</a></nav>'),
      'OPS/a.xhtml': page(
        '<p>First.<a epub:type="noteref" href="text/notes.xhtml#n1">1</a> <a href="https://a.example/x">x</a></p>',
      ),
      'OPS/text/notes.xhtml': page(
        '<p id="n1">A note. <a href="../a.xhtml">Back</a> <a href="table.xhtml">Table</a> <a href="locked.xhtml">L</a></p>',
      ),
      'OPS/text/table.xhtml': page('<table><tr><td>1</td><td>2</td></tr></table>'),
      'OPS/text/map.xhtml': page('<p>Places.</p>'),
      'OPS/text/lost.xhtml': page('<p>Lost.</p>'),
      'OPS/text/locked.xhtml': page('<p>Locked.</p>'),
      'META-INF/encryption.xml':
        '<encryption><EncryptedData><CipherData><CipherReference URI="OPS/text/locked.xhtml"/></CipherData></EncryptedData></encryption>',
    };
    const { text, places, notes } = await read(book(items, ['a'], parts));
    const mark = '[Outside the reading order]\n\n';
    expect(text).toBe(`${head}First.1 x\n\n${mark}A note. Back Table L\n\n${mark}Places.\n\n${mark}1 | 2`);
    expect(places?.names).toEqual(['Foreword', 'A note. Back Table L', 'The map', '1 | 2']);
    expect(notes).toEqual(['2 documents outside the reading order of this book were not read.']);
  });

  it('of pictures has no text', async () => {
    const comic = book(two, ['a'], { 'OPS/a.xhtml': page('<img src="1.jpg"/>') });
    await expect(read(comic)).rejects.toThrow('This document contains images and no text.');
  });

  it('that is packed with its folder is read, and says so if it is protected', async () => {
    expect((await read(book(two, ['a', 'b'], twoParts, 'epub/'))).text).toBe(`${head}First.\n\nTwo\n\nSecond.`);
    const encryption =
      '<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>';
    const locked = book(two, ['a'], { ...twoParts, 'META-INF/encryption.xml': encryption }, 'epub/');
    await expect(read(locked)).rejects.toThrow('copy-protected (DRM)');
  });

  it('that is protected says so, unless only its fonts are', async () => {
    const protection = (algorithm: string, path: string) =>
      '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">' +
      `<enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/>` +
      `<enc:CipherData><enc:CipherReference URI="${path}"/></enc:CipherData></enc:EncryptedData></encryption>`;
    const locked = (algorithm: string, path: string) =>
      book(two, ['a'], { ...twoParts, 'META-INF/encryption.xml': protection(algorithm, path) });
    await expect(read(locked('http://www.w3.org/2001/04/xmlenc#aes256-cbc', 'OPS/a.xhtml'))).rejects.toThrow(
      'copy-protected (DRM)',
    );
    expect((await read(locked('http://www.idpf.org/2008/embedding', 'OPS/font.otf'))).text).toContain('First.');
  });

  it('without its package, or with a damaged one, is damaged', async () => {
    const empty = packZip({ 'META-INF/container.xml': '<container/>' });
    await expect(read(empty)).rejects.toThrow('This document is damaged');
    await expect(read(book([], [], { 'OPS/book.opf': '<package><manifest>' }))).rejects.toThrow(
      'This document is damaged',
    );
  });
});
