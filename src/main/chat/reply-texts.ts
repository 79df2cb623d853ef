import type { Message } from '../../shared/chat-data.ts';

/** The two texts of a reply. */
export type ReplyTexts = Pick<Message, 'content' | 'reasoning'>;
