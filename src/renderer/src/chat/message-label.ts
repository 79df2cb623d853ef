import type { Message } from '../../../shared/chat-data.ts';

/** Names the author of a message for screen readers. */
export function messageLabel(role: Message['role'], llm: Message['llm']): string {
  if (role === 'user') return 'Your message';
  return llm === false ? 'Reply from the built-in text engine' : 'Reply';
}
