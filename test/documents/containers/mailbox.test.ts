import { describe, expect, it } from 'vitest';
import { attachment, mail, multipart, part } from '../../support/mail-files.ts';
import { packZip } from '../hostile-files.ts';
import { tempFolder } from '../temp-folder.ts';
import { listed, textIn } from './read-container.ts';

const FROM = 'From ana@example.org Tue Mar  4 10:15:00 2025\n';

function mailbox(...mails: readonly Buffer[]): Buffer {
  return Buffer.concat(mails.flatMap((one) => [Buffer.from(FROM), one, Buffer.from('\n\n')]));
}

const dated = (day: number, subject: string, body: string) =>
  mail([`Subject: ${subject}`, `Date: Tue, ${day} Mar 2025 10:15:00 +0100`], part('text/plain', body));

describe('a mailbox', () => {
  it('is a folder of its mails, named by day and subject, in their order in time', async () => {
    const bytes = mailbox(
      dated(12, 'Re: Offer', 'Thank you.'),
      dated(4, 'Offer', 'Oak costs 40.\n>From here on.'),
      dated(4, 'Offer', 'Ash costs 30.'),
      dated(5, '=?utf-8?q?Angebot_f=C3=BCr_Holz/Eiche?=', 'Elm costs 20.'),
      mail(['From: Ana <ana@example.org>'], part('text/plain', 'No subject, no date.')),
    );
    for (const name of ['Inbox', 'inbox.mbox']) {
      const { files } = (await listed(bytes, name)) as { files: [string, string][] };
      expect(files.map(([file, text]) => [file, text.split('\n').slice(-1)[0]])).toEqual([
        ['2025-03-04 Offer (2).eml', 'Ash costs 30.'],
        ['2025-03-04 Offer.eml', 'From here on.'],
        ['2025-03-05 Angebot für Holz-Eiche.eml', 'Elm costs 20.'],
        ['2025-03-12 Re: Offer.eml', 'Thank you.'],
        ['No subject.eml', 'No subject, no date.'],
      ]);
    }
  });

  it('has mails whose attachments lie in them', async () => {
    const body = multipart('mixed', part('text/plain', 'See below.'), attachment('terms.txt', 'The terms.'));
    const bytes = mailbox(mail(['Subject: Offer'], body));
    const path = tempFolder().put('inbox', bytes);
    expect(await textIn(path, ['Offer.eml'])).toContain('See below.');
    expect(await textIn(path, ['Offer.eml', 'terms.txt'])).toBe('The terms.');
    const zipped = tempFolder().put('mails.zip', await packZip({ inbox: bytes }));
    expect(await textIn(zipped, ['inbox', 'Offer.eml'])).toContain('See below.');
  });

  it('larger than what is looked through at once has all its mails, each once and whole', async () => {
    const long = 'A line of text that fills the mail.\n'.repeat(1_000);
    const mails = Array.from({ length: 700 }, (_, at) =>
      mail([`Subject: Mail ${at}`], part('text/plain', `${long}${at}.`)),
    );
    const path = tempFolder().put('large.mbox', mailbox(...mails));
    for (const at of [0, 1, 232, 233, 234, 466, 467, 699]) {
      expect(await textIn(path, [`Mail ${at}.eml`])).toBe(`Subject: Mail ${at}\n\n${long}${at}.`);
    }
  });

  it('holds a mail that is damaged, and the others are read', async () => {
    let nested = part('text/plain', 'Deep.');
    for (let level = 0; level < 200; level += 1) nested = multipart('mixed', nested);
    const bytes = mailbox(mail(['Subject: Deep'], nested), dated(4, 'Offer', 'Oak costs 40.'));
    expect(await listed(bytes, 'inbox')).toMatchObject({
      files: [
        ['2025-03-04 Offer.eml', expect.stringContaining('Oak costs 40.')],
        ['Deep.eml', expect.stringContaining('cannot be told apart')],
      ],
    });
  });

  it('of more mails or more bytes than are opened is refused', async () => {
    const bytes = mailbox(...Array.from({ length: 30 }, () => dated(4, 'Offer', 'Oak.')));
    expect(await listed(bytes, 'inbox', { maxMembers: 20 })).toContain('the limit is 20');
    expect(await listed(bytes, 'inbox', { maxMemberBytes: 100 })).toContain('was not opened');
    expect(await listed(bytes, 'inbox', { maxFileBytes: 20 })).toMatchObject({
      files: expect.arrayContaining([['2025-03-04 Offer.eml', expect.stringContaining('the limit is')]]),
    });
  });

  it('is none if its lines are text', async () => {
    expect(await listed(Buffer.from('From here on, it is 10:15 in 2025.\nOak costs 40.'), 'note')).toBe('no container');
  });
});
