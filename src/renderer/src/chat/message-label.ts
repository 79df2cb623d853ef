import type { Message } from '../../../shared/chat-data.ts';

/** Whose message it is, to who listens. */
export function messageLabel(role: Message['role'], llm: Message['llm']): string {
  if (role === 'user') return 'Your message';
  return llm === false ? 'Reply of the built-in text engine' : 'Reply';
}
