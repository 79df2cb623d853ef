/** Pages, mails, books and the like of one shape each, in any size. */

import { packZip } from '../test/documents/hostile-files.ts';
import { attachment, mail, multipart, part } from '../test/support/mail-files.ts';
import { id, msg } from '../test/support/msg-files.ts';
import { each, type Grown, nested } from './grown.ts';

const html = (body: string) => Buffer.from(`<!DOCTYPE html><html><body>${body}</body></html>`);

const pageShapes: Readonly<Record<string, Grown>> = {
  'html paragraphs': (count) => html(each(count, () => '<p>x y z')),
  'html boxes in boxes': (count) => html(nested(count, '<div>', 'x', '</div>')),
  'html unclosed bold': (count) => html('<b>x '.repeat(count)),
  'html unclosed boxes': (count) => html('<div>x '.repeat(count)),
  'html unclosed links': (count) => html('<a href="#x">x '.repeat(count)),
  'html ends without beginnings': (count) => html('</b>x '.repeat(count)),
  'html ends of others in boxes': (count) => html('<div>'.repeat(count) + '</b>'.repeat(count)),
  'html tables in tables': (count) => html(nested(count, '<table><tr><td>', 'x', '</td></tr></table>')),
  'html lists in lists': (count) => html(nested(count, '<ul><li>', 'x', '</li></ul>')),
  'html ampersands': (count) => html('&'.repeat(count)),
  'html entities': (count) => html('&amp;'.repeat(count)),
  'html open tags': (count) => html('<'.repeat(count)),
  'html unclosed comments': (count) => html('<!--'.repeat(count)),
  'html unclosed scripts': (count) => html('<script>'.repeat(count)),
  'html attributes': (count) => html(`<p ${each(count, (at) => `a${at}=1 `)}>x`),
  'html styles': (count) => html(`<p style="${'color:red;'.repeat(count)}">x`),
  'html styled': (count) => html(each(count, () => '<span style="display:none">x</span>y')),
  'html hidden in hidden': (count) => html(nested(count, '<div style="display:none">', 'x', '</div>')),
  'html raised in raised': (count) => html(nested(count, '<sup>', 'x', '</sup>')),
  'html raised': (count) => html('x<sup>2</sup> '.repeat(count)),
  'html struck': (count) => html('<s>x</s> y'.repeat(count)),
  'html choices': (count) => html(`<select>${'<option>x'.repeat(count)}</select>`),
  'html choices in choices': (count) => html('<select><option>x'.repeat(count)),
  'html math': (count) => html(nested(count, '<math><mrow>', '<mi>x</mi>', '</mrow></math>')),
  'html fractions': (count) => html(`<math>${nested(count, '<mfrac><mn>', 'x', '</mn></mfrac>')}</math>`),
  'html spaces': (count) => html(`x${' '.repeat(count)}y`),
  'html spaces kept': (count) => html(`<pre>x${' '.repeat(count)}y</pre>`),
  'html no-break spaces': (count) => html(`x${'&nbsp;'.repeat(count)}y`),
  'html breaks': (count) => html(`x${'<br>'.repeat(count)}y`),
  'html reversed lists': (count) => html('<ol reversed><li>x'.repeat(count)),
  'html names': (count) => html(`<${'x'.repeat(count)}>y`),
  'html quotes': (count) => html(`<p a="${'x'.repeat(count)}`),
  'html embedded drawings': (count) => html(nested(count, '<svg><g>', 'x', '</g></svg>')),
  'html images': (count) => html('<img alt="x y">'.repeat(count)),
  'html titles': (count) => html('<title>x'.repeat(count)),
  'text lines': (count) => Buffer.from('some words\n'.repeat(count)),
  'text line': (count) => Buffer.from('word '.repeat(count)),
  'text spaces': (count) => Buffer.from(`x${' '.repeat(count)}y`),
  'text returns': (count) => Buffer.from(`x${'\r'.repeat(count)}y`),
  'text soft hyphens': (count) => Buffer.from('x\u00ad  '.repeat(count)),
  'text soft hyphens and tabs': (count) => Buffer.from(`x\u00ad${'\t'.repeat(count)}`),
  'text joiners': (count) => Buffer.from('\u200d'.repeat(count)),
  'text flags': (count) => Buffer.from('\u{1f3f4}\u{e0067}'.repeat(count)),
  'text latin-1': (count) => Buffer.from('caf\xe9 \xfc '.repeat(count), 'latin1'),
  'text japanese': (count) => Buffer.from('\x93\xfa\x96{'.repeat(count), 'latin1'),
  'text utf-16': (count) => Buffer.from('words '.repeat(count), 'utf16le'),
  'text nuls': (count) => Buffer.from('words\0'.repeat(count)),
};

const rtf = (body: string) => Buffer.from(`{\\rtf1\\ansi\\ansicpg1252\\deff0 ${body}}`, 'latin1');
const rtfShapes: Readonly<Record<string, Grown>> = {
  'rtf paragraphs': (count) => rtf('x\\par '.repeat(count)),
  'rtf groups': (count) => rtf(nested(count, '{', 'x', '}')),
  'rtf bold': (count) => rtf('{\\b x}'.repeat(count)),
  'rtf raised': (count) => rtf('x{\\super 2}'.repeat(count)),
  'rtf hexadecimal': (count) => rtf("\\'e9".repeat(count)),
  'rtf unicode': (count) => rtf('\\u233?'.repeat(count)),
  'rtf surrogates': (count) => rtf('\\u-10179?\\u-8704?'.repeat(count)),
  'rtf fonts': (count) =>
    rtf(`{\\fonttbl${each(count, (at) => `{\\f${at}\\fcharset0 Arial;}`)}}${each(count, (at) => `\\f${at} x\\'e9`)}`),
  'rtf fonts of others': (count) =>
    Buffer.from(
      `{\\rtf1\\ansi\\ansicpg1251{\\fonttbl${each(count, (at) => `{\\f${at}\\fcharset0 Arial;}`)}}${each(count, (at) => `\\f${at} x\\'e9`)}}`,
    ),
  'rtf fields': (count) => rtf('{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}'.repeat(count)),
  'rtf fields in fields': (count) => rtf(nested(count, '{\\field{\\*\\fldinst IF}{\\fldrslt ', 'x', '}}')),
  'rtf code of a field': (count) => rtf(`{\\field{\\*\\fldinst ${'x '.repeat(count)}}}`),
  'rtf footnotes': (count) => rtf('x{\\footnote \\chftn y}'.repeat(count)),
  'rtf footnotes in footnotes': (count) => rtf(nested(count, '{\\footnote x', 'y', '}')),
  'rtf headers': (count) => rtf(each(count, (at) => `{\\header Page of chapter ${at}}x\\par `)),
  'rtf rows': (count) => rtf('\\trowd\\cellx1\\cellx2\\intbl x\\cell y\\cell\\row '.repeat(count)),
  'rtf cells': (count) => rtf(`\\trowd\\intbl ${'x\\cell '.repeat(count)}\\row`),
  'rtf levels of tables': (count) => rtf(each(count, (at) => `\\intbl\\itap${at % 50} x\\nestcell `)),
  'rtf boxes': (count) => rtf('{\\shp{\\*\\shpinst{\\shptxt x\\par}}}'.repeat(count)),
  'rtf marks': (count) => rtf('{\\listtext 1.\\tab}x\\par '.repeat(count)),
  'rtf marks in a row': (count) => rtf('{\\listtext 1.\\tab}'.repeat(count)),
  'rtf picture': (count) => rtf(`{\\pict\\pngblip ${'00'.repeat(count)}}`),
  'rtf binary': (count) => rtf('\\bin0 '.repeat(count)),
  'rtf unknown words': (count) => rtf('{\\*\\unknown x}'.repeat(count)),
  'rtf long word': (count) => rtf(`\\${'x'.repeat(count)} `),
  'rtf hidden': (count) => rtf('{\\v x}y'.repeat(count)),
};

const plainPart = (text: string) => part('text/plain; charset=utf-8', text);
const mailShapes: Readonly<Record<string, Grown>> = {
  'mail lines': (count) => mail([], plainPart('some words\r\n'.repeat(count))),
  'mail line': (count) => mail([], plainPart('word '.repeat(count))),
  'mail flowed lines': (count) => mail([], part('text/plain; format=flowed', '> some words \r\n'.repeat(count))),
  'mail quotes': (count) => mail([], part('text/plain; format=flowed', `${'>'.repeat(count)} x\r\n`)),
  'mail base64': (count) => mail([], part('text/plain; charset=utf-8', 'some words\n'.repeat(count), 'base64')),
  'mail quoted-printable': (count) =>
    mail([], part('text/plain; charset=utf-8', '=C3=A9=\r\n'.repeat(count), 'quoted-printable')),
  'mail equals signs': (count) => mail([], part('text/plain; charset=utf-8', '='.repeat(count), 'quoted-printable')),
  'mail trailing spaces': (count) =>
    mail([], part('text/plain; charset=utf-8', `x${' '.repeat(count)}y`, 'quoted-printable')),
  'mail headers': (count) =>
    mail(
      each(count, (at) => `X-H${at}: y\n`)
        .trim()
        .split('\n')
        .concat('Subject: S'),
      plainPart('x'),
    ),
  'mail folded header': (count) => mail([`Subject: S${'\r\n x'.repeat(count)}`], plainPart('x')),
  'mail encoded words': (count) => mail([`Subject: ${'=?utf-8?q?x=C3=A9?= '.repeat(count)}`], plainPart('x')),
  'mail broken encoded words': (count) => mail([`Subject: ${'=?utf-8?q?'.repeat(count)}`], plainPart('x')),
  'mail recipients': (count) =>
    mail([`To: ${each(count, (at) => `"N ${at}" <n${at}@example.org>, `)}`, 'Subject: S'], plainPart('x')),
  'mail quotes in recipients': (count) => mail([`To: ${'"'.repeat(count)}`, 'Subject: S'], plainPart('x')),
  'mail groups of recipients': (count) => mail([`To: ${'a:'.repeat(count)}`, 'Subject: S'], plainPart('x')),
  'mail brackets in recipients': (count) => mail([`To: ${'(<'.repeat(count)}`, 'Subject: S'], plainPart('x')),
  'mail parameters': (count) =>
    mail([`Content-Type: text/plain; ${each(count, (at) => `a*${at}=x; `)}`, 'Subject: S'], Buffer.from('\r\nx')),
  'mail parts': (count) => mail([], multipart('mixed', ...Array.from({ length: count }, () => plainPart('x')))),
  'mail attachments': (count) =>
    mail(
      [],
      multipart(
        'mixed',
        plainPart('x'),
        ...Array.from({ length: count }, (_, at) => attachment(`a${at}.txt`, `t${at}`)),
      ),
    ),
  'mail page': (count) => mail([], part('text/html', '<p>x</p>'.repeat(count))),
  'mail alternatives': (count) =>
    mail(
      [],
      multipart(
        'alternative',
        plainPart('some words\n'.repeat(count)),
        part('text/html', '<p>some words</p>'.repeat(count)),
      ),
    ),
  'mbox mails': (count) =>
    Buffer.from('From a@b Tue Mar  4 10:15:00 2025\nFrom: a@b\nSubject: s\n\nx\n\n'.repeat(count)),
  'mbox lines': (count) =>
    Buffer.from(`From a@b Tue Mar  4 10:15:00 2025\nFrom: a@b\nSubject: s\n\n${'From x\n>From y\n'.repeat(count)}`),
  'msg recipients': (count) =>
    msg(
      [
        { id: id.subject, value: 'S' },
        { id: id.body, value: 'x' },
      ],
      {
        recipients: Array.from({ length: Math.min(count, 2_000) }, (_, at) => [
          { id: id.displayName, value: `n${at}` },
        ]),
      },
    ),
  'msg body': (count) =>
    msg([
      { id: id.subject, value: 'S' },
      { id: id.body, value: 'some words\r\n'.repeat(count) },
    ]),
};

const bookParts = (items: string, spine: string, parts: Record<string, string>) =>
  packZip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
    'book.opf': `<package xmlns="http://www.idpf.org/2007/opf"><manifest>${items}</manifest><spine>${spine}</spine></package>`,
    ...parts,
  });
const chapter = '<html><body><p>x</p></body></html>';
const chapterItem = (at: number) => `<item id="c${at}" href="c${at}.xhtml" media-type="application/xhtml+xml"/>`;
const bookShapes: Readonly<Record<string, Grown>> = {
  'epub chapters': (count) => {
    const chapters = Math.min(count, 4_900);
    const files = Object.fromEntries(Array.from({ length: chapters }, (_, at) => [`c${at}.xhtml`, chapter]));
    return bookParts(
      each(chapters, chapterItem),
      each(chapters, (at) => `<itemref idref="c${at}"/>`),
      files,
    );
  },
  'epub one chapter over and over': (count) =>
    bookParts(chapterItem(0), '<itemref idref="c0"/>'.repeat(count), { 'c0.xhtml': chapter }),
  'epub contents': (count) =>
    bookParts(`${chapterItem(0)}<item id="nav" href="nav.xhtml" properties="nav"/>`, '<itemref idref="c0"/>', {
      'c0.xhtml': chapter,
      'nav.xhtml': `<html><body><nav epub:type="toc"><ol>${each(count, (at) => `<li><a href="c0.xhtml#${at}">T</a></li>`)}</ol></nav></body></html>`,
    }),
  'epub contents in contents': (count) =>
    bookParts(`${chapterItem(0)}<item id="nav" href="nav.xhtml" properties="nav"/>`, '<itemref idref="c0"/>', {
      'c0.xhtml': chapter,
      'nav.xhtml': `<html><body><nav epub:type="toc">${nested(Math.min(count, 6_000), '<ol><li>', '<a href="c0.xhtml">T</a>', '</li></ol>')}</nav></body></html>`,
    }),
  'epub creators': (count) =>
    bookParts(
      `${chapterItem(0)}${'<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">A</dc:creator>'.repeat(count)}`,
      '<itemref idref="c0"/>',
      { 'c0.xhtml': chapter },
    ),
};

export const textShapes: Readonly<Record<string, Grown>> = {
  ...pageShapes,
  ...rtfShapes,
  ...mailShapes,
  ...bookShapes,
};
