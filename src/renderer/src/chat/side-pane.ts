import type { Attachment } from '../../../shared/chat-data.ts';
import type { QuotedWords } from '../../../shared/quoted-words.ts';
import { draftKey, focusComposer, focusDraft } from './chat-actions.ts';
import { chatUi, type SidePane } from './chat-instance.ts';
import { type MessageDraft, movePastedIntoText } from './message-draft.ts';

/** The element that had the focus before a text was opened. */
let focusedBefore: Element | null = null;

function open(pane: SidePane): void {
  focusedBefore = document.activeElement;
  chatUi.setState({ sidePane: { ...pane, beside: draftKey() } });
}

/**
 * Opens a file, at a quotation if given.
 * @param replyId the reply whose quotations are marked in it; null if there is none.
 */
export function openFile(attachment: Attachment, replyId: string | null, quoted: QuotedWords | null = null): void {
  // Another object each time: the same quotation is shown anew.
  open({ kind: 'file', attachment, replyId, quoted: quoted === null ? null : { ...quoted } });
}

export function openPastedText(draft: MessageDraft): void {
  open({ kind: 'pasted', draft });
}

export function closeSidePane(): void {
  chatUi.setState({ sidePane: null });
  if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus();
  else focusComposer();
}

/** Moves a pasted text into the typed text. */
export function putIntoField(draft: MessageDraft): void {
  chatUi.setState({ sidePane: null });
  movePastedIntoText(draft);
  focusDraft(draft);
}
