import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { documentsInMail } from '../../../src/main/documents/mail/read-mail.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { attachment, inBase64, mail, multipart, part, uuencoded } from '../../support/mail-files.ts';
import { tempFolder } from '../temp-folder.ts';

/** Its text behind the headers, and its notes. */
async function read(bytes: string | Buffer) {
  const result = await extractDocument(tempFolder().put('mail.eml', bytes), defaultExtractLimits);
  if (!result.ok) throw new Error(problemSentence(result.error));
  const [, ...text] = result.value.text.split('\n\n');
  return { text: text.join('\n\n'), notes: result.value.notes.map(noteWords), whole: result.value.text };
}

const base64 = (type: string, lines: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n`),
    Buffer.from(lines),
  ]);
const encoded = (text: string) => inBase64(Buffer.from(text)).toString();

describe('a mail in base64 that has been added to', () => {
  const footer = `${'_'.repeat(47)}\r\nGartenfreunde mailing list\r\nhttps://lists.example.org/listinfo/garten\r\n`;
  const letter = 'Die Äpfel sind reif, und wer welche möchte, kommt am Samstag in den Garten und bringt Körbe mit.';

  it.each([
    ['whole lines', letter.padEnd(114, '.')],
    ['a last line with padding', `${letter}!!`],
    ['a last line without padding', `${letter}!`],
    ['one short line', 'Ja!'],
  ])('has its text and what a list put behind: %s', async (_name, text) => {
    for (const between of ['\r\n', '\r\n\r\n']) {
      const body = base64('text/plain; charset=utf-8', encoded(text) + between + footer);
      expect((await read(mail([], body))).text).toBe(`${text}\n\n${footer.trim().replaceAll('\r\n', '\n')}`);
    }
  });

  it('has it whatever follows, in words alone, and in letters beyond ASCII', async () => {
    const body = (end: string) => base64('text/plain; charset=utf-8', `${encoded(`${letter}!!`)}\r\n${end}\r\n`);
    expect((await read(mail([], body('--\r\nGesendet von meinem Telefon')))).text).toContain('\n\n--\nGesendet von');
    expect((await read(mail([], body('Grüße von der Liste')))).text).toContain(`${letter}!!\n\nGrüße von der Liste`);
  });

  it('is a page and then that text', async () => {
    const body = base64('text/html; charset=utf-8', `${encoded(`<p>${letter}</p>`)}\r\n${footer}`);
    expect((await read(mail([], body))).text).toMatch(/^Die Äpfel.*Körbe mit\.\n\n_{47}\nGartenfreunde mailing list\n/);
  });

  it('has its parts and its attachments whole', async () => {
    const csv = Buffer.concat([attachment('price.csv', 'Oak,40'), Buffer.from('\r\n\r\nScanned by the server.\r\n')]);
    const { text, whole } = await read(
      mail([], multipart('mixed', base64('text/plain; charset=utf-8', encoded(letter) + footer), csv)),
    );
    expect(whole).toContain('Attachments: price.csv\n');
    expect(text).toContain('Scanned by the server.');
    expect(text.endsWith('[Attachment] price.csv\n\nOak,40')).toBe(true);
  });

  it('has what stands behind a line that was damaged on its way', async () => {
    const long = letter.repeat(3).padEnd(342, '.');
    const lines = encoded(long).split('\r\n');
    const body = [...lines.slice(0, 2), '!! .. !!', ...lines.slice(2)].join('\r\n');
    expect((await read(mail([], base64('text/plain; charset=utf-8', body)))).text).toBe(long);
  });

  it.each([')', '\0\0', '--another-line--'])('has nothing of what programs leave behind it: %j', async (left) => {
    const body = base64('text/plain; charset=utf-8', `${encoded(letter)}\r\n${left}\r\n`);
    expect((await read(mail([], body))).text).toBe(letter);
  });

  it('has all of its pieces where a program pads each line', async () => {
    const body = ['Die Äpfel', ' sind', ' reif.'].map((text) => encoded(text)).join('\r\n');
    expect((await read(mail([], base64('text/plain; charset=utf-8', body)))).text).toBe('Die Äpfel sind reif.');
  });

  it('is the text that it is if it only says that it is in base64', async () => {
    expect((await read(mail([], base64('text/html', '<p>Order 47, two chairs.</p>\r\n')))).text).toBe(
      'Order 47, two chairs.',
    );
  });

  it('has it as written if it is in quoted-printable', async () => {
    const body = part('text/plain; charset=utf-8', `=C3=84pfel\r\n${footer}`, 'quoted-printable');
    expect((await read(mail([], body))).text).toBe(`Äpfel\n${footer.trim().replaceAll('\r\n', '\n')}`);
  });
});

describe('a mail with files in its text (uuencode)', () => {
  const prices = `Oak,40${'\nAsh,35'.repeat(40)}`;
  const old = (text: string) => `From: a@example.org\r\nSubject: Prices\r\n\r\n${text}`;

  it('has them attached, and the text around them', async () => {
    const text = `See the lists.\r\n\r\n${uuencoded('price list.csv', prices)}and\r\n${uuencoded('b.txt', 'Beech, 30')}Ana\r\n`;
    const { whole } = await read(old(text));
    expect(whole).toBe(
      'From: a@example.org\nSubject: Prices\nAttachments: price list.csv, b.txt\n\nSee the lists.\n\nand\n\nAna\n\n' +
        `[Attachment] price list.csv\n\n${prices}\n\n[Attachment] b.txt\n\nBeech, 30`,
    );
    const documents = await documentsInMail(Buffer.from(old(text)));
    expect(documents?.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ['price list.csv', prices],
      ['b.txt', 'Beech, 30'],
    ]);
  });

  it.each([
    ['blanks at the ends of lines are lost', (text: string) => text.replace(/ +\r\n/g, '\r\n')],
    [
      'zeros are written as accents',
      (text: string) => text.replace(/(?<=^[!-_].*) /gm, '`').replace('begin`644`', 'begin 644 '),
    ],
    ['lines end as on Unix', (text: string) => text.replaceAll('\r\n', '\n')],
    ['there is no line behind', (text: string) => text.trimEnd()],
  ])('has them where %s', async (_name, changed) => {
    const bytes = Buffer.from([0, 0, 1, ...Buffer.from('x'.repeat(44)), 0, 0, 0, 0]);
    const documents = await documentsInMail(Buffer.from(old(changed(uuencoded('a.bin', bytes)))));
    expect(documents?.map(({ name, bytes: content }) => [name, content.toString('hex')])).toEqual([
      ['a.bin', bytes.toString('hex')],
    ]);
  });

  it('has its parts that are encoded so', async () => {
    const file = part('application/octet-stream; name="price.csv"', uuencoded('p', prices), '8bit', []);
    const headed = Buffer.from(file.toString().replace('8bit', 'x-uuencode'));
    const text = Buffer.from(part('text/plain', uuencoded('t', 'Hello, Ola.')).toString().replace('8bit', 'uuencode'));
    const bytes = mail([], multipart('mixed', text, headed));
    expect((await read(bytes)).text).toContain('Hello, Ola.\n\n[Attachment] price.csv\n\nOak,40');
  });

  it('keeps as text what only looks like one, or breaks off', async () => {
    const prose = 'begin 644 times\nand end once.';
    expect((await read(old(prose))).text).toBe(prose);
    const cut = uuencoded('a.csv', prices).split('\r\n').slice(0, 4).join('\n');
    expect((await read(old(cut))).text).toBe(cut);
  });

  it('of 2,000 files is read to a bound', async () => {
    const bytes = Buffer.from(old('begin 644 a\n!00\nend\n'.repeat(2_000)));
    expect((await documentsInMail(bytes))?.length).toBe(1);
    expect((await read(bytes)).text).toContain('begin 644 a');
  });
});

describe('a mail whose plain text and page differ', () => {
  const words = (stem: string, count: number) => Array.from({ length: count }, (_, at) => `${stem}${at}`).join(' ');
  const both = (plain: string, page: string) =>
    read(mail([], multipart('alternative', part('text/plain; charset=utf-8', plain), part('text/html', page))));

  it('says so where the plain text has words of its own', async () => {
    const { text, notes } = await both(`${words('page', 20)} ${words('other', 60)}`, `<p>${words('page', 30)}</p>`);
    expect(text).toBe(words('page', 30));
    expect(notes).toEqual([
      'The formatted version of this mail was read; 60 of 80 words of its plain text are not in it and were left out.',
    ]);
  });

  it.each([
    [
      'only says that there is a page',
      'Your program cannot show this mail. Please view it in a browser: https://example.org/a',
    ],
    [
      'does so in Japanese',
      'このメールはHTML形式でお送りしています。表示されない場合は、下記のリンクをブラウザで開いてご覧ください。'.repeat(
        2,
      ),
    ],
    [
      'has links',
      Array.from({ length: 90 }, (_, at) => `page${at} <https://example.org/click?a=${at}&b=x${at}>`).join('\n'),
    ],
    ['has some names of pictures', `${words('page', 400)} ${words('logo', 60)}`],
  ])('says nothing where the plain text %s', async (_name, plain) => {
    expect((await both(plain, `<p>${words('page', 500)}</p>`)).notes).toEqual([]);
  });
});
