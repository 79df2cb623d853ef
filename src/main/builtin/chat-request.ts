import { providerPresets } from '../../shared/providers.ts';
import { readDocuments, type TaggedDocument } from '../common/document-tags.ts';
import { badRequest, HttpError } from './http-error.ts';

export const TASK_HEADER = 'x-docket-task';
export const BUILTIN_MODEL = providerPresets.builtin.model;

const tasks = ['summary', 'sentiment', 'topics', 'match', 'chat'] as const;
export type Task = (typeof tasks)[number];

/** What the engine is asked to do, none of it guessed. */
export type Job =
  | { readonly task: 'chat'; readonly question: string; readonly documents: readonly TaggedDocument[] }
  | { readonly task: 'match'; readonly question: string; readonly document: TaggedDocument }
  | { readonly task: Exclude<Task, 'chat' | 'match'>; readonly document: TaggedDocument };

export interface ChatRequest {
  readonly stream: boolean;
  readonly job: Job;
}

export function parseTask(header: string | string[] | undefined): Task {
  if (header === undefined) return 'chat';
  const task = tasks.find((known) => known === header);
  if (task === undefined) throw badRequest(`The header ${TASK_HEADER} must be one of: ${tasks.join(', ')}.`);
  return task;
}

/** Reads the body of `POST /v1/chat/completions`. Sampling parameters have no effect and are ignored. */
export function parseChatRequest(body: unknown, task: Task): ChatRequest {
  if (!isRecord(body)) throw badRequest('The request body must be a JSON object.');
  refuseUnsupported(body);
  const users = userMessages(body.messages);
  return { stream: body.stream === true, job: jobOf(task, users) };
}

/** Rejects unsupported parameters that would change the reply, since ignoring them would give a wrong answer. */
function refuseUnsupported(body: Record<string, unknown>): void {
  if (body.model !== BUILTIN_MODEL) {
    const message = `The built-in text engine has one model, ${BUILTIN_MODEL}.`;
    throw new HttpError(404, 'model_not_found', message, { param: 'model' });
  }
  if (body.stream !== undefined && body.stream !== null && typeof body.stream !== 'boolean') {
    throw badRequest('stream must be true or false.', 'stream');
  }
  if (typeof body.n === 'number' && body.n !== 1)
    throw badRequest('The built-in text engine gives one answer: n must be 1.', 'n');
  if (Array.isArray(body.tools) && body.tools.length > 0)
    throw badRequest('The built-in text engine cannot call tools.', 'tools');
  const format = body.response_format;
  if (isRecord(format) && format.type !== 'text')
    throw badRequest('The built-in text engine only writes plain text.', 'response_format');
}

function jobOf(task: Task, users: readonly string[]): Job {
  const last = readDocuments(users.at(-1) ?? '');
  if (task === 'chat') return { task, question: last.rest, documents: documentsOfConversation(users) };
  const [document, ...others] = last.documents;
  if (document === undefined) {
    throw badRequest(
      `The task ${task} needs the text between <document> and </document> in the last user message.`,
      'messages',
    );
  }
  if (others.length > 0)
    throw badRequest(`The task ${task} takes one document; there are ${others.length + 1}.`, 'messages');
  return task === 'match' ? { task, question: last.rest, document } : { task, document };
}

/** The files of all questions so far; of those with the same name, the last one. */
function documentsOfConversation(users: readonly string[]): TaggedDocument[] {
  const all = users.flatMap((content) => readDocuments(content).documents);
  return all.filter(({ name }, index) => name === '' || !all.slice(index + 1).some((later) => later.name === name));
}

function userMessages(messages: unknown): string[] {
  if (!Array.isArray(messages)) throw badRequest('messages must be an array.', 'messages');
  const users = messages.map(messageOf).filter((message) => message.role === 'user');
  if (users.length === 0) throw badRequest('There is no message with the role "user".', 'messages');
  return users.map(({ content }, index) => textOf(content, `messages[${index}].content`));
}

function messageOf(message: unknown, index: number): { role: string; content: unknown } {
  if (!isRecord(message) || typeof message.role !== 'string') {
    throw badRequest('Every message must be an object with a role.', `messages[${index}]`);
  }
  return { role: message.role, content: message.content };
}

function textOf(content: unknown, param: string): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw badRequest('content must be a string or an array of parts.', param);
  return content
    .map((part: unknown) => {
      if (isRecord(part) && part.type === 'text' && typeof part.text === 'string') return part.text;
      throw badRequest('The built-in text engine only reads parts of the type "text".', param);
    })
    .join('\n');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
