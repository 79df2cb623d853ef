import { describe, expect, it } from 'vitest';
import { createDraftFiles } from '../../../src/renderer/src/chat/draft-files.ts';
import { createDrafts } from '../../../src/renderer/src/chat/drafts.ts';
import {
  addPastedText,
  discardDraft,
  isEmptyDraft,
  putDraftBack,
  readDraft,
  takeDraft,
  wordsOf,
} from '../../../src/renderer/src/chat/message-draft.ts';
import { createScriptedBridge } from '../batch/scripted-bridge.ts';
import { makeAttachment } from './samples.ts';

const storage = { getItem: () => null, setItem: () => {} };

async function makeDraft() {
  const bridge = createScriptedBridge({
    'chat.attach': ({ grant }) => makeAttachment({ id: grant }),
    'chat.detach': () => null,
  });
  const drafts = {
    texts: createDrafts(storage, 'texts'),
    pasted: createDrafts(storage, 'pasted'),
    files: createDraftFiles(bridge, storage),
  };
  const draft = { drafts, key: 'q1' };
  drafts.texts.set('q1', 'When does it end?');
  addPastedText(draft, 'The first report.');
  addPastedText(draft, 'The second report.');
  await drafts.files.addPicked('q1', [{ grant: 'g1', name: 'lease.pdf', bytes: 10 }]);
  return { bridge, draft };
}

describe('a message being written', () => {
  it('starts with its pasted texts, one after another', async () => {
    const { draft } = await makeDraft();
    const { content, attachments } = wordsOf(readDraft(draft));
    expect(content).toBe('The first report.\n\nThe second report.\n\nWhen does it end?');
    expect(attachments.map(({ id }) => id)).toEqual(['g1']);
  });

  it('is put back if it was refused, around anything written since', async () => {
    const { draft } = await makeDraft();
    const taken = takeDraft(draft);
    expect(isEmptyDraft(readDraft(draft))).toBe(true);
    draft.drafts.texts.set('q1', 'Or not?');
    addPastedText(draft, 'The third report.');
    putDraftBack(draft, taken);
    expect(wordsOf(readDraft(draft)).content).toBe(
      'The first report.\n\nThe second report.\n\nThe third report.\n\nOr not?',
    );
    expect(readDraft(draft).files).toEqual(taken.files);
  });

  it('makes main drop its files only when it is discarded', async () => {
    const { bridge, draft } = await makeDraft();
    const taken = takeDraft(draft);
    putDraftBack(draft, taken);
    expect(bridge.inputs('chat.detach')).toEqual([]);
    discardDraft(draft);
    expect(isEmptyDraft(readDraft(draft))).toBe(true);
    expect(bridge.inputs('chat.detach')).toEqual([{ attachmentId: 'g1' }]);
  });
});
