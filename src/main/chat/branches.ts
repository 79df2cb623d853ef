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
