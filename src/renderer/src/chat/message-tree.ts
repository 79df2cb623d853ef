import type { Message } from '../../../shared/chat-data.ts';

/** A message on the displayed branch, and its other versions. */
export interface PathEntry {
  readonly id: string;
  /** Ids of all versions including this one, oldest first. */
  readonly siblings: readonly string[];
}

type Messages = ReadonlyMap<string, Message>;

function childrenByParent(messages: Messages): ReadonlyMap<string | null, readonly string[]> {
  const children = new Map<string | null, string[]>();
  for (const { id, parentId } of messages.values()) {
    const known = children.get(parentId);
    if (known === undefined) children.set(parentId, [id]);
    else known.push(id);
  }
  return children;
}

/** The branch that ends in `leafId`, starting at the first question. `messages` are in the order they were created. */
export function pathTo(messages: Messages, leafId: string | null): readonly PathEntry[] {
  const children = childrenByParent(messages);
  const path: PathEntry[] = [];
  const seen = new Set<string>();
  let message = leafId === null ? undefined : messages.get(leafId);
  // A cycle would be a fault in the store, but it must not hang the window.
  while (message !== undefined && !seen.has(message.id)) {
    seen.add(message.id);
    path.push({ id: message.id, siblings: children.get(message.parentId) ?? [message.id] });
    message = message.parentId === null ? undefined : messages.get(message.parentId);
  }
  return path.reverse();
}

/** The leaf of the branch to show for `id`: the newest version at each step. */
export function leafUnder(messages: Messages, id: string): string {
  const children = childrenByParent(messages);
  const seen = new Set<string>();
  let leaf = id;
  for (;;) {
    seen.add(leaf);
    const next = children.get(leaf)?.at(-1);
    if (next === undefined || seen.has(next)) return leaf;
    leaf = next;
  }
}
