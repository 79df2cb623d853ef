import { createStore } from 'zustand/vanilla';
import type { Attachment } from '../../../shared/chat-data.ts';
import type { QuotedWords } from '../../../shared/quoted-words.ts';
import { bridge } from '../platform/bridge.ts';
import type { Lead } from '../platform/navigation-store.ts';
import { createChatStore } from './chat-store.ts';
import { createDraftFiles } from './draft-files.ts';
import { createDrafts, type TextStorage } from './drafts.ts';
import type { MessageDraft, MessageDrafts } from './message-draft.ts';
import { createReplyOptions } from './reply-options.ts';

/** The stores of the window's chat. main.tsx starts them. */
export const chat = createChatStore(bridge, { schedule: requestAnimationFrame });
export const replyOptions = createReplyOptions(localStorage);

/** Drafts in the composer, by conversation. */
export const composed = createMessageDrafts(localStorage);
/** Questions being edited, by id. */
export const edited = createMessageDrafts(within(localStorage, 'docket.edited'));

/** The same storage with prefixed keys. */
function within(storage: TextStorage, name: string): TextStorage {
  return {
    getItem: (key) => storage.getItem(`${name}/${key}`),
    setItem: (key, value) => storage.setItem(`${name}/${key}`, value),
  };
}

function createMessageDrafts(storage: TextStorage): MessageDrafts {
  return {
    texts: createDrafts(storage, 'docket.drafts'),
    pasted: createDrafts(storage, 'docket.pastedTexts'),
    files: createDraftFiles(bridge, storage),
  };
}

// The last event a page receives before it goes away.
window.addEventListener('pagehide', () => {
  for (const { texts, pasted } of [composed, edited]) {
    texts.flush();
    pasted.flush();
  }
});

/** The question that was being edited when Docket was closed. There is at most one. */
function editedBefore(): string | null {
  const { texts, pasted, files } = edited;
  const kept = [texts.getState().drafts, pasted.getState().drafts, files.getState().files];
  return kept.flatMap((drafts) => Object.keys(drafts))[0] ?? null;
}

const hiddenKey = 'docket.chatListHidden';

/** A text shown beside the conversation. */
export type SidePane =
  | {
      readonly kind: 'file';
      readonly attachment: Attachment;
      /** The reply whose quotations are marked. */
      readonly replyId: string | null;
      /** The quotation to show: another object shows it anew. */
      readonly quoted: QuotedWords | null;
    }
  | { readonly kind: 'pasted'; readonly draft: MessageDraft };

/** View state that belongs to no conversation. */
export const chatUi = createStore<{
  readonly listHidden: boolean;
  readonly renamingId: string | null;
  /** The question being edited. */
  readonly editingId: string | null;
  /** A message to go to once its conversation has been read. */
  readonly lead: (Lead & { readonly conversationId: string }) | null;
  /** The message that was gone to. */
  readonly ledTo: string | null;
  /** The find bar; `from` is the message where the first match is looked for. */
  readonly find: { readonly conversationId: string; readonly query: string; readonly from: string | null } | null;
  /** `beside` is the draft key of the conversation. */
  readonly sidePane: (SidePane & { readonly beside: string }) | null;
}>(() => ({
  listHidden: localStorage.getItem(hiddenKey) === 'yes',
  renamingId: null,
  editingId: editedBefore(),
  lead: null,
  ledTo: null,
  find: null,
  sidePane: null,
}));

export function toggleList(): void {
  const listHidden = !chatUi.getState().listHidden;
  localStorage.setItem(hiddenKey, listHidden ? 'yes' : 'no');
  chatUi.setState({ listHidden });
}
