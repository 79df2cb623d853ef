import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { bridge } from '../platform/bridge.ts';
import type { Command } from '../platform/commands.ts';
import { navigation } from '../platform/navigation-store.ts';
import { closeOverlay, overlays } from '../platform/overlays.ts';
import { settleFocus } from '../platform/surface-focus.ts';
import { useFoundMessages } from '../platform/use-found-messages.ts';
import dialogStyles from '../ui/dialog.module.css';
import { Kbd } from '../ui/kbd.tsx';
import styles from './command-palette.module.css';
import {
  joinGroups,
  messageGroup,
  messageItems,
  type PaletteGroup,
  type PaletteItem,
  recentItems,
  staticItems,
  unaskedGroups,
} from './palette-items.ts';
import { type RankedItem, rankItems } from './rank-items.ts';
import { recentCommands, rememberCommand } from './recent-commands.ts';

/** Ctrl/Cmd+K: finds every place and command by name. */
export function CommandPalette() {
  const open = useStore(overlays, (state) => state.open === 'palette');
  const [wasOpen, setWasOpen] = useState(open);
  const [visit, setVisit] = useState(0);
  if (open !== wasOpen) {
    setWasOpen(open);
    // It may be opened again while it is still fading out.
    if (open) setVisit(visit + 1);
  }
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogStyles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label="Command palette">
          <Palette key={visit} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** How many messages to list. */
const MOST_FOUND = 8;

/** Mounted anew each time it opens, so that its list is current. */
function Palette() {
  const [groups, setGroups] = useState<readonly PaletteGroup[]>(staticItems);
  const [recent] = useState(recentCommands);
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The dialog would only do so a frame later, and letters typed by then would go to what had the focus before.
  useEffect(() => field.current?.focus(), []);
  const found = useFoundMessages(query, MOST_FOUND);
  // Runs after the palette has returned the focus: the command may have removed the element that had it.
  useEffect(() => () => void requestAnimationFrame(() => settleFocus(navigation.getState().target.surface)), []);
  useEffect(() => {
    let closed = false;
    void recentItems(bridge).then((listed) => {
      if (!closed) setGroups((known) => joinGroups(known, listed));
    });
    return () => {
      closed = true;
    };
  }, []);
  const shown = useMemo(() => shownGroups(groups, query, recent), [groups, query, recent]);
  return (
    <Autocomplete.Root
      open
      inline
      // What matches is chosen and ranked here.
      mode="none"
      items={[...shown, ...messageItems(found ?? [], query.trim())]}
      value={query}
      onValueChange={setQuery}
      itemToStringValue={(command: Command) => command.title}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.InputGroup className={styles.search}>
        <Search aria-hidden />
        <Autocomplete.Input
          ref={field}
          className={styles.input}
          aria-label="Search commands and messages"
          placeholder="Search commands and messages…"
        />
        <Kbd keys="Esc" />
      </Autocomplete.InputGroup>
      <div className={styles.scroll}>
        <Autocomplete.Empty>
          <p className={styles.empty}>
            {found === null ? 'Searching the messages…' : 'No matching commands or messages'}
          </p>
        </Autocomplete.Empty>
        <Autocomplete.List>
          {(group: PaletteGroup) => (
            <Autocomplete.Group key={group.value} items={group.items} className={styles.group}>
              <Autocomplete.GroupLabel className={styles.label}>{group.value}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(command: PaletteItem) => <Entry key={command.id} command={command} />}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}

/** A query ranks everything in one list; without one, it is listed by group. */
function shownGroups(
  groups: readonly PaletteGroup[],
  query: string,
  recent: readonly string[],
): readonly PaletteGroup[] {
  if (query.trim() === '') return unaskedGroups(groups, recent);
  const ranked = rankItems(
    groups.flatMap(({ items }) => items),
    query,
    recent,
  );
  return ranked.length === 0 ? [] : [{ value: 'Best matches', items: ranked }];
}

function Entry({ command }: { readonly command: PaletteItem | RankedItem }) {
  const run = () => {
    closeOverlay();
    if (command.group !== messageGroup) rememberCommand(command.id);
    command.run();
  };
  const parts = 'parts' in command ? command.parts : null;
  const detail = command.detail ?? (parts === null ? undefined : command.group);
  return (
    <Autocomplete.Item value={command} className={styles.item} onClick={run}>
      <span className={styles.title}>{parts === null ? command.title : <Title parts={parts} />}</span>
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      {command.shortcut !== undefined && <Kbd keys={command.shortcut} />}
    </Autocomplete.Item>
  );
}

function Title({ parts }: Pick<RankedItem, 'parts'>) {
  return parts.map(({ text, matched }, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity of their own
    matched ? <mark key={place}>{text}</mark> : <Fragment key={place}>{text}</Fragment>,
  );
}
