import type { Lead } from '../platform/navigation-store.ts';
import { focusFindBar } from '../ui/find-bar.tsx';
import { selectedWords } from '../ui/findable.tsx';
import { focusComposer } from './chat-actions.ts';
import { chat, chatUi } from './chat-instance.ts';
import type { Thread } from './thread.ts';
import { wordsToFind } from './words-to-find.ts';

/** Opens the find bar over the displayed conversation, or focuses it. */
export function openFind(): void {
  const { selectedId, threads } = chat.getState();
  if (selectedId === null || !threads.has(selectedId)) return;
  if (chatUi.getState().find?.conversationId === selectedId) focusFindBar(document);
  else chatUi.setState({ find: { conversationId: selectedId, query: selectedWords(), from: null } });
}

export function closeFind(): void {
  chatUi.setState({ find: null, ledTo: null });
  focusComposer();
}

/** The element of a message. */
export function elementOf(messageId: string): HTMLElement | null {
  return document.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
}

/** Goes to a message of a conversation once it has been read. */
export function leadTo(conversationId: string, lead: Lead): void {
  chatUi.setState({ lead: { ...lead, conversationId }, ledTo: null, find: null });
}

/** Shows the message to go to, on whichever branch it is, and opens the find bar there. */
export function followLead(conversationId: string, thread: Thread): void {
  const { lead } = chatUi.getState();
  if (lead?.conversationId !== conversationId) return;
  chatUi.setState({ lead: null });
  const message = messageOf(thread, lead);
  if (message === undefined) return;
  if (!thread.path.some(({ id }) => id === message.id)) void chat.showVersion(conversationId, message.id);
  // The words of a call may be in its question rather than in its reply.
  const from = lead.callId === undefined ? message.id : (message.parentId ?? message.id);
  const texts = [message, thread.messages.get(from)].map((at) => at?.content ?? '');
  const query = wordsToFind(lead.words, texts);
  chatUi.setState({ ledTo: message.id, find: query === '' ? null : { conversationId, query, from } });
}

function messageOf({ messages }: Thread, { messageId, callId }: Lead) {
  if (messageId !== undefined) return messages.get(messageId);
  return [...messages.values()].find((message) => message.callId === callId);
}
