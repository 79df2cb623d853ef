import type { Conversation } from '../../../shared/data.ts';
import type { Command } from '../app/commands.ts';
import { navigate } from '../app/navigation-store.ts';
import { settingsStore } from '../app/stores.ts';
import { copyText } from '../ui/copy-text.ts';
import { showToast } from '../ui/toast.tsx';
import { chat, chatUi, drafts, replyOptions, toggleList } from './chat-instance.ts';
import type { ReplyOptions } from './chat-store.ts';
import { conversationMarkdown } from './conversation-markdown.ts';
import { newConversationDraft } from './drafts.ts';

/** Options for the next reply; empty where the settings decide. */
export function currentOptions(): ReplyOptions {
  const host = settingsStore.getState().view?.provider.host;
  return host === undefined ? {} : replyOptions.optionsFor(replyOptions.getState().chosen, host);
}

export function draftKey(): string {
  return chat.getState().selectedId ?? newConversationDraft;
}

/** Sends what is in the composer; a text that was refused goes back there. */
export async function sendDraft(): Promise<void> {
  const key = draftKey();
  const text = drafts.getState().drafts[key] ?? '';
  if (text.trim() === '') return;
  drafts.set(key, '');
  const sent = await chat.send(text, currentOptions());
  if (!sent && (drafts.getState().drafts[key] ?? '') === '') drafts.set(key, text);
}

export function focusComposer(): void {
  // It is there after the view has been shown.
  requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>('[data-composer]')?.focus());
}

export function newChat(): void {
  navigate({ surface: 'chat' });
  chat.select(null);
  focusComposer();
}

export async function renameConversation(conversation: Conversation, title: string): Promise<void> {
  chatUi.setState({ renamingId: null });
  if (title.trim() === '' || title === conversation.title) return;
  const answer = await chat.rename(conversation.id, title.trim());
  if (!answer.ok) showToast({ title: 'Not renamed', detail: answer.error.message, problem: true });
}

export async function removeConversation(conversation: Conversation): Promise<void> {
  const answer = await chat.remove(conversation.id);
  if (!answer.ok) {
    showToast({ title: 'Not deleted', detail: answer.error.message, problem: true });
    return;
  }
  const undo = async () => {
    const restored = await chat.restore(conversation.id);
    if (!restored.ok) showToast({ title: 'Not brought back', detail: restored.error.message, problem: true });
  };
  showToast({
    title: `Deleted "${conversation.title}"`,
    detail: 'Its calls stay in the history.',
    action: { label: 'Undo', onPress: () => void undo() },
  });
}

/** Copies the branch that is shown. */
export function copyConversation(): void {
  const { selectedId, threads, conversations } = chat.getState();
  const thread = selectedId === null ? undefined : threads.get(selectedId);
  if (thread === undefined) {
    showToast({ title: 'No conversation is open' });
    return;
  }
  const title = conversations?.find(({ id }) => id === selectedId)?.title ?? 'Conversation';
  const copied = copyText(conversationMarkdown(title, thread));
  showToast({ title: copied ? 'Conversation copied as Markdown' : 'The clipboard refused the text' });
}

/** There from the window's start, whatever surface it shows. */
export const chatCommands: readonly Command[] = [
  { id: 'chat.new', title: 'New chat', group: 'Chat', keywords: 'conversation start', shortcut: 'Mod+N', run: newChat },
  {
    id: 'chat.copy',
    title: 'Copy conversation',
    group: 'Chat',
    keywords: 'markdown export',
    run: copyConversation,
  },
  {
    id: 'chat.toggleList',
    title: 'Show or hide the conversations',
    group: 'Chat',
    keywords: 'sidebar list',
    shortcut: 'Mod+B',
    run: toggleList,
  },
];
