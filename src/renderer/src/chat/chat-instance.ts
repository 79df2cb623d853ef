import { createStore } from 'zustand/vanilla';
import type { Attachment } from '../../../shared/data.ts';
import { bridge } from '../app/bridge.ts';
import { createChatStore } from './chat-store.ts';
import { createDraftFiles } from './draft-files.ts';
import { createDrafts } from './drafts.ts';
import { createReplyOptions } from './reply-options.ts';

/** The window's chat: its stores, made once. main.tsx starts them. */
export const chat = createChatStore(bridge, { schedule: requestAnimationFrame });
export const drafts = createDrafts(localStorage, 'docket.drafts');
/** Long pasted texts stand beside the typed ones: in the field, each further key would lay all of them out anew. */
export const pastedTexts = createDrafts(localStorage, 'docket.pastedTexts');
export const draftFiles = createDraftFiles(bridge, localStorage);
export const replyOptions = createReplyOptions(localStorage);

// The last thing that a page hears before it is gone.
window.addEventListener('pagehide', () => {
  drafts.flush();
  pastedTexts.flush();
});

const hiddenKey = 'docket.chatListHidden';

/** What is open in the view and belongs to no conversation. */
export const chatUi = createStore<{
  readonly listHidden: boolean;
  readonly renamingId: string | null;
  /** The question that is being edited. */
  readonly editingId: string | null;
  /** The file whose text is shown, and the draft key of the conversation beside it. */
  readonly openFile: { readonly attachment: Attachment; readonly beside: string } | null;
}>(() => ({
  listHidden: localStorage.getItem(hiddenKey) === 'yes',
  renamingId: null,
  editingId: null,
  openFile: null,
}));

export function toggleList(): void {
  const listHidden = !chatUi.getState().listHidden;
  localStorage.setItem(hiddenKey, listHidden ? 'yes' : 'no');
  chatUi.setState({ listHidden });
}
