import type { Message } from '../../shared/data.ts';

/** The branch that ends with a message, oldest first. */
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
 * What of a branch is sent. A reply that failed or was stopped before its first word is left out together with its
 * question: servers refuse empty turns and two questions in a row, words must not be put into the model's mouth,
 * and a question that was refused for its length or content would have every later one refused as well.
 */
export function answeredPart(branch: readonly Message[]): readonly Message[] {
  const isEmpty = (message: Message | undefined) => message?.role === 'assistant' && message.content.trim() === '';
  return branch.filter((message, index) => !isEmpty(message) && !isEmpty(branch[index + 1]));
}
