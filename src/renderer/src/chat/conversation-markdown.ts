import type { Message } from '../../../shared/chat-data.ts';
import { BUILTIN_LABEL } from '../../../shared/providers.ts';
import { fileWords } from './attachment-words.ts';
import type { Thread } from './thread.ts';

/** Marks incomplete replies, so that none is passed on as complete. */
const unfinished: Readonly<Partial<Record<Message['status'], string>>> = {
  streaming: 'still arriving',
  stopped: 'stopped before its end',
  interrupted: 'broken off',
  failed: 'broken off',
};

function author(message: Message): string {
  const state = unfinished[message.status];
  return state === undefined ? `**${nameOf(message)}**` : `**${nameOf(message)}** (${state})`;
}

function nameOf(message: Message): string {
  if (message.role === 'user') return 'You';
  return message.llm === false ? BUILTIN_LABEL : (message.model ?? message.providerName ?? 'Reply');
}

/** The files of a question by name, without their texts. */
function attached({ attachments }: Message): string {
  return attachments.map((file) => `- Attached: ${file.name} (${fileWords(file)})`).join('\n');
}

/**
 * The displayed branch as Markdown. Names the author of every message, so that an extract never passes for a model's
 * words.
 */
export function conversationMarkdown(title: string, thread: Thread): string {
  const parts = thread.path.flatMap(({ id }) => {
    const message = thread.messages.get(id);
    if (message === undefined) return [];
    const said = [attached(message), message.content.trim()].filter((part) => part !== '').join('\n\n');
    return said === '' ? [] : [`${author(message)}\n\n${said}`];
  });
  return `# ${title}\n\n${parts.join('\n\n---\n\n')}\n`;
}
