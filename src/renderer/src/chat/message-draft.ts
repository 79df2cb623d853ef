import type { Attachment } from '../../../shared/chat-data.ts';
import { attachmentsOf, type createDraftFiles, type DraftFile } from './draft-files.ts';
import type { createDrafts } from './drafts.ts';

/** Messages being written, each under a key. */
export interface MessageDrafts {
  readonly texts: ReturnType<typeof createDrafts>;
  /** Long pasted texts are kept beside the typed text: in the field, each key press would lay them out again. */
  readonly pasted: ReturnType<typeof createDrafts>;
  readonly files: ReturnType<typeof createDraftFiles>;
}

/** One of those messages. */
export interface MessageDraft {
  readonly drafts: MessageDrafts;
  readonly key: string;
}

/** The content of a draft, to be sent or put back. */
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

/** Empties the draft, because its message is being sent. */
export function takeDraft(draft: MessageDraft): DraftContents {
  const contents = readDraft(draft);
  draft.drafts.texts.set(draft.key, '');
  draft.drafts.pasted.set(draft.key, '');
  draft.drafts.files.take(draft.key);
  return contents;
}

/** Puts back the content of a refused message. Anything written in the meantime stays. */
export function putDraftBack({ drafts, key }: MessageDraft, { text, pasted, files }: DraftContents): void {
  const now = readDraft({ drafts, key });
  if (now.text === '') drafts.texts.set(key, text);
  drafts.pasted.set(key, joinTexts(pasted, now.pasted));
  drafts.files.putBack(key, files);
}

/** Empties the draft for good and deletes the texts of its files. */
export function discardDraft(draft: MessageDraft): void {
  for (const { id } of takeDraft(draft).files) draft.drafts.files.forget(id);
}

/** Long texts pasted one after another become one text. */
export function addPastedText({ drafts, key }: MessageDraft, text: string): void {
  drafts.pasted.set(key, joinTexts(drafts.pasted.getState().drafts[key] ?? '', text));
  drafts.pasted.flush();
}

/** Puts words after what is typed. */
export function addText({ drafts, key }: MessageDraft, text: string): void {
  drafts.texts.set(key, joinTexts(drafts.texts.getState().drafts[key] ?? '', text));
}

/** Moves the pasted text to the beginning of the typed text. */
export function movePastedIntoText({ drafts, key }: MessageDraft): void {
  const { text, pasted } = readDraft({ drafts, key });
  drafts.texts.set(key, joinTexts(pasted, text));
  drafts.pasted.set(key, '');
}

/** The text of a message as it is sent. */
export function wordsOf({ text, pasted, files }: DraftContents): {
  content: string;
  attachments: readonly Attachment[];
} {
  return { content: joinTexts(pasted, text), attachments: attachmentsOf(files) };
}

/** Whether it asks nothing, whatever is attached. */
export function isWordless({ text, pasted }: DraftContents): boolean {
  return pasted.trim() === '' && text.trim() === '';
}

export function isEmptyDraft(draft: DraftContents): boolean {
  return isWordless(draft) && draft.files.length === 0;
}

/** Joins two texts with an empty line, unless one of them is empty. */
function joinTexts(first: string, second: string): string {
  return first === '' || second.trim() === '' ? first + second : `${first}\n\n${second}`;
}
