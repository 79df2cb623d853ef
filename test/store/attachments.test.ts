import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/main/store/store.ts';
import type { Attachment } from '../../src/shared/chat-data.ts';
import { makeFolder, openReader, openTestStore, workerUrl, writeAsOldVersion } from './open-test-store.ts';
import { message } from './records.ts';

const DAY_MS = 86_400_000;
const talk = { id: 'c1', title: 'A talk' };

function attachment(id: string): Attachment {
  return {
    id,
    name: `${id}.txt`,
    format: 'text',
    bytes: 9,
    sha256: '0'.repeat(64),
    pages: null,
    characters: 9,
    textBytes: 9,
    tokens: 3,
    notes: [{ code: 'bytes_not_valid', params: { count: 2, encoding: 'utf-8' } }],
  };
}

function file(text: string) {
  return { path: '/papers/a.txt', inside: [], text, places: null };
}

describe('an attached file', () => {
  it('is a draft of its own until a message carries it, then a stored text like any other', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const bodies = openReader(folder).prepare('SELECT count(*) FROM bodies').pluck();
    await store.write.addAttachment(attachment('a'), file('Its text.'), Date.now());
    expect(await store.read.readAttachmentText('a')).toEqual({ text: 'Its text.', format: 'text', places: null });
    expect(bodies.get()).toBe(0);

    const asked = message('q1', { attachments: [attachment('a')] });
    const stored = await store.write.appendMessages(talk, [asked], 10);

    expect(stored?.messages).toEqual([asked]);
    expect(await store.read.readAttachmentText('a')).toEqual({ text: 'Its text.', format: 'text', places: null });
    expect(await store.read.readAttachedPlace('a')).toMatchObject({ path: '/papers/a.txt', inside: [] });
    expect(bodies.get()).toBe(1);
  });

  it('keeps its position among the files of a message, and can belong to several messages', async () => {
    const store = await openTestStore();
    for (const id of ['b', 'a']) await store.write.addAttachment(attachment(id), file(id), Date.now());
    const both = message('q1', { attachments: [attachment('b'), attachment('a')] });
    const one = message('q2', { attachments: [attachment('a')] });
    await store.write.appendMessages(talk, [both], 10);
    await store.write.appendMessages(talk, [one], 20);
    expect((await store.read.readConversation('c1'))?.messages).toEqual([both, one]);
  });

  it('is never half sent: a message with a missing file is not stored', async () => {
    const store = await openTestStore();
    const asked = message('q1', { attachments: [attachment('unknown')] });
    await expect(store.write.appendMessages(talk, [asked], 10)).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    });
    expect(await store.read.readConversation('c1')).toBeNull();
  });

  it('keeps the notes that Docket 0.1 stored as sentences', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    await store.write.addAttachment(attachment('a'), file('Its text.'), Date.now());
    writeAsOldVersion(folder, 'UPDATE attachments SET notes = \'["A note."]\'');
    expect(await store.read.readAttachments(['a'])).toMatchObject([
      { notes: [{ code: 'recorded', params: { text: 'A note.' } }] },
    ]);
  });

  it('is deleted after thirty days if it was never sent', async () => {
    const folder = makeFolder();
    const store = await openStore(folder, workerUrl);
    const now = Date.now();
    await store.write.addAttachment(attachment('old draft'), file('x'), now - 31 * DAY_MS);
    await store.write.addAttachment(attachment('new draft'), file('x'), now - 29 * DAY_MS);
    await store.write.addAttachment(attachment('old and sent'), file('x'), now - 31 * DAY_MS);
    await store.write.appendMessages(talk, [message('q1', { attachments: [attachment('old and sent')] })], now);
    await store.close();

    const again = await openTestStore(folder);

    const kept = await again.read.readAttachments(['old draft', 'new draft', 'old and sent']);
    expect(kept.map(({ id }) => id)).toEqual(['new draft', 'old and sent']);
  });
});
