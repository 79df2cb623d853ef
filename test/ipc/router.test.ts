import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createExports } from '../../src/main/batch/export/exports.ts';
import type { Desktop } from '../../src/main/ipc/desktop.ts';
import { createGrants, type Grants } from '../../src/main/ipc/grants.ts';
import { createHandlers } from '../../src/main/ipc/handlers.ts';
import { createRouter } from '../../src/main/ipc/router.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import type { Attachment, ConversationWithMessages, PickedFile } from '../../src/shared/chat-data.ts';
import { routes } from '../../src/shared/contract.ts';
import { defaultSettings } from '../../src/shared/settings-schema.ts';
import { batchNow, must, problemOf, type TestDocket, xlsxWorker } from '../support/docket.ts';
import { docketAt, folderOfNotes, noteText, server } from '../support/workspace.ts';

/** A desktop whose dialogs are always cancelled. */
const desktop: Desktop = {
  info: { version: '0', electron: '', platform: 'test', dataDir: '' },
  samplePath: join(import.meta.dirname, '..', '..', 'resources', 'Sample documents'),
  openLink: async () => false,
  revealData: () => Promise.reject(new Error('No file manager here.')),
  pickPaths: async () => null,
  revealFile: () => {},
  openFile: async () => true,
  pickRecipeFile: async () => null,
  pickExportFile: async () => null,
};

function routerOf(docket: TestDocket, grants: Grants = createGrants(), over: Partial<Desktop> = {}) {
  const logged: string[] = [];
  const exports = createExports({ read: docket.store.read, xlsxWorker, tell: () => {}, now: Date.now });
  const router = createRouter(createHandlers(docket, { ...desktop, ...over }, grants, exports), (message, error) =>
    logged.push(`${message} ${String(error)}`),
  );
  return { router, logged };
}

describe('the router', () => {
  it.each([
    'chat.burn',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    42,
    null,
    undefined,
    {},
    [],
  ])('refuses %j as a request that it does not know', async (name) => {
    const { router, logged } = routerOf(await docketAt());

    expect(problemOf(await router(name, undefined))).toMatchObject({
      code: 'not_allowed',
      message: 'Docket does not know this request.',
    });
    expect(logged).toEqual([]);
  });

  it('says what is wrong with an input, and where', async () => {
    const { router } = routerOf(await docketAt());
    const wrong = async (name: string, input: unknown) => problemOf(await router(name, input));

    expect(await wrong('chat.open', { conversationId: 'x' })).toEqual({
      code: 'invalid_input',
      params: { what: 'schema', said: 'Invalid UUID' },
      message: 'Invalid UUID',
      detail: 'conversationId: Invalid UUID',
    });
    expect((await wrong('settings.save', { ...defaultSettings, baseUrl: 'ftp://x' })).message).toBe(
      'Enter an address that starts with http:// or https://.',
    );
    const ids = { conversationId: randomUUID(), messageId: randomUUID(), replyId: randomUUID(), parentId: null };
    const [tooLong, long] = ['x'.repeat(2_000_001), 'x'.repeat(1_001)];
    expect((await wrong('chat.send', { ...ids, content: tooLong, attachmentIds: [] })).message).toBe(
      'A message can have at most 2,000,000 characters. Attach longer text as a file.',
    );
    expect((await wrong('chat.rename', { conversationId: randomUUID(), title: long })).message).toBe(
      'A title can have at most 200 characters.',
    );
    expect((await wrong('history.page', { search: long, limit: 1 })).message).toBe(
      'A search can have at most 500 characters.',
    );
    expect((await wrong('settings.setKey', { key: long, allowWeak: false })).message).toBe(
      'An API key can have at most 1,000 characters.',
    );
    expect((await wrong('settings.save', { ...defaultSettings, concurrency: 65 })).detail).toMatch(/^concurrency: /);
    expect((await wrong('batch.setConcurrency', { concurrency: 0 })).detail).toMatch(/^concurrency: /);
    expect((await wrong('chat.send', {})).detail).toMatch(/^conversationId: /);
    expect((await wrong('batch.view', { batchId: randomUUID(), only: 'some' })).detail).toMatch(/^only: /);
    expect((await wrong('status.get', { some: 'thing' })).code).toBe('invalid_input');
    const hostile = JSON.parse('{"__proto__":{"conversationId":"x"},"conversationId":{}}') as unknown;
    expect((await wrong('chat.open', hostile)).detail).toMatch(/^conversationId: /);
  });

  it('never rejects: any input to any route gets an answer', async () => {
    const { router } = routerOf(await docketAt());
    const hostile = {
      get batchId(): string {
        throw new Error('A getter that throws.');
      },
    };
    for (const name of Object.keys(routes).filter((route) => route !== 'settings.discover')) {
      for (const input of [null, 'text', 7, [], { id: 1 }, hostile]) {
        expect(await router(name, input)).toMatchObject({
          ok: false,
          error: { code: expect.any(String), params: expect.any(Object) },
        });
      }
    }
  });

  it('answers a bug with a problem, and logs it', async () => {
    const { router, logged } = routerOf(await docketAt());

    expect(problemOf(await router('app.revealData', undefined))).toMatchObject({
      code: 'unexpected',
      detail: 'No file manager here.',
    });
    expect(logged).toEqual(['The request app.revealData failed. Error: No file manager here.']);
  });

  it('reports a failing store as such', async () => {
    const docket = await docketAt();
    const { router } = routerOf(docket);
    await docket.store.close();

    expect(problemOf(await router('chat.list', undefined)).code).toBe('store_failed');
    const removed = await router('chat.remove', { conversationId: randomUUID() });
    expect(problemOf(removed)).toMatchObject({ code: 'store_failed', detail: 'The store is closed.' });
  });

  it('changes one setting without undoing another that is still being saved', async () => {
    const docket = await docketAt();
    const { router } = routerOf(docket);

    const answers = await Promise.all([
      router('settings.save', { ...defaultSettings, theme: 'dark' }),
      router('batch.setConcurrency', { concurrency: 9 }),
    ]);

    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    expect(docket.settings.current()).toMatchObject({ theme: 'dark', concurrency: 9 });
    expect(await docket.store.read.readSetting('settings')).toMatchObject({ theme: 'dark', concurrency: 9 });
  });

  it('passes a request on and returns the value', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { router } = routerOf(docket);
    const ids = { conversationId: randomUUID(), messageId: randomUUID(), replyId: randomUUID() };

    const sent = must(
      await router('chat.send', { ...ids, parentId: null, content: 'Hello' }),
    ) as ConversationWithMessages;
    await docket.waitFor('chat.done', ({ message }) => message.id === ids.replyId);

    expect(sent.messages.map((message) => message.id)).toEqual([ids.messageId, ids.replyId]);
    expect(must(await router('chat.open', { conversationId: ids.conversationId }))).toMatchObject({
      messages: [{ content: 'Hello' }, { content: 'You wrote: Hello', status: 'done' }],
    });
    expect(must(await router('batch.setConcurrency', { concurrency: 9 }))).toBe(9);
    expect(must(await router('settings.get', undefined))).toMatchObject({ settings: { concurrency: 9 } });
    expect(must(await router('batch.pick', { what: 'folder' }))).toBeNull();
  });
});

describe('attached files', () => {
  it('are named by a single-use grant for one file, never by a path', async () => {
    const grants = createGrants();
    const { router } = routerOf(await docketAt(), grants);
    const folder = await folderOfNotes(2);
    const [one, two] = [join(folder, 'note 001.txt'), join(folder, 'note 002.txt')];
    const grant = grants.give([one]);

    const attachment = must(await router('chat.attach', { grant })) as Attachment;

    expect(attachment).toMatchObject({ id: grant, name: 'note 001.txt', format: 'text' });
    const file = { attachmentId: grant };
    expect(must(await router('file.text', { file }))).toMatchObject({ text: noteText('note 001'), noPages: null });
    expect(must(await router('chat.attachments', { attachmentIds: [grant, randomUUID()] }))).toEqual([attachment]);
    for (const refused of [grant, randomUUID()])
      expect(problemOf(await router('chat.attach', { grant: refused })).code).toBe('not_allowed');
    expect(problemOf(await router('chat.attach', { grant: grants.give([one, two]) })).code).toBe('invalid_input');
    expect(problemOf(await router('chat.attach', { grant: one })).code).toBe('invalid_input');
    must(await router('chat.detach', { attachmentId: grant }));
    expect(problemOf(await router('file.text', { file })).code).toBe('file_vanished');
  });

  it('are picked with name, size and grant; a missing file is still named', async () => {
    const folder = await folderOfNotes(1);
    const pickPaths = async () => [join(folder, 'note 001.txt'), join(folder, 'gone.txt')];
    const { router } = routerOf(await docketAt(), createGrants(), { pickPaths });

    const picked = must(await router('chat.pickAttachments', undefined)) as readonly PickedFile[];

    expect(picked.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['note 001.txt', noteText('note 001').length],
      ['gone.txt', null],
    ]);
    expect(JSON.stringify(picked)).not.toContain(folder);
    const [first, gone] = picked;
    must(await router('chat.attach', { grant: first?.grant }));
    expect(problemOf(await router('chat.attach', { grant: gone?.grant })).code).toBe('file_vanished');
  });

  it('are required without a message, and limited to twenty', async () => {
    const { router } = routerOf(await docketAt());
    const [conversationId, messageId, replyId] = [randomUUID(), randomUUID(), randomUUID()];
    const request = { conversationId, messageId, replyId, parentId: null, content: '' };

    expect(problemOf(await router('chat.send', request)).message).toBe('Write a message or attach a file.');
    const many = Array.from({ length: 21 }, () => randomUUID());
    expect(problemOf(await router('chat.send', { ...request, attachmentIds: many })).message).toBe(
      'A message can have at most 20 attached files.',
    );
  });
});

describe('dropped files', () => {
  it('become a batch through their grant, once', async () => {
    const grants = createGrants();
    const docket = await docketAt();
    const { router } = routerOf(docket, grants);
    const grant = grants.give([await folderOfNotes(2)]);

    const batch = must(await router('batch.create', { grant })) as Batch;
    await docket.batches.settled(batch.id);

    expect((await batchNow(docket, batch.id)).counts.done).toBe(2);
    expect(problemOf(await router('batch.create', { grant }))).toMatchObject({
      code: 'not_allowed',
      message: expect.stringMatching(/Drop them again\.$/),
    });
    expect(problemOf(await router('batch.create', { grant: randomUUID() })).code).toBe('not_allowed');
    expect(problemOf(await router('batch.create', { paths: ['/etc'] })).code).toBe('invalid_input');
  });

  it('are forgotten after ten minutes', () => {
    let now = 0;
    const grants = createGrants(() => now);
    const [early, late] = [grants.give(['/a']), grants.give(['/b'])];

    now = 600_000;
    expect(grants.take(early)).toEqual({ paths: ['/a'], inside: [] });
    expect(grants.take(early)).toBeNull();
    now = 600_001;
    expect(grants.take(late)).toBeNull();
  });
});
