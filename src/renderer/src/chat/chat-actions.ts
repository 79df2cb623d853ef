import type { Attachment, Conversation } from '../../../shared/data.ts';
import type { Problem } from '../../../shared/problem.ts';
import { request } from '../app/bridge.ts';
import type { Command } from '../app/commands.ts';
import { navigate } from '../app/navigation-store.ts';
import { settingsStore } from '../app/stores.ts';
import { copyText } from '../ui/copy-text.ts';
import { showToast } from '../ui/toast.tsx';
import { type ReplyLimit, whyFilesWait } from './attachment-words.ts';
import { chat, chatUi, draftFiles, drafts, pastedTexts, replyOptions, toggleList } from './chat-instance.ts';
import type { ReplyOptions } from './chat-store.ts';
import { conversationMarkdown } from './conversation-markdown.ts';
import { attachmentsOf } from './draft-files.ts';
import { newConversationDraft } from './drafts.ts';

/** Options for the next reply; empty where the settings decide. */
export function currentOptions(): ReplyOptions {
  const host = settingsStore.getState().view?.provider.host;
  return host === undefined ? {} : replyOptions.optionsFor(replyOptions.getState().chosen, host);
}

export function draftKey(): string {
  return chat.getState().selectedId ?? newConversationDraft;
}

/** How much the model of the next reply reads. */
export function replyLimit(): ReplyLimit {
  const { view } = settingsStore.getState();
  const model = currentOptions().model ?? view?.provider.model ?? '';
  return { model: model === '' ? 'the model' : model, contextTokens: view?.settings.contextTokens ?? Infinity };
}

/** Sends what is in the composer; what was refused goes back there. */
export async function sendDraft(): Promise<void> {
  const key = draftKey();
  const typed = drafts.getState().drafts[key] ?? '';
  const pasted = pastedTexts.getState().drafts[key] ?? '';
  const text = joinTexts(pasted, typed);
  const files = draftFiles.of(key);
  // The line under the files says what they wait for.
  if ((text.trim() === '' && files.length === 0) || whyFilesWait(files, replyLimit()) !== null) return;
  drafts.set(key, '');
  pastedTexts.set(key, '');
  draftFiles.take(key);
  const sent = await chat.send(text, currentOptions(), attachmentsOf(files));
  if (sent) return;
  if ((drafts.getState().drafts[key] ?? '') === '') drafts.set(key, typed);
  pastedTexts.set(key, joinTexts(pasted, pastedTexts.getState().drafts[key] ?? ''));
  draftFiles.putBack(key, files);
}

/** One below the other; an empty one leaves no trace. */
function joinTexts(first: string, second: string): string {
  return first === '' || second.trim() === '' ? first + second : `${first}\n\n${second}`;
}

export function addPastedText(text: string): void {
  const key = draftKey();
  pastedTexts.set(key, joinTexts(pastedTexts.getState().drafts[key] ?? '', text));
  pastedTexts.flush();
}

function tellNotAttached(refused: Problem | null): void {
  if (refused !== null) showToast({ title: 'Nothing was attached', detail: refused.message, problem: true });
  focusComposer();
}

/** Attaches dropped or pasted files to the message that is being written. */
export async function attachFiles(files: readonly File[]): Promise<void> {
  tellNotAttached(await draftFiles.addFiles(draftKey(), files));
}

export async function pickAttachments(): Promise<void> {
  navigate({ surface: 'chat' });
  const key = draftKey();
  const picked = await request('chat.pickAttachments', undefined);
  if (!picked.ok) tellNotAttached(picked.error);
  else if (picked.value.length > 0) tellNotAttached(await draftFiles.addPicked(key, picked.value));
}

/** What had the focus before a file's text was shown. */
let focusedBefore: Element | null = null;

export function openFile(attachment: Attachment): void {
  focusedBefore = document.activeElement;
  chatUi.setState({ openFile: { attachment, beside: draftKey() } });
}

export function closeFile(): void {
  chatUi.setState({ openFile: null });
  if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus();
  else focusComposer();
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
    id: 'chat.attach',
    title: 'Attach files to the message…',
    group: 'Chat',
    keywords: 'document paper clip add open',
    shortcut: 'Mod+U',
    run: () => void pickAttachments(),
  },
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
