import type { Attachment } from '../../../shared/chat-data.ts';
import { attachmentsOf, type createDraftFiles, type DraftFile } from './draft-files.ts';
import type { createDrafts } from './drafts.ts';

/** Messages that are being written, each under a key. */
export interface MessageDrafts {
  readonly texts: ReturnType<typeof createDrafts>;
  /** Long pasted texts stand beside the typed ones: in the field, each further key would lay all of them out anew. */
  readonly pasted: ReturnType<typeof createDrafts>;
  readonly files: ReturnType<typeof createDraftFiles>;
}

/** One of them. */
export interface MessageDraft {
  readonly drafts: MessageDrafts;
  readonly key: string;
}

/** What is in it, to be sent or put back. */
export interface DraftContents {
  readonly text: string;
  readonly pasted: string;
  readonly files: readonly DraftFile[];
}

export function readDraft({ drafts, key }: MessageDraft): DraftContents {
  return {
    text: drafts.texts.getState().drafts[key] ?? '',
    pasted: drafts.pasted.getState().drafts[key] ?? '',
    files: drafts.files.of(key),
  };
}

/** Empties it: its message is on its way. */
export function takeDraft(draft: MessageDraft): DraftContents {
  const contents = readDraft(draft);
  draft.drafts.texts.set(draft.key, '');
  draft.drafts.pasted.set(draft.key, '');
  draft.drafts.files.take(draft.key);
  return contents;
}

/** Back where it came from: the message was refused. What was written since stays. */
export function putDraftBack({ drafts, key }: MessageDraft, { text, pasted, files }: DraftContents): void {
  const now = readDraft({ drafts, key });
  if (now.text === '') drafts.texts.set(key, text);
  drafts.pasted.set(key, joinTexts(pasted, now.pasted));
  drafts.files.putBack(key, files);
}

/** Empties it for good; what was read of its files is forgotten. */
export function discardDraft(draft: MessageDraft): void {
  for (const { id } of takeDraft(draft).files) draft.drafts.files.forget(id);
}

/** Long texts that were pasted one after the other are one piece. */
export function addPastedText({ drafts, key }: MessageDraft, text: string): void {
  drafts.pasted.set(key, joinTexts(drafts.pasted.getState().drafts[key] ?? '', text));
  drafts.pasted.flush();
}

/** Makes the pasted text the beginning of the typed one. */
export function movePastedIntoText({ drafts, key }: MessageDraft): void {
  const { text, pasted } = readDraft({ drafts, key });
  drafts.texts.set(key, joinTexts(pasted, text));
  drafts.pasted.set(key, '');
}

/** What a message says, as it is sent. */
export function wordsOf({ text, pasted, files }: DraftContents): {
  content: string;
  attachments: readonly Attachment[];
} {
  return { content: joinTexts(pasted, text), attachments: attachmentsOf(files) };
}

export function isEmptyDraft({ text, pasted, files }: DraftContents): boolean {
  return pasted.trim() === '' && text.trim() === '' && files.length === 0;
}

/** One below the other; an empty one leaves no trace. */
function joinTexts(first: string, second: string): string {
  return first === '' || second.trim() === '' ? first + second : `${first}\n\n${second}`;
}
