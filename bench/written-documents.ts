/** The known texts in every format, by the writers that most documents come from. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { id, msg } from '../test/support/msg-files.ts';
import { htmlOf, type KnownText, knownTexts, textOf } from './known-texts.ts';

export interface WrittenDocument {
  readonly path: string;
  readonly text: string;
}

/** What LibreOffice is given, and what it makes of it. */
const sources = {
  html: { of: htmlOf, wordsIn: textOf, filter: 'HTML (StarWriter)', formats: ['docx', 'odt', 'rtf', 'doc', 'epub'] },
  csv: {
    of: csvOf,
    wordsIn: sheetWords,
    filter: 'Text - txt - csv (StarCalc):44,34,76',
    formats: ['xlsx', 'ods', 'xls'],
  },
  fodp: {
    of: slidesOf,
    wordsIn: textOf,
    filter: 'OpenDocument Presentation Flat XML',
    formats: ['pptx', 'odp', 'ppt'],
  },
} as const;

/** LibreOffice's names for formats that have several. */
const exports: Readonly<Record<string, string>> = {
  docx: 'docx:MS Word 2007 XML',
  doc: 'doc:MS Word 97',
  xls: 'xls:MS Excel 97',
  xlsx: 'xlsx:Calc MS Excel 2007 XML',
};

/**
 * The texts in one format; none if nothing here writes it.
 *
 * @throws if LibreOffice is missing: Debian's packages libreoffice-writer-nogui, -calc-nogui and -impress-nogui.
 */
export function writtenDocuments(format: string, folder: string): readonly WrittenDocument[] {
  const texts = knownTexts();
  if (isPlain(format)) {
    const paths = writeEach(folder, format, texts, plain[format]);
    return written(paths, texts, sent.has(format) ? (text) => `${SENDER} ${textOf(text)}` : textOf);
  }
  for (const [ending, { of, wordsIn, filter, formats }] of Object.entries(sources)) {
    if (!formats.some((each) => each === format)) continue;
    convert(writeEach(join(folder, ending), ending, texts, of), filter, exports[format] ?? format, folder);
    return written(
      texts.map(({ language }) => join(folder, `${language}.${format}`)),
      texts,
      wordsIn,
    );
  }
  return [];
}

const plain = { html: htmlOf, eml: mailOf, mbox: mailboxOf, msg: messageOf, txt: textOf };
/** Those whose sender is among their words. */
const sent: ReadonlySet<keyof typeof plain> = new Set(['eml', 'mbox'] as const);

function isPlain(format: string): format is keyof typeof plain {
  return Object.hasOwn(plain, format);
}

function written(
  paths: readonly string[],
  texts: readonly KnownText[],
  wordsIn: (text: KnownText) => string,
): readonly WrittenDocument[] {
  return texts.map((text, at) => ({ path: paths[at] ?? '', text: wordsIn(text) }));
}

function writeEach(
  folder: string,
  ending: string,
  texts: readonly KnownText[],
  of: (text: KnownText) => string | Buffer,
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return texts.map((text) => {
    const path = join(folder, `${text.language}.${ending}`);
    writeFileSync(path, of(text));
    return path;
  });
}

function convert(files: readonly string[], infilter: string, format: string, folder: string): void {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  const filters = [`--infilter=${infilter}`, '--convert-to', format, '--outdir', folder];
  execFileSync('soffice', [profile, '--headless', ...filters, ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
}

function csvOf({ blocks }: KnownText): string {
  return blocks.map(({ text }, at) => `${at + 1},"${text.replaceAll('"', '""')}"`).join('\n');
}

function sheetWords({ blocks }: KnownText): string {
  return blocks.map(({ text }, at) => `${at + 1} ${text}`).join('\n');
}

const SENDER = 'a@example.org';
const BLOCKS_A_SLIDE = 6;
const names = ['office', 'draw', 'text', 'svg', 'presentation'];

function slidesOf({ blocks }: KnownText): string {
  const spaces = names.map((name) => {
    const uri = name === 'svg' ? 'svg-compatible' : name === 'draw' ? 'drawing' : name;
    return `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${uri}:1.0"`;
  });
  const slides = Array.from({ length: Math.ceil(blocks.length / BLOCKS_A_SLIDE) }, (_, at) => {
    const lines = blocks
      .slice(at * BLOCKS_A_SLIDE, (at + 1) * BLOCKS_A_SLIDE)
      .map(({ text }) => `<text:p>${escaped(text)}</text:p>`);
    return `<draw:page><draw:frame svg:width="20cm" svg:height="12cm"><draw:text-box>${lines.join('')}</draw:text-box></draw:frame></draw:page>`;
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?><office:document ${spaces.join(' ')} office:version="1.2" ` +
    'office:mimetype="application/vnd.oasis.opendocument.presentation">' +
    `<office:body><office:presentation>${slides.join('')}</office:presentation></office:body></office:document>`
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function mailOf(text: KnownText): string {
  const body = Buffer.from(textOf(text)).toString('base64').replace(/.{76}/g, '$&\r\n');
  const headers = [`From: ${SENDER}`, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'];
  return [...headers, 'Content-Transfer-Encoding: base64', '', body, ''].join('\r\n');
}

/** A mailbox of one mail. */
function mailboxOf(text: KnownText): string {
  return `From ${SENDER} Thu Jan  1 00:00:00 2026\r\n${mailOf(text)}\r\n`;
}

/** As Outlook saves it. */
function messageOf(text: KnownText): Buffer {
  return msg([{ id: id.body, value: textOf(text) }]);
}
