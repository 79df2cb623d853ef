import { describe, expect, it } from 'vitest';
import {
  announcement,
  copiesWords,
  earlierFiles,
  leavingWords,
  whyFilesWait,
} from '../../../src/renderer/src/chat/attachment-words.ts';
import { attachmentsOf, createDraftFiles, type DraftFile } from '../../../src/renderer/src/chat/draft-files.ts';
import { mergeThread } from '../../../src/renderer/src/chat/thread.ts';
import type { Attachment } from '../../../src/shared/chat-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import { createScriptedBridge, deferred, settle } from '../batch/scripted-bridge.ts';
import { makeAttachment, makeBranches } from './samples.ts';

const encrypted = problem('file_encrypted', { format: 'pdf' });
const remote = { local: false, host: 'api.openai.com' };
const limit = { model: 'gpt-4o-mini', contextTokens: 128_000 };

function memory(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  };
}

const picked = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ grant: `g${index + 1}`, name: `${index + 1}.txt`, bytes: 10 }));
const states = (files: readonly DraftFile[]) => files.map(({ id, state }) => `${id} ${state}`);

describe('files in a composer', () => {
  it('appear at once and are read one by one, each with its own outcome', async () => {
    const slow = deferred<Attachment>();
    const bridge = createScriptedBridge({
      'chat.attach': ({ grant }) => (grant === 'g1' ? slow.promise : encrypted),
    });
    const files = createDraftFiles(bridge, memory());
    const added = files.addPicked('c1', picked(2));
    await settle();
    expect(states(files.of('c1'))).toEqual(['g1 reading', 'g2 failed']);
    slow.resolve(makeAttachment({ id: 'g1' }));
    expect(await added).toBeNull();
    expect(states(files.of('c1'))).toEqual(['g1 read', 'g2 failed']);
    expect(attachmentsOf(files.of('c1')).map(({ id }) => id)).toEqual(['g1']);
  });

  it('are read without damaged pages if that is chosen, and wait for that until then', async () => {
    const params = { what: 'pdf_damaged_pages', damaged: [3, 7], pages: 9 } as const;
    const slow = deferred<Attachment>();
    const bridge = createScriptedBridge({
      'chat.attach': () => problem('file_damaged', params),
      'chat.attachWithoutPages': () => slow.promise,
    });
    const files = createDraftFiles(bridge, memory());
    await files.addPicked('c1', picked(1));
    expect(whyFilesWait(files.of('c1'), limit)).toBe(
      'Read the damaged file without its damaged pages, or remove it, then send.',
    );
    const read = files.readWithoutPages('g1');
    expect(states(files.of('c1'))).toEqual(['g1 reading']);
    slow.resolve(makeAttachment({ id: 'g1' }));
    await read;
    expect(states(files.of('c1'))).toEqual(['g1 read']);
    expect(bridge.inputs('chat.attachWithoutPages')).toEqual([{ attachmentId: 'g1' }]);
  });

  it('that are there twice are told, and one is kept', async () => {
    const bridge = createScriptedBridge({
      'chat.attach': ({ grant }) => makeAttachment({ id: grant, sha256: grant === 'g2' ? 'other' : 'same' }),
      'chat.detach': () => null,
    });
    const files = createDraftFiles(bridge, memory());
    const named = (grant: string, name: string) => ({ grant, name, bytes: 10 });
    await files.addPicked('c1', [named('g1', 'a.txt'), named('g2', 'a.txt'), named('g3', 'b.txt')]);
    expect(copiesWords(files.of('c1'))).toBeNull();
    await files.addPicked('c1', [named('g4', 'a.txt')]);
    expect(copiesWords(files.of('c1'))).toBe(
      'a.txt is attached more than once, so its text would be sent more than once.',
    );
    await files.addPicked('c1', [named('g5', 'b.txt')]);
    expect(copiesWords(files.of('c1'))).toMatch(/^2 files are attached more than once/);
    files.removeCopies('c1');
    expect(files.of('c1').map(({ id }) => id)).toEqual(['g1', 'g2', 'g3']);
    expect(bridge.inputs('chat.detach')).toEqual([{ attachmentId: 'g4' }, { attachmentId: 'g5' }]);
  });

  it('stay with their conversation, and return if the message is refused', async () => {
    const bridge = createScriptedBridge({ 'chat.attach': ({ grant }) => makeAttachment({ id: grant }) });
    const files = createDraftFiles(bridge, memory());
    await files.addPicked('c1', picked(2));
    expect(files.of('c2')).toEqual([]);
    const taken = files.take('c1');
    expect(files.of('c1')).toEqual([]);
    files.putBack('c1', taken);
    expect(states(files.of('c1'))).toEqual(['g1 read', 'g2 read']);
  });

  it('are dropped by main when they are removed, even while being read', async () => {
    const slow = deferred<Attachment>();
    const bridge = createScriptedBridge({ 'chat.attach': () => slow.promise, 'chat.detach': () => null });
    const files = createDraftFiles(bridge, memory());
    const added = files.addPicked('c1', picked(1));
    files.remove('c1', 'g1');
    slow.resolve(makeAttachment({ id: 'g1' }));
    await added;
    expect(files.of('c1')).toEqual([]);
    expect(bridge.inputs('chat.detach')).toEqual([{ attachmentId: 'g1' }]);
  });

  it('with names the locale cannot decode are listed with that reason and a name', async () => {
    const files = createDraftFiles(createScriptedBridge({}), memory(), () => 'n1');
    await files.addFiles('c1', [new File(['x'], '')]);
    expect(files.of('c1')).toMatchObject([
      { name: 'File with an unreadable name', problem: { params: { reason: 'locale' } } },
    ]);
    await files.addFiles('c2', [new File(['x'], 'image.png')]);
    expect(files.of('c2')).toMatchObject([{ name: 'image.png', problem: { params: { reason: 'no_file_here' } } }]);
  });

  it('that could not be read are removed with one press, and the others stay', async () => {
    const bridge = createScriptedBridge({
      'chat.attach': ({ grant }) => (grant === 'g2' ? makeAttachment({ id: grant }) : encrypted),
      'chat.detach': () => null,
    });
    const files = createDraftFiles(bridge, memory());
    await files.addPicked('c1', picked(4));
    expect(whyFilesWait(files.of('c1'), limit)).toContain('could not be read');
    files.removeFailed('c1');
    expect(states(files.of('c1'))).toEqual(['g2 read']);
    expect(whyFilesWait(files.of('c1'), limit)).toBeNull();
    expect(bridge.inputs('chat.detach')).toHaveLength(3);
  });

  it('are limited to twenty; more are refused together, with a reason', async () => {
    const bridge = createScriptedBridge({ 'chat.attach': ({ grant }) => makeAttachment({ id: grant }) });
    const files = createDraftFiles(bridge, memory());
    expect(await files.addPicked('c1', picked(21))).toEqual(
      problem('invalid_input', { what: 'too_many_attached', limit: 20 }),
    );
    expect(files.of('c1')).toEqual([]);
    expect(await files.addPicked('c1', picked(20))).toBeNull();
    expect(await files.addPicked('c1', [{ grant: 'one', name: 'one.txt', bytes: null }])).not.toBeNull();
    expect(files.of('c1')).toHaveLength(20);
  });

  it('that are not on this machine say so', async () => {
    const files = createDraftFiles(createScriptedBridge({}), memory(), () => 'made');
    await files.addFiles('c1', [new File(['x'], 'image.png')]);
    expect(files.of('c1')).toMatchObject([{ id: 'made', state: 'failed', problem: { code: 'file_unreadable' } }]);
  });

  it('survive a restart: files that main still has are read, and missing ones are reported', async () => {
    const storage = memory();
    const first = createDraftFiles(
      createScriptedBridge({
        'chat.attach': ({ grant }) => (grant === 'g1' ? makeAttachment({ id: grant }) : encrypted),
      }),
      storage,
    );
    await first.addPicked('c1', picked(2));
    const bridge = createScriptedBridge({
      'chat.attachments': ({ attachmentIds }) =>
        attachmentIds.filter((id) => id === 'g1').map((id) => makeAttachment({ id })),
    });
    const second = createDraftFiles(bridge, storage);
    expect(states(second.of('c1'))).toEqual(['g1 reading', 'g2 reading']);
    await second.start();
    expect(states(second.of('c1'))).toEqual(['g1 read', 'g2 failed']);
  });

  it('survive a damaged entry', () => {
    for (const stored of ['{', '7', '{"c1":7}', '{"c1":[{"id":1}]}']) {
      const files = createDraftFiles(createScriptedBridge({}), memory({ 'docket.draftFiles': stored }));
      expect(files.of('c1')).toEqual([]);
    }
  });
});

describe('the line above the composer', () => {
  const read = (over: Partial<Attachment> = {}): DraftFile => {
    const attachment = makeAttachment(over);
    return { id: attachment.id, name: attachment.name, bytes: attachment.bytes, state: 'read', attachment };
  };
  const reading: DraftFile = { id: 'r', name: 'slow.pdf', bytes: 1, state: 'reading' };
  const failed: DraftFile = { id: 'f', name: 'locked.pdf', bytes: 1, state: 'failed', problem: encrypted };

  it('says what the message waits for', () => {
    expect(whyFilesWait([], limit)).toBeNull();
    expect(whyFilesWait([read()], limit)).toBeNull();
    expect(whyFilesWait([read(), reading], limit)).toMatch(/^Reading 1 file\./);
    expect(whyFilesWait([reading, failed], limit)).toMatch(/^Remove the file that could not be read/);
    expect(whyFilesWait([read(), read({ id: 'b', tokens: 120_000 })], limit)).toMatch(
      /^The files have about 128,500 tokens, but gpt-4o-mini reads only 128,000 at once\. Remove a file/,
    );
  });

  it('says what leaves this machine, and where it goes', () => {
    const [one, two] = [makeAttachment(), makeAttachment({ id: 'b' })];
    expect(leavingWords([one, two], [], remote)).toBe('2 files, 68 KB, will be sent to api.openai.com');
    expect(leavingWords([], [one], remote)).toBe(
      '1 file from earlier in this conversation, 34 KB, will be sent to api.openai.com again',
    );
    expect(leavingWords([one], [two], remote)).toBe('2 files, 68 KB, will be sent to api.openai.com; 1 of them again');
    expect(leavingWords([one], [two], { local: true, host: '127.0.0.1' })).toBeNull();
    expect(leavingWords([], [], remote)).toBeNull();
  });

  it('counts files of earlier questions, except of one whose reply never came', () => {
    const branches = makeBranches();
    const thread = (content: string) =>
      mergeThread(
        undefined,
        {
          ...branches,
          messages: branches.messages.map((message) =>
            message.role === 'user' ? { ...message, attachments: [makeAttachment()] } : { ...message, content },
          ),
        },
        new Set(),
      );
    expect(earlierFiles(thread('In May.'))).toHaveLength(1);
    expect(earlierFiles(thread(''))).toEqual([]);
    expect(earlierFiles(undefined)).toEqual([]);
  });

  it('is announced once all files are read, failures with their reason', () => {
    expect(announcement([read(), reading])).toBe('');
    expect(announcement([read({ notes: [{ code: 'comments_not_read', params: {} }] }), failed])).toBe(
      'lease.pdf has been read: 12 pages, 34,000 characters. Comments were not read. ' +
        'locked.pdf could not be read. This PDF is password-protected. Open it, save or print it to a PDF without a password, and add that.',
    );
  });
});
