import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
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
import { joinGroups, matchesQuery, messageItems, type PaletteItem, recentItems, staticItems } from './palette-items.ts';

/** Ctrl/Cmd+K: finds every place and command by name. */
export function CommandPalette() {
  const open = useStore(overlays, (state) => state.open === 'palette');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogStyles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label="Command palette">
          <Palette />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** How many messages to list. */
const MOST_FOUND = 8;

type Groups = ReturnType<typeof staticItems>;

/** Mounted anew each time it opens, so that its list is current. */
function Palette() {
  const [groups, setGroups] = useState<Groups>(staticItems);
  const [query, setQuery] = useState('');
  const found = useFoundMessages(query, MOST_FOUND);
  // Runs after the palette has returned the focus: the command may have removed the element that had it.
  useEffect(() => () => void requestAnimationFrame(() => settleFocus(navigation.getState().target.surface)), []);
  useEffect(() => {
    let closed = false;
    void recentItems(bridge).then((recent) => {
      if (!closed) setGroups((known) => joinGroups(known, recent));
    });
    return () => {
      closed = true;
    };
  }, []);
  return (
    <Autocomplete.Root
      open
      inline
      items={[...groups, ...messageItems(found ?? [], query.trim())]}
      value={query}
      onValueChange={setQuery}
      filter={matchesQuery}
      itemToStringValue={(command: Command) => command.title}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.InputGroup className={styles.search}>
        <Search aria-hidden />
        <Autocomplete.Input
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
          {(group: Groups[number]) => (
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

function Entry({ command }: { readonly command: PaletteItem }) {
  const run = () => {
    closeOverlay();
    command.run();
  };
  return (
    <Autocomplete.Item value={command} className={styles.item} onClick={run}>
      <span className={styles.title}>{command.title}</span>
      {command.detail !== undefined && <span className={styles.detail}>{command.detail}</span>}
      {command.shortcut !== undefined && <Kbd keys={command.shortcut} />}
    </Autocomplete.Item>
  );
}
