import type { FoundMessage } from '../../../shared/chat-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import { askedWords } from '../batch/batch-words.ts';
import { type Command, commandRegistry } from '../platform/commands.ts';
import { navigate, navigation } from '../platform/navigation-store.ts';
import { surfaces } from '../platform/surfaces.ts';
import { formatListTime } from '../ui/format.ts';

export interface PaletteGroup {
  readonly value: string;
  readonly items: readonly PaletteItem[];
}

/** Older conversations and batches are found by typing. */
const recentCount = 6;
const recentlyUsedCount = 5;
/** The group of the window's own commands, which comes last. */
const lastGroup = 'Docket';
/** The group of what stands in a message. */
export const messageGroup = 'In messages';

export interface PaletteItem extends Command {
  /** Shown only for a query. */
  readonly older?: boolean;
  /** Shown in grey beside the title. */
  readonly detail?: string;
}

function group(name: string, items: readonly PaletteItem[]): PaletteGroup[] {
  return items.length === 0 ? [] : [{ value: name, items }];
}

/** Items available at once: what can be done with what is on the screen, surfaces and registered commands, by group. */
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
  const { commands, contexts } = commandRegistry.getState();
  for (const command of commands) byGroup.set(command.group, [...(byGroup.get(command.group) ?? []), command]);
  const shown = navigation.getState().target.surface;
  const onScreen = contexts.filter(({ surface }) => surface === shown).flatMap((context) => context.commands());
  return [
    ...group(onScreen[0]?.group ?? '', onScreen),
    ...group('Go to', goTo),
    ...[...byGroup].flatMap(([name, ofGroup]) => group(name, ofGroup)),
  ];
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
      batchItems.map((batch, place) => ({
        id: `batch.${batch.id}`,
        title: batch.name,
        // Runs of one folder bear the same name.
        detail: `${formatListTime(batch.createdAt)} · ${askedWords(batch)}`,
        group: 'Batches',
        older: place >= recentCount,
        run: () => navigate({ surface: 'batch', batchId: batch.id }),
      })),
    ),
  ];
}

/** Messages that main found, each under the title of its conversation. */
export function messageItems(found: readonly FoundMessage[], words: string): readonly PaletteGroup[] {
  return group(
    messageGroup,
    found.map(({ conversationId, title, messageId, excerpt }) => ({
      id: `message.${messageId}`,
      title: excerpt,
      detail: title,
      group: messageGroup,
      run: () => navigate({ surface: 'chat', conversationId, lead: { messageId, words } }),
    })),
  );
}

/** What is listed before anything is typed: what was used last first, each thing once. */
export function unaskedGroups(groups: readonly PaletteGroup[], recent: readonly string[]): readonly PaletteGroup[] {
  const items = groups.flatMap((one) => one.items);
  const used = recent.flatMap((id) => items.find((item) => item.id === id) ?? []).slice(0, recentlyUsedCount);
  const others = groups.flatMap(({ value, items: listed }) =>
    group(
      value,
      listed.filter((item) => item.older !== true && !used.includes(item)),
    ),
  );
  return [...group('Recently used', used), ...others];
}

/** Puts recent items before the window's own commands. */
export function joinGroups(known: readonly PaletteGroup[], recent: readonly PaletteGroup[]): readonly PaletteGroup[] {
  const first = known.filter(({ value }) => value !== lastGroup);
  return [...first, ...recent, ...known.filter(({ value }) => value === lastGroup)];
}
