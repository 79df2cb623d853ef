import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { signedContent } from '../../../src/main/documents/mail/signed-content.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { mail, multipart, part } from '../../support/mail-files.ts';
import { id, msg } from '../../support/msg-files.ts';
import { listed, textIn } from '../containers/read-container.ts';
import { tempFolder } from '../temp-folder.ts';

/** Made by OpenSSL: a signed mail with an attachment, that mail's content signed as a stream, and a signature alone. */
const written = (name: string) => readFileSync(join(import.meta.dirname, 'files', name));

const read = async (bytes: Buffer, name = 'mail.eml') => await textIn(tempFolder().put(name, bytes), []);

const element = (tag: number, ...parts: readonly Buffer[]) => {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(5);
  length.writeUInt8(0x84);
  length.writeUInt32BE(content.length, 1);
  return Buffer.concat([Buffer.from([tag]), length, content]);
};
const signedData = Buffer.from('06092a864886f70d010702', 'hex');
const data = Buffer.from('06092a864886f70d010701', 'hex');

/** A signed file without its certificates. */
function signed(content: Buffer): Buffer {
  const octets = element(0xa0, element(0x04, content));
  const inner = element(0x30, Buffer.from([0x02, 1, 1]), element(0x31), element(0x30, data, octets));
  return element(0x30, signedData, element(0xa0, inner));
}

describe('a signed mail', () => {
  it('whose signature encloses it is read, with what is attached to it', async () => {
    const path = tempFolder().put('signed.eml', written('signed.eml'));
    const text = await textIn(path, []);
    expect(text).toContain('Subject: Signed offer');
    expect(text).toContain('Attachments: terms.txt');
    expect(text).toContain('Oak costs 40 euros. Grüße');
    expect(await textIn(path, ['terms.txt'])).toBe('The terms.\n');
  });

  it('is read if it is signed several times, and not without end', async () => {
    const smime = (content: Buffer) =>
      part('application/pkcs7-mime; smime-type=signed-data', signed(content), 'base64');
    let body = part('text/plain', 'I agree.');
    for (let times = 0; times < 3; times += 1) body = smime(body);
    expect(await read(mail(['Subject: Agreed'], body))).toContain('I agree.');
    for (let times = 0; times < 20; times += 1) body = smime(body);
    expect(await read(mail(['Subject: Agreed'], body))).toContain('encrypted');
  });

  it('saved by Outlook has what is signed attached to it', async () => {
    const bytes = msg(
      [
        { id: id.messageClass, value: 'IPM.Note.SMIME' },
        { id: id.subject, value: 'Signed offer' },
      ],
      {
        attachments: [
          [
            { id: id.attachedName, value: 'smime.p7m' },
            { id: id.attachedBytes, value: written('signed.p7m') },
          ],
        ],
      },
    );
    const path = tempFolder().put('signed.msg', bytes);
    expect(await textIn(path, [])).toContain('Subject: Signed offer');
    expect(await textIn(path, ['smime.p7m', 'smime.eml'])).toContain('Oak costs 40 euros. Grüße');
  });

  it('that holds something encrypted says so', async () => {
    const secret = part('application/pkcs7-mime; smime-type=enveloped-data', 'MIIB', 'base64');
    const body = part('application/pkcs7-mime; smime-type=signed-data', signed(secret), 'base64');
    expect(await read(mail(['Subject: Secret'], body))).toContain('This mail is encrypted');
  });
});

describe('that a signature was not checked', () => {
  const notesOn = async (path: string, inside: readonly string[] = []) => {
    const read = await extractDocument(path, defaultExtractLimits, { inside });
    return read.ok ? read.value.notes.map(noteWords) : read.error.code;
  };
  const one = ['This is signed; the signature was not checked.'];
  const smime = (content: Buffer) => part('application/pkcs7-mime; smime-type=signed-data', signed(content), 'base64');
  const beside = (type: string) => multipart('signed', part('text/plain', 'I agree.'), part(type, 'MIIB', 'base64'));

  it.each([
    ['in one piece', smime(part('text/plain', 'I agree.'))],
    ['beside its text', beside('application/pkcs7-signature')],
    ['by PGP', beside('application/pgp-signature')],
    ['by PGP, in its text', part('text/plain', '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nI agree.')],
    [
      'in what is attached',
      multipart(
        'mixed',
        part('text/plain', 'See below'),
        part('application/pkcs7-mime; name=offer.txt.p7m', signed(Buffer.from('Oak costs 40.')), 'base64'),
      ),
    ],
  ])('is said of a mail that is signed %s', async (_name, body) => {
    expect(await notesOn(tempFolder().put('mail.eml', mail(['Subject: Agreed'], body)))).toEqual(one);
  });

  it('is said of a file that a signature encloses', async () => {
    const path = tempFolder().put('offer.txt.p7m', signed(Buffer.from('Oak costs 40.')));
    expect(await notesOn(path, ['offer.txt'])).toEqual(one);
  });

  it('is said of a message of Outlook', async () => {
    const properties = [
      { id: id.messageClass, value: 'IPM.Note.SMIME.MultipartSigned' },
      { id: id.body, value: 'I agree.' },
    ];
    expect(await notesOn(tempFolder().put('signed.msg', msg(properties)))).toEqual(one);
  });

  it('is said once of a mailbox, and not of a mail without one', async () => {
    const line = Buffer.from('From ana@example.org Tue Mar  4 10:15:00 2025\n');
    const mails = [
      smime(part('text/plain', 'I agree.')),
      beside('application/pgp-signature'),
      part('text/plain', 'No.'),
    ];
    const box = Buffer.concat(
      mails.flatMap((body) => [line, mail(['Subject: Agreed'], body), Buffer.from('\r\n\r\n')]),
    );
    expect(await notesOn(tempFolder().put('inbox', box))).toEqual([
      '2 mails are signed; their signatures were not checked.',
    ]);
    expect(await notesOn(tempFolder().put('mail.eml', mail(['Subject: Agreed'], part('text/plain', 'No.'))))).toEqual(
      [],
    );
  });
});

describe('a signed file', () => {
  it('is a folder of the file that its signature encloses', async () => {
    expect(await listed(signed(Buffer.from('Oak costs 40.')), 'offer.txt.p7m')).toEqual({
      files: [['offer.txt', 'Oak costs 40.']],
      skipped: 0,
    });
    const { files } = (await listed(written('signed.p7m'), 'smime.p7m')) as { files: [string, string][] };
    expect(files[0]?.[0]).toBe('smime.eml');
    expect(files[0]?.[1]).toContain('Oak costs 40 euros. Grüße');
  });

  it('in a chat, or without what was signed, says what it is', async () => {
    expect(await read(signed(Buffer.from('Oak costs 40.')), 'offer.txt.p7m')).toContain('This is a signed file (.p7m)');
    expect(await listed(written('detached.p7s'), 'offer.p7s')).toBe('no container');
  });

  it('that is damaged in any way holds nothing, or a part of what it held', () => {
    const whole = written('signed.p7m');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        expect((signedContent(damaged) ?? Buffer.alloc(0)).length).toBeLessThanOrEqual(whole.length);
        expect((signedContent(whole.subarray(0, at)) ?? Buffer.alloc(0)).length).toBeLessThanOrEqual(at);
      }),
    );
    // Where its kind stood: a date, and texts of two and of four bytes a letter.
    for (const tag of [0x18, 0x1e, 0x1c]) {
      const damaged = Buffer.from(whole);
      damaged[2] = tag;
      expect(signedContent(damaged)).toBeNull();
    }
    const deep = Buffer.concat([Buffer.from('3080', 'hex'), signedData, Buffer.alloc(200_000, 0x24_80)]);
    expect(signedContent(deep)).toBeNull();
    expect(signedContent(Buffer.alloc(100_000, Buffer.from([0x30, 0x80])))).toBeNull();
  });
});
