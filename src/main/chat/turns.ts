/** Turns a branch into the messages to send: each question's files before its words, nothing truncated. */
import { namesAsSent } from '../../shared/attachments.ts';
import type { Message } from '../../shared/chat-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { wrapDocument } from '../common/document-tags.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { ChatTurn } from '../llm/model-call.ts';

/** Texts at least this long are stored once, however many requests carry them. */
const SHARED_FROM_CHARACTERS = 512;

/** The messages of a branch as the model receives them. */
export interface Turns {
  readonly turns: readonly ChatTurn[];
  /** Long texts in the order of the turns: file texts and written messages. */
  readonly sharedTexts: readonly string[];
  /** The question's own words, then its file names: shown in lists and searched. */
  readonly asked: string;
  /** Names of the question's files. */
  readonly fileName: string | undefined;
  /** Total for the files in all turns. */
  readonly fileTokens: number;
}

/** @param texts the text of every file attached to the messages. */
export function buildTurns(messages: readonly Message[], texts: ReadonlyMap<string, string>): Turns {
  const built = messages.map((message) => buildTurn(message, texts));
  const question = built.at(-1);
  const names = question?.documents.map(({ name }) => name) ?? [];
  return {
    turns: built.map(({ turn }) => turn),
    sharedTexts: built
      .flatMap(({ documents, said }) => [...documents.map(({ shared }) => shared), said])
      .filter((text) => text.length >= SHARED_FROM_CHARACTERS),
    asked: [question?.said ?? '', ...(question?.documents.map(({ wrapped }) => wrapped) ?? [])].join('\n').trim(),
    fileName: names.length === 0 ? undefined : names.join(', '),
    fileTokens: messages.flatMap(({ attachments }) => attachments).reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

interface Document {
  readonly name: string;
  readonly wrapped: string;
  readonly shared: string;
}

function buildTurn(message: Message, texts: ReadonlyMap<string, string>) {
  const names = namesAsSent(message.attachments);
  const documents = message.attachments.map(({ id }, index): Document => {
    const name = names[index] ?? '';
    const text = texts.get(id);
    // Sending the question without its file would change what was asked.
    if (text === undefined) throw new Error(`The text of the attached file ${id} is missing`);
    const wrapped = wrapDocument(name, text);
    // If the file's text is unchanged between the tags, it is already stored.
    return { name, wrapped, shared: wrapped.includes(text) ? text : wrapped };
  });
  const content = [...documents.map(({ wrapped }) => wrapped), message.content].filter((part) => part !== '');
  const turn: ChatTurn = { role: message.role, content: content.join('\n\n') };
  return { turn, documents, said: message.content };
}

/** Nothing is truncated to fit: what the model cannot read whole is not sent. */
export function whyTooLong({ turns, fileTokens }: Turns, model: string, contextTokens: number): Problem | null {
  const tokens = turns.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  if (tokens <= contextTokens) return null;
  const what = turns.length === 1 ? 'message' : 'conversation';
  return problem('context_too_long', { what, tokens, fileTokens, limitTokens: contextTokens, model });
}

/**
 * Checks whether the files alone exceed what the model reads, before the question is stored and can still be edited.
 */
export function whyFilesTooLong(message: Message, model: string, contextTokens: number): Problem | null {
  const tokens = message.attachments.reduce((sum, attachment) => sum + attachment.tokens, 0);
  if (tokens <= contextTokens) return null;
  const files = message.attachments.length;
  return problem('context_too_long', { what: 'attached', files, tokens, limitTokens: contextTokens, model });
}
