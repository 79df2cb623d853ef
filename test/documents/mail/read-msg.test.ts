import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { pngImage } from '../../support/corpus.ts';
import { id, msg, uncompressedRtf } from '../../support/msg-files.ts';
import { languages } from '../languages.ts';
import { tempFolder } from '../temp-folder.ts';

async function read(bytes: Buffer) {
  const result = await extractDocument(tempFolder().put('mail.msg', bytes), defaultExtractLimits);
  if (!result.ok) throw new Error(problemSentence(result.error));
  const { text, format, places, notes } = result.value;
  return { text, format, places, notes: notes.map(noteWords) };
}

const ana = [
  { id: id.senderName, value: 'Ana Silva' },
  { id: 0x5d01, value: 'ana@example.org' },
];

describe('a message saved by Outlook', () => {
  it('names its code page by a number that is no Windows code page, or by one that nobody knows', async () => {
    for (const page of [20_127, 28_591, 99_999]) {
      const { text } = await read(
        msg([
          { id: id.internetCodePage, value: page },
          { id: id.codePage, value: page },
          { id: id.body, value: Buffer.from('We agreed.') },
        ]),
      );
      expect(text, String(page)).toBe('We agreed.');
    }
  });

  it('leaves out an address within an Exchange server, whatever is in it', async () => {
    const own = [
      { id: id.senderName, value: 'Ana Silva' },
      { id: 0x0c1f, value: '/O=NORTHWIND/OU=FIRST/CN=RECIPIENTS/CN=ANA@BEN' },
    ];
    expect((await read(msg([...own, { id: id.body, value: 'We agreed.' }]))).text).toBe(
      'From: Ana Silva\n\nWe agreed.',
    );
  });

  it('is its headers in lines, its text, and what is attached', async () => {
    const inner = msg([
      { id: id.subject, value: 'Offer' },
      { id: id.body, value: 'See the list.' },
    ]);
    const { text, format, places, notes } = await read(
      msg(
        [
          ...ana,
          { id: id.messageClass, value: 'IPM.Note' },
          { id: id.subject, value: 'Budget €' },
          { id: id.submitted, value: new Date('2025-03-04T09:15:00Z') },
          { id: id.body, value: 'We agreed.\r\n\r\n> On what?' },
        ],
        {
          recipients: [
            [
              { id: id.displayName, value: 'Ola Berg' },
              { id: id.smtpAddress, value: 'ola@example.org' },
              { id: id.recipientType, value: 1 },
            ],
            [
              { id: id.displayName, value: 'c@example.org' },
              { id: id.smtpAddress, value: 'c@example.org' },
              { id: id.recipientType, value: 2 },
            ],
          ],
          attachments: [
            [
              { id: id.attachedName, value: 'prices.csv' },
              { id: id.attachedBytes, value: Buffer.from('Oak,40') },
            ],
            [
              { id: id.attachedName, value: 'offer.msg' },
              { id: id.attachedBytes, value: inner },
            ],
            [
              { id: id.attachedName, value: 'photo.png' },
              { id: id.attachedBytes, value: pngImage(8, 8) },
            ],
          ],
        },
      ),
    );
    expect(text).toBe(
      'From: Ana Silva <ana@example.org>\nTo: Ola Berg <ola@example.org>\nCc: c@example.org\n' +
        'Date: 2025-03-04T09:15:00Z\nSubject: Budget €\nAttachments: prices.csv, offer.msg, photo.png\n\n' +
        'We agreed.\n\n> On what?\n\n[Attachment] prices.csv\n\nOak,40\n\n' +
        '[Attachment] offer.msg\n\nSubject: Offer\n\nSee the list.',
    );
    expect(format).toBe('msg');
    expect(places?.names).toEqual(['Budget €', 'prices.csv', 'offer.msg']);
    expect(notes).toEqual([
      '1 attachment was not read. “photo.png”: This contains 1 page image and no text; images inside another document are not recognised.',
    ]);
  });

  it('has the address of a sender within an Exchange server from its headers', async () => {
    const { text } = await read(
      msg([
        { id: id.senderName, value: 'Ana Silva' },
        { id: id.headers, value: 'Received: x\r\nFrom: "Silva, Ana" <ana@example.org>\r\n' },
        { id: id.subject, value: 'S' },
        { id: id.body, value: 'x' },
      ]),
    );
    expect(text).toContain('From: Ana Silva <ana@example.org>');
  });

  it('has the date of its headers, with its zone', async () => {
    const headers = 'Received: x\r\nDate: Tue, 4 Mar 2025 10:15:00 +0100\r\n';
    const { text } = await read(
      msg([
        { id: id.headers, value: headers },
        { id: id.body, value: 'Hello.' },
      ]),
    );
    expect(text).toBe('Date: 2025-03-04T10:15:00+01:00\n\nHello.');
  });

  it('that has its text only as a page or as rich text is read from that', async () => {
    const page = Buffer.from('<p>Größe</p><table><tr><td>Oak<td>40</table>', 'latin1');
    const byPage = msg([
      { id: id.html, value: page },
      { id: id.internetCodePage, value: 1252 },
      { id: id.subject, value: 'A' },
    ]);
    expect((await read(byPage)).text).toBe('Subject: A\n\nGröße\n\nOak | 40');
    const rich = Buffer.from(
      '{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}Gr\\u252?n{\\*\\htmltag72 </p>}\\htmlrtf\\par\\htmlrtf0 }',
    );
    expect((await read(msg([{ id: id.compressedRtf, value: uncompressedRtf(rich) }]))).text).toBe('Grün');
  });

  it('says so where its plain text has words of its own', async () => {
    const other = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
    const both = msg([
      { id: id.body, value: other },
      { id: id.html, value: Buffer.from('<p>Oak</p>') },
    ]);
    expect(await read(both)).toMatchObject({
      text: 'Oak',
      notes: [
        'The formatted version of this mail was read; 60 of 60 words of its plain text are not in it and were left out.',
      ],
    });
  });

  it('in the code page of an old version has its letters', async () => {
    const body = iconv.encode('Договор поставки', 'cp1251');
    const old = msg([
      { id: id.codePage, value: 1251 },
      { id: id.body, value: body },
    ]);
    expect((await read(old)).text).toBe('Договор поставки');
  });

  it('has all words of 22 languages', async () => {
    const body = Object.values(languages).join('\r\n');
    const { text } = await read(msg([{ id: id.body, value: body }]));
    for (const article of Object.values(languages)) expect(text).toContain(article);
  });

  it('that is encrypted says so', async () => {
    const locked = msg([
      { id: id.messageClass, value: 'IPM.Note.SMIME' },
      { id: id.subject, value: 'Secret' },
    ]);
    await expect(read(locked)).rejects.toThrow('This mail is encrypted (S/MIME or PGP).');
  });

  it('that is changed anywhere is read or damaged, never a fault', async () => {
    const whole = msg([
      { id: id.subject, value: 'Budget' },
      { id: id.body, value: 'Hello. '.repeat(200) },
    ]);
    for (let at = 8; at < whole.length; at += 61) {
      const changed = Buffer.from(whole);
      changed.fill(0xff, at, at + 4);
      await extractDocument(tempFolder().put('mail.msg', changed), defaultExtractLimits);
    }
  });
});
