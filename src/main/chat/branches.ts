import type { Message } from '../../shared/chat-data.ts';

/** The branch ending with a message, oldest first. */
export function branchTo(messages: readonly Message[], leafId: string): readonly Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: Message[] = [];
  for (let message = byId.get(leafId); message !== undefined; ) {
    branch.unshift(message);
    if (branch.length > messages.length) break;
    message = message.parentId === null ? undefined : byId.get(message.parentId);
  }
  return branch;
}

/**
 * The messages of a branch that are sent. A reply that failed or was stopped before its first word is left out together
 * with its question: servers reject empty turns and two questions in a row, no reply may be made up for the model, and
 * a question rejected for its length or content would get every later one rejected too.
 */
export function answeredPart(branch: readonly Message[]): readonly Message[] {
  const isEmpty = (message: Message | undefined) => message?.role === 'assistant' && message.content.trim() === '';
  return branch.filter((message, index) => !isEmpty(message) && !isEmpty(branch[index + 1]));
}
