/**
 * The reader as it is bundled into the app, beside its sources: a bundler may wrap a library so that it no longer works,
 * which tests of the sources do not see.
 */
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import { expect, it, onTestFinished } from 'vitest';
import { extractDocument } from '../../src/main/documents/extract-document.ts';
import { createExtractor } from '../../src/main/documents/extractor.ts';
import { defaultExtractLimits } from '../../src/main/documents/limits.ts';
import { writeCorpus } from '../support/corpus.ts';
import { attachment, mail, multipart, part } from '../support/mail-files.ts';
import { id, msg } from '../support/msg-files.ts';
import { packZip } from './hostile-files.ts';
import { odfParts, p } from './odf/odf-parts.ts';
import { presentation } from './ppt/ppt-file.ts';
import { tempFolder } from './temp-folder.ts';

const builtWorker = pathToFileURL(join(import.meta.dirname, '../../out/main/extract-worker.js'));
const ownFiles = join(import.meta.dirname, 'files');

function builtExtractor() {
  const extractor = createExtractor({ workerUrl: builtWorker, threads: 1 });
  onTestFinished(() => extractor.close());
  return extractor;
}

const letter = mail(
  ['Subject: Costs'],
  multipart('mixed', part('text/plain; charset=utf-8', 'They rose.'), attachment('costs.txt', 'Ten.')),
);

/** Files of the formats that neither the corpus nor the folder of files has. */
function furtherFiles(): Readonly<Record<string, string | Buffer>> {
  const old = utils.book_new();
  utils.book_append_sheet(old, utils.aoa_to_sheet([['Budget', 12]]), 'A');
  return {
    'old.xls': Buffer.from(write(old, { type: 'buffer', bookType: 'biff8' })),
    'old.ppt': presentation([{ title: 'Plan', boxes: ['Three cranes'], notes: 'Say why.' }]),
    'open.odt': packZip(odfParts('text', p('Minutes of May'))),
    'saved.msg': msg([
      { id: id.subject, value: 'Costs' },
      { id: id.body, value: 'They rose.' },
    ]),
    'letter.eml': letter,
    'letters.mbox': Buffer.concat([Buffer.from('From a@b Mon Mar  3 09:12:00 2025\n'), letter, Buffer.from('\n')]),
    'letter.rtf': String.raw`{\rtf1\ansi {\b Costs} rose by 4 \'80.}`,
    'book.epub': packZip({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml':
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>' +
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
      'book.opf':
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>' +
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
      'a.xhtml': '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>First chapter.</p></body></html>',
    }),
  };
}

it('reads every format exactly as its sources do', async () => {
  const folder = tempFolder();
  const { good, bad } = await writeCorpus(join(folder.path, 'corpus'));
  const files = [...good, ...bad.map(({ path }) => path)];
  for (const name of readdirSync(ownFiles)) {
    copyFileSync(join(ownFiles, name), join(folder.path, name));
    files.push(join(folder.path, name));
  }
  for (const [name, content] of Object.entries(furtherFiles())) files.push(folder.put(name, content));
  const extractor = builtExtractor();

  const formats = new Set<string>();
  for (const path of files) {
    const [built, own] = [await extractor.extract(path), await extractDocument(path, defaultExtractLimits)];
    expect({ path, result: built }).toEqual({ path, result: own });
    if (built.ok) formats.add(built.value.format);
  }
  const offices = 'doc docx odp ods odt ppt pptx rtf xls xlsx';
  expect([...formats].sort()).toEqual(
    `code config csv eml epub html json log markdown mbox msg pdf png text xml yaml ${offices}`.split(' ').sort(),
  );
});

it.each([
  ['packed.zip', packZip({ 'costs.txt': 'Ten.' })],
  ['letter.eml', letter],
  ['costs.txt.gz', gzipSync('Ten.')],
])('opens %s and reads what is inside', async (name, bytes) => {
  const path = tempFolder().put(name, bytes);
  const extractor = builtExtractor();
  const listing = await extractor.list(path);
  expect(listing).toMatchObject({ ok: true, value: { members: [{ name: 'costs.txt' }] } });
  expect(await extractor.extract(path, { inside: ['costs.txt'] })).toMatchObject({ ok: true, value: { text: 'Ten.' } });
});
