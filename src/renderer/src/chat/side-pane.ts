import type { Attachment } from '../../../shared/chat-data.ts';
import { draftKey, focusComposer, focusDraft } from './chat-actions.ts';
import { chatUi, type SidePane } from './chat-instance.ts';
import { type MessageDraft, movePastedIntoText } from './message-draft.ts';
import type { Quotation } from './quotation.ts';

/** The element that had the focus before a text was opened. */
let focusedBefore: Element | null = null;

function open(pane: SidePane): void {
  focusedBefore = document.activeElement;
  chatUi.setState({ sidePane: { ...pane, beside: draftKey() } });
}

/** Opens the text of a file, at a quotation if given. */
export function openFile(attachment: Attachment, quotation: Quotation | null = null): void {
  open({ kind: 'file', attachment, quotation });
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
