import type { Conversation, Message, PickedFile } from '../../../shared/chat-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { request } from '../platform/bridge.ts';
import type { Command } from '../platform/commands.ts';
import { navigate, navigateLater } from '../platform/navigation-store.ts';
import { settingsStore } from '../platform/stores.ts';
import { copyText } from '../ui/copy-text.ts';
import { formatCount } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import { type ReplyLimit, whyFilesWait } from './attachment-words.ts';
import { chat, chatUi, composed, edited, replyOptions, toggleList } from './chat-instance.ts';
import type { ReplyOptions } from './chat-store.ts';
import { conversationMarkdown } from './conversation-markdown.ts';
import { readFile } from './draft-files.ts';
import { newConversationDraft } from './drafts.ts';
import {
  addText,
  type DraftContents,
  discardDraft,
  isEmptyDraft,
  type MessageDraft,
  putDraftBack,
  readDraft,
  takeDraft,
  wordsOf,
} from './message-draft.ts';

/** Options for the next reply; empty if the settings apply. */
export function currentOptions(): ReplyOptions {
  const host = settingsStore.getState().view?.provider.host;
  return host === undefined ? {} : replyOptions.optionsFor(replyOptions.getState().chosen, host);
}

/** Sends further messages to a model of the provider in use. */
export function chooseModel(model: string): void {
  const host = settingsStore.getState().view?.provider.host;
  if (host !== undefined) replyOptions.choose(host, { ...currentOptions(), model });
}

export function draftKey(): string {
  return chat.getState().selectedId ?? newConversationDraft;
}

/** How much the model of the next reply can read. */
export function replyLimit(): ReplyLimit {
  const { view } = settingsStore.getState();
  const model = currentOptions().model ?? view?.provider.model ?? '';
  return { model: model === '' ? 'the model' : model, contextTokens: view?.context.tokens ?? Infinity };
}

/** The draft in the composer of the displayed conversation. */
export function composerDraft(): MessageDraft {
  return { drafts: composed, key: draftKey() };
}

function mayBeSent(contents: DraftContents): boolean {
  // The line under the files says why the message has to wait.
  return !isEmptyDraft(contents) && whyFilesWait(contents.files, replyLimit()) === null;
}

/** Sends the composer's draft. If it is refused, its content returns to the composer. */
export async function sendDraft(): Promise<void> {
  const draft = composerDraft();
  if (!mayBeSent(readDraft(draft))) return;
  const taken = takeDraft(draft);
  const { content, attachments } = wordsOf(taken);
  if (!(await chat.send(content, currentOptions(), attachments))) putDraftBack(draft, taken);
}

/** Asks a question of attached files as a batch, which reads a long file in parts. What was written stays as it is. */
export async function askOfBatch(question: string, files: readonly { readonly id: string }[]): Promise<void> {
  const { model } = currentOptions();
  const show = navigateLater();
  const result = await request('batch.ask', {
    attachmentIds: files.map(({ id }) => id),
    question,
    ...(model === undefined ? {} : { model }),
  });
  if (result.ok) show({ surface: 'batch', batchId: result.value.id });
  else showToast({ title: 'No batch was made', detail: problemSentence(result.error), problem: true });
}

/** Puts a question into the composer of a new conversation, after what may be written there. */
export function askInNewChat(question: string): void {
  newChat();
  addText(composerDraft(), question);
}

/** Opens an editor in place of a question. */
export function beginEdit(question: Message): void {
  giveUpEdit();
  const { id, content, attachments } = question;
  edited.texts.set(id, content);
  edited.files.putBack(id, attachments.map(readFile));
  chatUi.setState({ editingId: id });
}

/** Discards the edit. */
export function giveUpEdit(): void {
  const { editingId } = chatUi.getState();
  if (editingId === null) return;
  chatUi.setState({ editingId: null });
  const draft = { drafts: edited, key: editingId };
  discardDraft(draft);
}

/** Asks the edited question. If it is refused, the editor stays open. */
export async function sendEdit(question: Message): Promise<void> {
  const draft = { drafts: edited, key: question.id };
  if (!mayBeSent(readDraft(draft))) return;
  const taken = takeDraft(draft);
  chatUi.setState({ editingId: null });
  focusComposer();
  if (await chat.edit(question, wordsOf(taken), currentOptions())) return;
  giveUpEdit();
  putDraftBack(draft, taken);
  chatUi.setState({ editingId: question.id });
}

/** The draft that dropped or picked files are attached to: the edited question, unless the composer is in use. */
export function addressedDraft(): MessageDraft {
  const { editingId } = chatUi.getState();
  const { selectedId, threads } = chat.getState();
  const shown = threads.get(selectedId ?? '')?.path.some(({ id }) => id === editingId) === true;
  const composing = document.activeElement?.matches('[data-composer]') === true;
  return editingId === null || !shown || composing ? composerDraft() : { drafts: edited, key: editingId };
}

function tellNotAttached(refused: Problem | null, draft: MessageDraft): void {
  if (refused !== null) showToast({ title: 'Nothing was attached', detail: problemSentence(refused), problem: true });
  focusDraft(draft);
}

/** Attaches dropped or pasted files to a draft. */
export async function attachFiles(draft: MessageDraft, files: readonly File[]): Promise<void> {
  tellNotAttached(await draft.drafts.files.addFiles(draft.key, files), draft);
}

export async function pickAttachments(draft: MessageDraft = addressedDraft()): Promise<void> {
  navigate({ surface: 'chat' });
  const picked = await request('chat.pickAttachments', undefined);
  if (!picked.ok) tellNotAttached(picked.error, draft);
  else if (picked.value.length > 0) tellNotAttached(await draft.drafts.files.addPicked(draft.key, picked.value), draft);
}

export function focusComposer(): void {
  focusField('[data-composer]');
}

export function focusDraft({ drafts }: MessageDraft): void {
  focusField(drafts === edited ? '[data-editor]' : '[data-composer]');
}

function focusField(selector: string): void {
  // The field exists only after the view is shown.
  requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>(selector)?.focus());
}

export function newChat(): void {
  navigate({ surface: 'chat' });
  chat.select(null);
  focusComposer();
}

/** Begins a conversation about a file from elsewhere. */
export async function askAbout(file: PickedFile): Promise<void> {
  chat.select(null);
  const draft = composerDraft();
  tellNotAttached(await draft.drafts.files.addPicked(draft.key, [file]), draft);
}

export async function renameConversation(conversation: Conversation, title: string): Promise<void> {
  chatUi.setState({ renamingId: null });
  if (title.trim() === '' || title === conversation.title) return;
  const answer = await chat.rename(conversation.id, title.trim());
  if (!answer.ok) showToast({ title: 'Not renamed', detail: problemSentence(answer.error), problem: true });
}

export async function removeConversation(conversation: Conversation): Promise<void> {
  const answer = await chat.remove(conversation.id);
  if (!answer.ok) {
    showToast({ title: 'Not deleted', detail: problemSentence(answer.error), problem: true });
    return;
  }
  const undo = async () => {
    const restored = await chat.restore(conversation.id);
    if (!restored.ok) showToast({ title: 'Not restored', detail: problemSentence(restored.error), problem: true });
  };
  showToast({
    title: `Deleted “${conversation.title}”`,
    detail: 'Its calls stay in the history.',
    action: { label: 'Undo', onPress: () => void undo() },
  });
}

/** Copies the displayed branch. */
export function copyConversation(): void {
  const { selectedId, threads, conversations } = chat.getState();
  const thread = selectedId === null ? undefined : threads.get(selectedId);
  if (thread === undefined) {
    showToast({ title: 'No conversation is open' });
    return;
  }
  const title = conversations?.find(({ id }) => id === selectedId)?.title ?? 'Conversation';
  const copied = copyText(conversationMarkdown(title, thread));
  const others = thread.messages.size - thread.path.length;
  const left = others === 0 ? undefined : `Without ${formatCount(others, 'message')} in other versions.`;
  showToast(
    copied
      ? { title: 'Conversation copied as Markdown', detail: left }
      : { title: 'Not copied: the system refused access to the clipboard', problem: true },
  );
}

/** Available from the start, whichever surface is shown. */
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
    title: 'Show or hide conversations',
    group: 'Chat',
    keywords: 'sidebar list',
    shortcut: 'Mod+B',
    run: toggleList,
  },
];
