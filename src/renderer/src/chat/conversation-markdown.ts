import type { Message } from '../../../shared/data.ts';
import { BUILTIN_LABEL } from '../../../shared/providers.ts';
import type { Thread } from './thread.ts';

function author(message: Message): string {
  if (message.role === 'user') return 'You';
  return message.llm === false ? BUILTIN_LABEL : (message.model ?? message.providerName ?? 'Reply');
}

/** The branch that is shown as one Markdown text. Who wrote what stays said, so that an extract never passes for a model's words. */
export function conversationMarkdown(title: string, thread: Thread): string {
  const parts = thread.path.flatMap(({ id }) => {
    const message = thread.messages.get(id);
    return message === undefined || message.content === ''
      ? []
      : [`**${author(message)}**\n\n${message.content.trim()}`];
  });
  return `# ${title}\n\n${parts.join('\n\n---\n\n')}\n`;
}
