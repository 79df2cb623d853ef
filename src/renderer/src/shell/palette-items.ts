import type { FoundMessage } from '../../../shared/chat-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import { hasEveryWord } from '../../../shared/fold-text.ts';
import { type Command, commandRegistry } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { surfaces } from '../platform/surfaces.ts';

interface PaletteGroup {
  readonly value: string;
  readonly items: readonly PaletteItem[];
}

/** Older conversations and batches are found by typing. */
const recentCount = 6;
/** The group of the window's own commands, which comes last. */
const lastGroup = 'Docket';

export interface PaletteItem extends Command {
  /** Shown only for a query. */
  readonly older?: boolean;
  /** Main found it for this query, whose words may not be in the title. */
  readonly found?: boolean;
  /** Shown in grey beside the title. */
  readonly detail?: string;
}

function group(name: string, items: readonly PaletteItem[]): PaletteGroup[] {
  return items.length === 0 ? [] : [{ value: name, items }];
}

/** Items available at once: surfaces and registered commands, by group. */
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

/** Items that main has to provide: the newest conversations and batches. A part that fails is left out. */
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
      chatItems.map(({ id, title }, place) => ({
        id: `conversation.${id}`,
        title,
        group: 'Conversations',
        older: place >= recentCount,
        run: () => navigate({ surface: 'chat', conversationId: id }),
      })),
    ),
    ...group(
      'Batches',
      batchItems.map(({ id, name }, place) => ({
        id: `batch.${id}`,
        title: name,
        group: 'Batches',
        older: place >= recentCount,
        run: () => navigate({ surface: 'batch', batchId: id }),
      })),
    ),
  ];
}

/** Messages that main found, each under the title of its conversation. */
export function messageItems(found: readonly FoundMessage[], words: string): readonly PaletteGroup[] {
  return group(
    'In messages',
    found.map(({ conversationId, title, messageId, excerpt }) => ({
      id: `message.${messageId}`,
      title: excerpt,
      detail: title,
      group: 'In messages',
      found: true,
      run: () => navigate({ surface: 'chat', conversationId, lead: { messageId, words } }),
    })),
  );
}

/** Whether every word of the query occurs in the title, the group or the keywords. */
export function matchesQuery(command: PaletteItem, query: string): boolean {
  if (command.found === true) return true;
  if (query.trim() === '') return command.older !== true;
  return hasEveryWord(`${command.title} ${command.group} ${command.keywords ?? ''}`, query);
}

/** Puts recent items before the window's own commands. */
export function joinGroups(known: readonly PaletteGroup[], recent: readonly PaletteGroup[]): readonly PaletteGroup[] {
  const first = known.filter(({ value }) => value !== lastGroup);
  return [...first, ...recent, ...known.filter(({ value }) => value === lastGroup)];
}
