import type { Attachment } from '../../../shared/chat-data.ts';
import { draftKey, focusComposer, focusDraft } from './chat-actions.ts';
import { chatUi, type SidePane } from './chat-instance.ts';
import { type MessageDraft, movePastedIntoText } from './message-draft.ts';
import type { Quotation } from './quotation.ts';

/** What had the focus before a text was shown. */
let focusedBefore: Element | null = null;

function open(pane: SidePane): void {
  focusedBefore = document.activeElement;
  chatUi.setState({ sidePane: { ...pane, beside: draftKey() } });
}

/** The text of a file, at the place of a quotation of it. */
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

/** Makes a pasted text part of what is typed. */
export function putIntoField(draft: MessageDraft): void {
  chatUi.setState({ sidePane: null });
  movePastedIntoText(draft);
  focusDraft(draft);
}
