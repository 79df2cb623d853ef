import type { Attachment, Message } from '../../../shared/chat-data.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import type { ProviderInfo } from '../../../shared/provider-data.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { formatBytes, formatCount, formatNumber } from '../ui/format.ts';
import { attachmentsOf, type DraftFile } from './draft-files.ts';
import type { Thread } from './thread.ts';

/** "12 pages, 34,000 characters". */
export function lengthWords({ pages, characters }: Attachment): string {
  const words = formatCount(characters, 'character');
  return pages === null ? words : `${formatCount(pages, 'page')}, ${words}`;
}

/** "1.2 MB, 12 pages": what tells a file apart beside its name. */
export function fileWords({ bytes, pages }: Pick<Attachment, 'bytes' | 'pages'>): string {
  return pages === null ? formatBytes(bytes) : `${formatBytes(bytes)}, ${formatCount(pages, 'page')}`;
}

export interface ReplyLimit {
  readonly model: string;
  readonly contextTokens: number;
}

/** Why a message with these files is not sent yet; null when nothing stands against it. */
export function whyFilesWait(files: readonly DraftFile[], { model, contextTokens }: ReplyLimit): string | null {
  const failed = files.filter(({ state }) => state === 'failed').length;
  if (failed > 0) return `Remove ${failed === 1 ? 'the file' : 'the files'} that could not be read, then send.`;
  const reading = files.filter(({ state }) => state === 'reading').length;
  if (reading > 0) return `Reading ${formatCount(reading, 'file')}. The message can be sent when that is done.`;
  const tokens = sum(attachmentsOf(files), (attachment) => attachment.tokens);
  if (tokens <= contextTokens) return null;
  return (
    `About ${formatNumber(tokens)} tokens of text; ${model} reads ${formatNumber(contextTokens)} at once. ` +
    `Remove a file, or choose a model that reads more and set its context in Settings.`
  );
}

/** What of files leaves with a message, its own and those of earlier ones, and where to; null when nothing does. */
export function leavingWords(
  own: readonly Attachment[],
  earlier: readonly Attachment[],
  { local, host }: Pick<ProviderInfo, 'local' | 'host'>,
): string | null {
  const all = [...earlier, ...own];
  if (local || all.length === 0) return null;
  const size = formatBytes(sum(all, ({ textBytes }) => textBytes));
  const count = formatCount(all.length, 'file');
  if (earlier.length === 0) return `${count}, ${size}, will be sent to ${host}`;
  if (own.length === 0) return `${count} from earlier in this conversation, ${size}, will be sent to ${host} again`;
  return `${count}, ${size}, will be sent to ${host}; ${formatNumber(earlier.length)} of them again`;
}

/** Files of the branch that is shown, which go along with every further question; `before` is one that is edited. */
export function earlierFiles(thread: Thread | undefined, before?: string): readonly Attachment[] {
  const path = thread?.path ?? [];
  const end = path.findIndex(({ id }) => id === before);
  const branch = path.slice(0, end < 0 ? path.length : end).flatMap(({ id }) => thread?.messages.get(id) ?? []);
  // A question whose reply ended without a word is left out of what is sent.
  return branch.flatMap((message, index) => (isUnanswered(branch[index + 1]) ? [] : message.attachments));
}

export function isUnanswered(reply: Message | undefined): boolean {
  return reply !== undefined && reply.status !== 'streaming' && reply.content.trim() === '';
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

/** What a screen reader hears of the files in the composer: what became of each, once all are read. */
export function announcement(files: readonly DraftFile[]): string {
  if (files.some(({ state }) => state === 'reading')) return '';
  return files.map(outcomeOf).join(' ');
}

function outcomeOf(file: DraftFile): string {
  if (file.state === 'failed') return `${file.name} could not be read. ${problemSentence(file.problem)}`;
  if (file.state === 'reading') return `${file.name} is being read.`;
  return `${file.name} is read: ${lengthWords(file.attachment)}. ${file.attachment.notes.map(noteWords).join(' ')}`.trim();
}
