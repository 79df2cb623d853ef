import type { Bridge } from '../../../shared/contract.ts';
import { type Command, commandRegistry } from './commands.ts';
import { navigate } from './navigation-store.ts';
import { surfaces } from './surfaces.ts';

interface PaletteGroup {
  readonly value: string;
  readonly items: readonly Command[];
}

const recentCount = 8;

function group(name: string, items: readonly Command[]): PaletteGroup[] {
  return items.length === 0 ? [] : [{ value: name, items }];
}

/** What is there at once: surfaces and registered commands, by their groups. */
export function staticItems(): readonly PaletteGroup[] {
  const goTo = surfaces.map(({ id, name, shortcut }) => ({
    id: `surface.${id}`,
    title: name,
    group: 'Go to',
    keywords: 'show open go',
    shortcut,
    run: () => navigate({ surface: id }),
  }));
  const byGroup = new Map<string, Command[]>();
  for (const command of commandRegistry.getState().commands) {
    byGroup.set(command.group, [...(byGroup.get(command.group) ?? []), command]);
  }
  return [...group('Go to', goTo), ...[...byGroup].flatMap(([name, commands]) => group(name, commands))];
}

/** What main has to be asked for: the newest conversations and batches. A part that fails is left out. */
export async function recentItems(bridge: Bridge): Promise<readonly PaletteGroup[]> {
  const [conversations, batches] = await Promise.all([
    bridge.request('chat.list', undefined),
    bridge.request('batch.list', undefined),
  ]);
  const chatItems = conversations.ok ? conversations.value : [];
  const batchItems = batches.ok ? batches.value : [];
  return [
    ...group(
      'Conversations',
      chatItems.slice(0, recentCount).map(({ id, title }) => ({
        id: `conversation.${id}`,
        title,
        group: 'Conversations',
        run: () => navigate({ surface: 'chat', conversationId: id }),
      })),
    ),
    ...group(
      'Batches',
      batchItems.slice(0, recentCount).map(({ id, name }) => ({
        id: `batch.${id}`,
        title: name,
        group: 'Batches',
        run: () => navigate({ surface: 'batch', batchId: id }),
      })),
    ),
  ];
}

/** Every word of the query is found in the title, the group or the keywords. */
export function matchesQuery(command: Command, query: string): boolean {
  const text = `${command.title} ${command.group} ${command.keywords ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
