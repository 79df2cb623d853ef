import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { docx, pngImage } from '../../support/corpus.ts';
import { attachment, mail, multipart, part } from '../../support/mail-files.ts';
import { paragraph, wordDocument } from '../hostile-files.ts';
import { tempFolder } from '../temp-folder.ts';

async function read(bytes: string | Buffer, name = 'mail.eml') {
  const result = await extractDocument(tempFolder().put(name, bytes), defaultExtractLimits);
  if (!result.ok) throw new Error(problemSentence(result.error));
  const { text, format, places, notes } = result.value;
  return { text, format, places, notes: notes.map(noteWords) };
}

async function problemOf(bytes: string | Buffer, name = 'mail.eml') {
  const result = await extractDocument(tempFolder().put(name, bytes), defaultExtractLimits);
  if (result.ok) throw new Error('It was read.');
  return result.error;
}

describe('a mail that is saved as .msg', () => {
  it('is read as a mail although it is older than MIME', async () => {
    const { text, format } = await read(
      'Return-Path: <>\nFrom: a@example.org\nSubject: Away\n\nUntil May.\n',
      'away.msg',
    );
    expect(format).toBe('eml');
    expect(text).toBe('From: a@example.org\nSubject: Away\n\nUntil May.');
  });
});

describe('a text that is there once more as rich text', () => {
  it('is read once', async () => {
    const rich = part('application/rtf', '{\\rtf1 Hello, Ola.}', 'base64');
    const { text } = await read(mail([], multipart('alternative', part('text/plain', 'Hello, Ola.'), rich)));
    expect(text).toBe('Subject: Test\n\nHello, Ola.');
  });

  it('is read if it is the only one', async () => {
    const rich = part('application/rtf', '{\\rtf1 Hello, Ola.}', 'base64');
    expect((await read(mail([], multipart('alternative', rich)))).text).toContain('Hello, Ola.');
  });
});

const bodyOf = async (bytes: string | Buffer) => (await read(bytes)).text.split('\n\n').slice(1).join('\n\n');

describe('a mail', () => {
  it('is its headers in lines, the date with its zone, and its text', async () => {
    const { text, format, places } = await read(
      mail(
        [
          'Received: from a by b; Tue, 4 Mar 2025 10:15:02 +0100',
          'From: =?iso-8859-1?Q?Ana_Garc=EDa?= <ana@example.org>',
          'To: "Berg, Ola" <ola@example.org>, Sales: a@example.org, b@example.org;',
          'Cc: c@example.org',
          'Date: Tue, 4 Mar 2025 10:15:00 +0100 (CET)',
          'Subject: =?utf-8?B?QnVkZ2V0IOKCrA==?= 2025',
        ],
        part('text/plain; charset=utf-8', 'We agreed on 400 €.\n\n> What did you agree on?\n\n-- \nAna'),
      ),
    );
    expect(text).toBe(
      'From: Ana García <ana@example.org>\n' +
        'To: Berg, Ola <ola@example.org>, Sales: a@example.org, b@example.org;\n' +
        'Cc: c@example.org\n' +
        'Date: 2025-03-04T10:15:00+01:00\n' +
        'Subject: Budget € 2025\n\n' +
        'We agreed on 400 €.\n\n> What did you agree on?\n\n-- \nAna',
    );
    expect(format).toBe('eml');
    expect(places).toEqual({ unit: 'message', starts: [0], names: ['Budget € 2025'] });
  });

  it('is known by its headers, whatever its name', async () => {
    const bytes = mail([], part('text/plain', 'Hello.', 'base64'));
    expect(await read(bytes, 'saved.txt')).toMatchObject({ format: 'eml', text: expect.stringContaining('Hello.') });
  });

  it.each([
    ['2 Jan 99 08:05 EST', '1999-01-02T08:05:00-05:00'],
    ['Thu, 13 Feb 2020 23:59:59 -0000', '2020-02-13T23:59:59Z'],
    ['tomorrow', 'tomorrow'],
  ])('of %s has the date %s', async (written, expected) => {
    const { text } = await read(mail([`Date: ${written}`], part('text/plain', 'Hello.')));
    expect(text).toContain(`Date: ${expected}\n`);
  });

  it('in two versions is read in plain text if that says as much, else as the page', async () => {
    const page = part('text/html', '<p>Prices</p><table><tr><td>Oak</td><td>40</td></tr></table>');
    const whole = multipart('alternative', part('text/plain', 'Prices: Oak 40'), page);
    expect(await bodyOf(mail([], whole))).toBe('Prices: Oak 40');
    const part1 = part('text/plain', 'Your program cannot show this mail.');
    expect(await bodyOf(mail([], multipart('alternative', part1, page)))).toBe('Prices\n\nOak | 40');
  });

  it('of several texts is read in their order', async () => {
    const parts = multipart(
      'mixed',
      part('text/plain', 'First.'),
      multipart('related', part('text/html', '<p>Second.</p>'), part('image/png', 'x', 'base64', ['Content-ID: <a>'])),
      part('text/plain', 'Third.'),
    );
    expect(await bodyOf(mail([], parts))).toBe('First.\n\nSecond.\n\nThird.');
  });

  it('whose lines flow has its paragraphs, quoted ones, too', async () => {
    const flowed = 'The board has \ndecided.\n\n> Has the board \n> decided?\n>> It \n>> will.\n-- \nAna';
    expect(await bodyOf(mail([], part('text/plain; format=flowed', flowed)))).toBe(
      'The board has decided.\n\n> Has the board decided?\n>> It will.\n-- \nAna',
    );
    const split = part('text/plain; format=flowed; delsp=yes', '新製品の発 \n売時期');
    expect(await bodyOf(mail([], split))).toBe('新製品の発売時期');
  });
});

describe('a mail in a wrong or rare encoding', () => {
  it.each<readonly [string, string, Buffer, string]>([
    ['UTF-8 called Latin-1', 'iso-8859-1', Buffer.from('Grüße aus Köln'), 'Grüße aus Köln'],
    ['UTF-8 called ASCII', 'us-ascii', Buffer.from('Grüße aus Köln'), 'Grüße aus Köln'],
    [
      'Latin-1 called UTF-8',
      'utf-8',
      Buffer.from('Viele Grüße aus Köln, bis nächste Woche', 'latin1'),
      'Grüße aus Köln',
    ],
    ['Japanese in 7 bits', 'iso-2022-jp', Buffer.from('\x1b$B@=IJ\x1b(B'), '製品'],
    ['Chinese that could be UTF-8', 'gb2312', Buffer.from('c1aacda8', 'hex'), '联通'],
    ['UTF-7', 'utf-7', Buffer.from('Gr+APw-n'), 'Grün'],
    ['a DOS code page', 'cp850', Buffer.from('Gr\x81n', 'latin1'), 'Grün'],
    ['an encoding that does not exist', 'x-unknown', Buffer.from('Grüße'), 'Grüße'],
  ])('is read: %s', async (_name, charset, bytes, expected) => {
    const body = part(`text/plain; charset=${charset}`, bytes, 'base64');
    expect(await bodyOf(mail([], body))).toContain(expected);
  });

  it('has its subject, although a letter is split between two encoded words', async () => {
    const letters = Buffer.from('製品');
    const words = [letters.subarray(0, 4), letters.subarray(4)].map(
      (one) => `=?UTF-8?Q?${[...one].map((b) => `=${b.toString(16).toUpperCase().padStart(2, '0')}`).join('')}?=`,
    );
    const { text } = await read(mail([`Subject: ${words.join('\r\n ')}`], part('text/plain', 'x')));
    expect(text).toContain('Subject: 製品\n');
  });

  it('has its headers, although they are in the encoding of the text and not encoded', async () => {
    const bytes = Buffer.from(
      mail(['Subject: Grüße'], part('text/plain; charset=iso-8859-1', 'Hello.')).toString(),
      'latin1',
    );
    expect((await read(bytes)).text).toContain('Subject: Grüße\n');
  });
});

describe('what is attached to a mail', () => {
  it('is read with it, each in its place', async () => {
    const minutes = await docx('press-release.txt');
    const forwarded = mail(
      ['Subject: Offer'],
      multipart('mixed', part('text/plain', 'See below.'), attachment('price.csv', 'Oak,40')),
    );
    const { text, places, notes } = await read(
      mail(
        ['Subject: Both'],
        multipart(
          'mixed',
          part('text/plain', 'Two things.'),
          attachment('minutes.docx', minutes),
          part('message/rfc822', forwarded, '7bit'),
        ),
      ),
    );
    expect(text).toContain('Attachments: minutes.docx, unnamed.eml\n');
    expect(places?.names).toEqual(['Both', 'minutes.docx', 'unnamed.eml', 'price.csv']);
    expect(places?.starts.map((start) => text.slice(start).split('\n')[0])).toEqual([
      'Subject: Both',
      '[Attachment] minutes.docx',
      '[Attachment] unnamed.eml',
      '[Attachment] price.csv',
    ]);
    expect(text).toContain('[Attachment] unnamed.eml\n\nSubject: Offer\nAttachments: price.csv\n\nSee below.');
    expect(text.endsWith('[Attachment] price.csv\n\nOak,40')).toBe(true);
    expect(notes).toEqual([]);
  });

  it('is named if it was not read, with the reason, and so is what was lost in it', async () => {
    const deleted = wordDocument(
      `${paragraph('Kept.')}<w:p><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>`,
    );
    const { notes } = await read(
      mail(
        [],
        multipart(
          'mixed',
          part('text/plain', 'Hello.'),
          attachment('photo.png', pngImage(8, 8)),
          attachment('winmail.dat', Buffer.from('789f3e22', 'hex')),
          attachment('draft.docx', deleted),
          attachment('empty.txt', ''),
        ),
      ),
    );
    expect(notes).toEqual([
      '“draft.docx”: Text deleted in tracked changes was left out.',
      '2 attachments were not read. “photo.png”: This contains 1 page image and no text; images inside another document are not recognised. ' +
        '“winmail.dat”: This is a package that only Outlook opens (winmail.dat), which Docket does not read.',
    ]);
  });

  it('is read once if it is there twice: an invitation to answer and to keep', async () => {
    const invitation = 'BEGIN:VCALENDAR\nSUMMARY:Board\nEND:VCALENDAR';
    const { text } = await read(
      mail(
        [],
        multipart(
          'mixed',
          multipart('alternative', part('text/plain', 'Board'), part('text/calendar; method=REQUEST', invitation)),
          attachment('invite.ics', invitation),
        ),
      ),
    );
    expect(text.split('SUMMARY:Board')).toHaveLength(2);
  });

  it('has the name that its header gives it, in any form', async () => {
    const names = [
      "filename*=UTF-8''%E2%82%AC%20rates.txt",
      'filename*0="rates-"; filename*1="2025.txt"',
      'filename="=?utf-8?B?4oKsLnR4dA==?="',
    ].map((name) => part('text/plain', name, '7bit', [`Content-Disposition: attachment; ${name}`]));
    const { places } = await read(mail([], multipart('mixed', ...names)));
    expect(places?.names?.slice(1)).toEqual(['€ rates.txt', 'rates-2025.txt', '€.txt']);
  });
});

describe('a mail that is signed in one piece', () => {
  const element = (tag: number, ...content: readonly Buffer[]) => {
    const bytes = Buffer.concat(content);
    return Buffer.concat([Buffer.from([tag, 0x83, bytes.length >> 16, bytes.length >> 8, bytes.length]), bytes]);
  };
  /** Of no stated length, as programs write what they do not have whole. */
  const open = (tag: number, ...content: readonly Buffer[]) =>
    Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.alloc(2)]);
  const kind = (last: number) => Buffer.from([0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]);
  const version = Buffer.from([2, 1, 1]);
  const algorithms = Buffer.from([0x31, 0]);
  const signed = (of: typeof element, octets: Buffer) =>
    of(0x30, kind(2), of(0xa0, of(0x30, version, algorithms, of(0x30, kind(1), of(0xa0, octets)))));
  const piece = (text: string) => element(0x04, Buffer.from(text));
  const type = (name: string) => `application/pkcs7-mime; smime-type=signed-data; name=${name}`;
  const inside = 'Content-Type: text/plain; charset=utf-8\r\n\r\nThe contract f\u00fcr May.';

  it.each([
    ['of stated lengths', signed(element, piece(inside))],
    ['of open lengths, in pieces', signed(open, open(0x24, piece(inside.slice(0, 50)), piece(inside.slice(50))))],
  ])('is read: %s', async (_name, bytes) => {
    const { text } = await read(mail([], part(type('smime.p7m'), bytes, 'base64')));
    expect(text).toContain('The contract für May.');
  });

  it('has a document that was signed by itself as an attachment', async () => {
    const file = part(type('offer.txt.p7m'), signed(element, piece('Offer of May')), 'base64', [
      'Content-Disposition: attachment; filename="offer.txt.p7m"',
    ]);
    const { text } = await read(mail([], multipart('mixed', part('text/plain', 'See below'), file)));
    expect(text).toContain('See below');
    expect(text).toContain('offer.txt');
    expect(text).not.toContain('p7m');
  });

  it('that is cut off anywhere is encrypted or damaged, never a fault', async () => {
    const whole = signed(open, open(0x24, piece(inside)));
    for (let length = 0; length < whole.length; length += 7) {
      const cut = mail([], part(type('smime.p7m'), whole.subarray(0, length), 'base64'));
      expect(await problemOf(cut)).toMatchObject({ code: 'file_encrypted' });
    }
  });
});

describe('a mail that is encrypted', () => {
  it.each([
    ['S/MIME', part('application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'MIIB', 'base64')],
    [
      'PGP',
      multipart('encrypted', part('application/pgp-encrypted', 'Version: 1'), part('application/octet-stream', 'x')),
    ],
    ['PGP in its text', part('text/plain', '-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n')],
  ])('by %s says so', async (_name, body) => {
    const problem = await problemOf(mail(['Subject: Secret'], body));
    expect(problemSentence(problem)).toContain('This mail is encrypted (S/MIME or PGP).');
  });

  it('is read if it is only signed', async () => {
    const signed = multipart(
      'signed',
      part('text/plain', 'I agree.'),
      part('application/pkcs7-signature; name=smime.p7s', 'MIIB', 'base64'),
    );
    expect(await read(mail([], signed))).toMatchObject({ text: expect.stringContaining('I agree.') });
  });
});

describe('a mailbox', () => {
  it('whose separators say neither who sent a mail nor when has them all', async () => {
    const one = 'From - \nFrom: a@example.org\nSubject: One\n\nFirst.\nFrom - \nnot a mail\n\n';
    const { text, format } = await read(`${one}From -\r\nSubject: Two\r\n\r\nSecond.\r\n`, 'inbox');
    expect(format).toBe('mbox');
    expect(text).toMatch(/Subject: One\n\nFirst\.\nFrom - ?\nnot a mail\n.*Subject: Two\n\nSecond\./s);
  });

  it('whose program leaves no empty line between mails has them all', async () => {
    const one = mail(
      ['From: a@example.org', 'Subject: One'],
      multipart('mixed', part('text/plain', 'First.')),
    ).toString();
    const line = 'From a@example.org Sat Feb  6 23:42:23 2010\n';
    const { text } = await read(
      `${line}${one.trimEnd()}\n${line}From: b@example.org\nSubject: Two\n\nSecond.\n`,
      'inbox',
    );
    expect(text).toContain('First.');
    expect(text).toContain('Second.');
  });

  const from = 'From ana@example.org Tue Mar  4 10:15:00 2025\n';
  const mailOf = (subject: string, body: string) => `${from}Subject: ${subject}\n\n${body}\n\n`;

  it('is its mails one after another, each in its place', async () => {
    const mailbox = mailOf('One', 'First.\n>From here on.\nFrom there on 10:15 in 2025') + mailOf('', 'Second.');
    const { text, format, places } = await read(mailbox, 'inbox');
    expect(text).toBe('Subject: One\n\nFirst.\nFrom here on.\nFrom there on 10:15 in 2025\n\nSecond.');
    expect(format).toBe('mbox');
    expect(places).toEqual({ unit: 'message', starts: [0, text.indexOf('Second.')], names: ['One', 'No subject'] });
  });

  it('names the mails that were not read', async () => {
    let nested = part('text/plain', 'Deep.');
    for (let level = 0; level < 200; level += 1) nested = multipart('mixed', nested);
    const damaged = `${from}${mail(['Subject: Deep'], nested)}\n\n`;
    const secret = mailOf('Secret', '-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----');
    const { notes } = await read(damaged + secret + mailOf('Open', 'Hello.'), 'inbox.mbox');
    expect(notes).toEqual([
      '2 mails were not read. “mail 1”: The parts of this mail cannot be told apart: it is damaged, or made to do harm. ' +
        '“Secret”: This mail is encrypted (S/MIME or PGP).',
    ]);
  });

  it('of 20,000 mails is read', async () => {
    const { places } = await read(mailOf('One', 'Hello.').repeat(20_000), 'inbox.mbox');
    expect(places?.starts).toHaveLength(20_000);
  });

  it('is no patch by Git', async () => {
    const patch = `From ${'a1'.repeat(20)} Mon Sep 17 00:00:00 2001\nFrom: Ana <ana@example.org>\nSubject: [PATCH] Mend\n\ndiff`;
    expect(await read(patch, '0001.patch')).toMatchObject({ format: 'text', text: patch });
  });
});

describe('a mail by Apple Mail', () => {
  it('is read without its length and its properties', async () => {
    const content = mail(['Subject: Budget'], part('text/plain', 'Hello.'));
    const plist = '<?xml version="1.0"?><plist><dict><key>flags</key></dict></plist>';
    const file = Buffer.concat([Buffer.from(`${content.length}      \n`), content, Buffer.from(plist)]);
    expect(await read(file, '12.emlx')).toMatchObject({ format: 'eml', text: 'Subject: Budget\n\nHello.' });
  });
});

describe('a page saved as a mail (MHTML)', () => {
  it('is read as the page that it is', async () => {
    const page = multipart(
      'related; type="text/html"',
      part('text/html; charset=utf-8', '<title>Prices</title><p>Gr=C3=BC=C3=9Fe</p>', 'quoted-printable'),
      part('image/png', 'x', 'base64', ['Content-Location: https://example.org/a.png']),
    );
    const saved = mail(
      ['From: <Saved by Blink>', 'Snapshot-Content-Location: https://example.org/', 'Subject: Prices'],
      page,
    );
    expect(await read(saved, 'page.mhtml')).toMatchObject({ format: 'html', text: 'Prices\n\nGrüße', places: null });
  });
});

describe('a page that somebody sent, or a draft', () => {
  it('is a mail with its headers, although it has no sender', async () => {
    const page = part('text/html', '<p>Hello</p>');
    expect(await read(mail(['Subject: Prices', 'Date: Tue, 4 Mar 2025 10:15:00 +0100'], page))).toMatchObject({
      format: 'eml',
      text: 'Date: 2025-03-04T10:15:00+01:00\nSubject: Prices\n\nHello',
    });
  });
});

describe('a mail whose program made a fault', () => {
  const two = (line: string) =>
    [
      `--${line}`,
      'Content-Type: text/plain',
      '',
      'The first.',
      `--${line}`,
      'content-type: text/html',
      '',
      '<p>The second.</p>',
      `--${line}--`,
      '',
    ].join('\n');

  it.each([
    ['another line than it says', 'boundary=other', 'a.b/c'],
    ['a line that it does not say', 'report-type=x', 'a'],
  ])('in parts by %s has its parts', async (_name, parameter, line) => {
    const bytes = `From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; ${parameter}\n\n${two(line)}`;
    expect(await bodyOf(bytes)).toBe('The first.\n\nThe second.');
  });

  it('with a blank in the line behind its headers has all of its parts', async () => {
    const bytes = `From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n \n${two('a')}`;
    expect(await bodyOf(bytes)).toBe('The first.\n\nThe second.');
  });

  it('in the name of a mailbox is read as a mail', async () => {
    const bytes = `Content-Type: multipart/mixed; boundary=a\nSubject: Parts\n\n${two('a')}`;
    expect((await read(bytes, 'one.mbox')).text).toBe('Subject: Parts\n\nThe first.\n\nThe second.');
  });

  it('encrypted by PGP and rewritten by a server is encrypted', async () => {
    const armor = '-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n';
    const body = multipart(
      'mixed',
      part('text/plain', ''),
      part('application/pgp-encrypted; name="PGPMIME Versions Identification"', 'Version: 1', 'base64'),
      attachment('encrypted.asc', armor),
    );
    expect(await problemOf(mail(['Subject: Secret'], body))).toMatchObject({ code: 'file_encrypted' });
  });
});

describe('a mail as other programs have left it', () => {
  const letter = 'From: a@example.org\nSubject: Oak\nMIME-Version: 1.0\n\nForty euros.\n';
  const expected = 'From: a@example.org\nSubject: Oak\n\nForty euros.';

  it.each([
    ['a byte order mark', `\ufeff${letter}`],
    ['empty lines', `\r\n\n${letter}`],
    ['the line of a mailbox, quoted', `>From a@example.org Tue Mar  4 10:15:00 2025\n${letter}`],
    ['nothing, and lines of an old Mac', letter.replaceAll('\n', '\r')],
  ])('with %s before it is read', async (_name, bytes) => {
    expect(await read(bytes)).toMatchObject({ format: 'eml', text: expected });
  });

  it('that says it is in two bytes a letter and is not is read', async () => {
    const bytes = Buffer.from('Grüße aus Köln');
    expect(await bodyOf(mail([], part('text/plain; charset=utf-16', bytes, 'base64')))).toBe('Grüße aus Köln');
    const wide = Buffer.from('Grüße aus Köln', 'utf16le');
    expect(await bodyOf(mail([], part('text/plain; charset=utf-16le', wide, 'base64')))).toBe('Grüße aus Köln');
  });

  it('whose only text has a name is that text', async () => {
    const page = part('text/html', '<p>Order 47</p>', '8bit', ['Content-Disposition: inline; filename="form.htm"']);
    expect((await read(mail(['From: a@example.org'], multipart('related', page)))).text).toBe(
      'From: a@example.org\n\nOrder 47',
    );
  });

  it.each([
    ['that lie beside it', 'application/pdf', '', 'X-Apple-Content-Length: 81234'],
    [
      'that were detached in Thunderbird',
      'application/pdf',
      'You deleted an attachment from this message.',
      'X-Mozilla-Altered: AttachmentDetached; date="Tue Mar 04 10:15:00 2025"',
    ],
  ])('whose attachments are files %s names them and says so', async (_name, type, content, header) => {
    const headers = ['Content-Disposition: attachment; filename=offer.pdf', header];
    const stub = part(type, content, '8bit', headers);
    const { text, notes } = await read(
      mail([], multipart('mixed', part('text/plain', 'See the offer.'), stub)),
      '7.emlx',
    );
    expect(text).toBe('Subject: Test\nAttachments: offer.pdf\n\nSee the offer.');
    expect(notes).toEqual([
      '1 attachment is not in this file, as the mail program has deleted it or keeps it elsewhere: “offer.pdf”.',
    ]);
  });

  it.each(['text/plain charset=iso-8859-1', 'text', ''])('whose type is written as “%s” is a text', async (type) => {
    expect(await bodyOf(mail([], part(type, Buffer.from('Gr\xfcn', 'latin1'), 'base64')))).toBe('Grün');
  });

  it('has what it says once more for watches, and of a Mac nothing but its files', async () => {
    const text = multipart(
      'alternative',
      part('text/plain', 'Hello.'),
      part('text/watch-html', '<b>Hi</b>'),
      part('text/x-amp-html', '<p>Hello from a script</p>'),
      part('text/html', '<p>Hello.</p>'),
    );
    const file = multipart(
      'appledouble',
      part('application/applefile; name=list.csv', 'x\0', 'base64'),
      attachment('list.csv', 'Oak,40', 'text/csv'),
    );
    const { text: whole, notes } = await read(mail([], multipart('mixed', text, file)));
    expect(whole).toBe('Subject: Test\nAttachments: list.csv\n\nHello.\n\n[Attachment] list.csv\n\nOak,40');
    expect(notes).toEqual([]);
  });
});

describe('a mail that is a page', () => {
  const page = (html: string) => bodyOf(mail(['From: a@example.org'], part('text/html; charset=utf-8', html)));

  it('has what it quotes marked as in plain text, each time', async () => {
    expect(
      await page(
        '<div>Yes.</div><div class="gmail_quote">On Tue, Ana wrote:<blockquote class="gmail_quote"><p>Do you agree?</p>' +
          '<blockquote type="cite">First<br>question</blockquote><p>Ana</p></blockquote></div><p>Ola</p>',
      ),
    ).toBe('Yes.\nOn Tue, Ana wrote:\n\n> Do you agree?\n>\n>> First\n>> question\n>\n> Ana\n\nOla');
  });

  it('has no marks where something is only indented', async () => {
    expect(await page('<p>Terms</p><blockquote style="margin-left: 40px">Thirty days</blockquote>')).toBe(
      'Terms\n\nThirty days',
    );
  });

  it.each([
    ['gmail_quote', true],
    ['yahoo_quoted', true],
    ['protonmail_quote', true],
    ['mailQuote', true],
    ['gmail_quote_container wide', true],
    ['moz-cite', true],
    ['pullquote', false],
    ['excited', false],
    ['blockquote', false],
    ['unquoted-citerne', false],
  ])('knows a quotation by the words of its class: %s', async (name, isQuote) => {
    expect(await page(`<p>Terms</p><blockquote class="${name}">Thirty days</blockquote>`)).toBe(
      `Terms\n\n${isQuote ? '> ' : ''}Thirty days`,
    );
  });

  it('has neither its title nor the line that a list of mails shows', async () => {
    expect(
      await page(
        '<html><head><title>New message</title></head><body><div style="max-height:0px;overflow:hidden">Open me</div><p>The offer of May</p>',
      ),
    ).toBe('The offer of May');
  });

  it('has nothing that is hidden, even if that is most of it, and says so', async () => {
    const hidden = `<div style="display:none">${'Open me now. '.repeat(20)}</div><p>Hello</p>`;
    const { text, notes } = await read(mail(['From: a@example.org'], part('text/html', hidden)));
    expect([text, notes]).toEqual(['From: a@example.org\n\nHello', ['180 characters of hidden text were left out.']]);
  });

  it('of quotations in quotations without end is read', async () => {
    const text = await page(`${'<blockquote type="cite"><p>x</p>'.repeat(20_000)}`);
    expect(text.length).toBeLessThan(2_000_000);
  });
});

describe('a mail made to do harm', () => {
  it('of parts that are all divided otherwise than it says is read to a depth', async () => {
    let nested = 'Content-Type: text/plain\n\nDeep.\n';
    for (let level = 0; level < 200; level += 1)
      nested = `Content-Type: multipart/mixed; boundary=x\n\n--b${level}\n${nested}\n--b${level}--\n`;
    expect((await read(`From: a@example.org\nMIME-Version: 1.0\n${nested}`)).text).toContain('Deep.');
  });

  it('of a thousand mails in each other is read to a depth, and says so', async () => {
    let nested = mail(['Subject: Innermost'], part('text/plain', 'Deep.'));
    for (let level = 0; level < 1_000; level += 1) {
      nested = mail(
        [`Subject: ${level}`],
        multipart('mixed', part('text/plain', `Level ${level}.`), part('message/rfc822', nested)),
      );
    }
    const { text, notes } = await read(nested);
    expect(text).toContain('Level 999.');
    expect(notes.join()).toContain('This lies more than 8 levels deep in other documents');
  });

  it('of a thousand multiparts in each other is refused', async () => {
    let nested = part('text/plain', 'Deep.');
    for (let level = 0; level < 1_000; level += 1) nested = multipart('mixed', nested);
    expect(await problemOf(mail([], nested))).toMatchObject({ code: 'file_damaged', params: { what: 'mail' } });
  });

  it('of 100,000 headers is read', async () => {
    const headers = Array.from({ length: 100_000 }, (_, at) => `X-Header-${at}: value`);
    const { text } = await read(mail([...headers, 'Subject: Last'], part('text/plain', 'Hello.')));
    expect(text).toBe('Subject: Last\n\nHello.');
  });

  it('of 100,000 recipients is read', async () => {
    const recipients = Array.from({ length: 100_000 }, (_, at) => `a${at}@example.org`).join(',\r\n ');
    expect((await read(mail([`To: ${recipients}`], part('text/plain', 'Hello.')))).text).toContain(
      'a99999@example.org',
    );
  });

  it('of 10,000 parts is read', async () => {
    const parts = Array.from({ length: 10_000 }, () => part('text/plain', 'Again.'));
    expect((await read(mail([], multipart('mixed', ...parts)))).text.length).toBeGreaterThan(80_000);
  });

  it('whose parts never begin is read as one text', async () => {
    const lost = Buffer.from('Content-Type: multipart/mixed; boundary=a\r\n\r\n--b\r\n\r\nHello.\r\n--b--\r\n');
    expect((await read(mail([], lost))).text).toContain('Hello.');
  });
});
