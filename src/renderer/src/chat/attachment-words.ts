import type { Attachment, Message } from '../../../shared/chat-data.ts';
import { withoutPagesLabel } from '../../../shared/damaged-pages.ts';
import { countOfPlaces, unitOfFormat } from '../../../shared/places.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import type { ProviderInfo } from '../../../shared/provider-data.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { formatBytes, formatCount, formatNumber } from '../ui/format.ts';
import { attachmentsOf, copiesIn, type DraftFile } from './draft-files.ts';
import type { Thread } from './thread.ts';

export function lengthWords({ format, pages, characters }: Attachment): string {
  const words = formatCount(characters, 'character');
  return pages === null ? words : `${countOfPlaces(pages, unitOfFormat(format))}, ${words}`;
}

/** The facts beside a file's name, such as "1.2 MB, 12 pages". */
export function fileWords({ format, bytes, pages }: Pick<Attachment, 'format' | 'bytes' | 'pages'>): string {
  return pages === null ? formatBytes(bytes) : `${formatBytes(bytes)}, ${countOfPlaces(pages, unitOfFormat(format))}`;
}

export interface ReplyLimit {
  readonly model: string;
  readonly contextTokens: number;
}

/** Why a message with these files cannot be sent yet; null if it can. */
export function whyFilesWait(files: readonly DraftFile[], { model, contextTokens }: ReplyLimit): string | null {
  const failed = files.filter(({ state }) => state === 'failed').length;
  const damaged = files.filter((file) => file.state === 'failed' && withoutPagesLabel(file.problem) !== null).length;
  if (failed > 0 && damaged === failed) {
    return 'Read the damaged file without its damaged pages, or remove it, then send.';
  }
  if (failed > 0) return `Remove ${failed === 1 ? 'the file' : 'the files'} that could not be read, then send.`;
  const reading = files.filter(({ state }) => state === 'reading').length;
  if (reading > 0) return `Reading ${formatCount(reading, 'file')}. You can send the message when that is done.`;
  const tokens = sum(attachmentsOf(files), (attachment) => attachment.tokens);
  if (tokens <= contextTokens) return null;
  return (
    `The files have about ${formatNumber(tokens)} tokens, but ${model} reads only ${formatNumber(contextTokens)} at once. ` +
    `Remove a file, or choose a model with a larger context and set its context in Settings.`
  );
}

/** What is attached more than once; null if nothing is. */
export function copiesWords(files: readonly DraftFile[]): string | null {
  const copies = copiesIn(files);
  const names = new Set(copies.map(({ name }) => name));
  if (copies.length === 0) return null;
  const [which, its] =
    names.size === 1 ? [`${[...names].join()} is`, 'its text'] : [`${names.size} files are`, 'their texts'];
  return `${which} attached more than once, so ${its} would be sent more than once.`;
}

/** The files of a message that is too long for the model, or for any message; empty if it is not. */
export function filesTooLong(files: readonly DraftFile[], { contextTokens }: ReplyLimit): readonly DraftFile[] {
  const fits = sum(attachmentsOf(files), (attachment) => attachment.tokens) <= contextTokens;
  if (fits && !files.some(isTooLong)) return [];
  return files.filter((file) => file.state === 'read' || isTooLong(file));
}

function isTooLong(file: DraftFile): boolean {
  if (file.state !== 'failed' || file.problem.code !== 'file_too_large') return false;
  return file.problem.params.what === 'attached_text';
}

/** Which files leave with a message, including those of earlier messages, and where they go; null if none leave. */
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

/**
 * Files of the displayed branch, which are sent with every further question. `before` is the question being edited, if
 * any.
 */
export function earlierFiles(thread: Thread | undefined, before?: string): readonly Attachment[] {
  const path = thread?.path ?? [];
  const end = path.findIndex(({ id }) => id === before);
  const branch = path.slice(0, end < 0 ? path.length : end).flatMap(({ id }) => thread?.messages.get(id) ?? []);
  // A question whose reply stayed empty is not sent again.
  return branch.flatMap((message, index) => (isUnanswered(branch[index + 1]) ? [] : message.attachments));
}

export function isUnanswered(reply: Message | undefined): boolean {
  return reply !== undefined && reply.status !== 'streaming' && reply.content.trim() === '';
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

/** Announced by screen readers once all files in the composer have been read: the result for each. */
export function announcement(files: readonly DraftFile[]): string {
  if (files.some(({ state }) => state === 'reading')) return '';
  return files.map(outcomeOf).join(' ');
}

function outcomeOf(file: DraftFile): string {
  if (file.state === 'failed') return `${file.name} could not be read. ${problemSentence(file.problem)}`;
  if (file.state === 'reading') return `${file.name} is being read.`;
  return `${file.name} has been read: ${lengthWords(file.attachment)}. ${file.attachment.notes.map(noteWords).join(' ')}`.trim();
}
