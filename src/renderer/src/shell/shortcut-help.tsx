import { useStore } from 'zustand';
import { commandRegistry } from '../platform/commands.ts';
import { closeOverlay, overlays } from '../platform/overlays.ts';
import { surfaces } from '../platform/surfaces.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import styles from './shortcut-help.module.css';
import { placeShortcuts } from './shortcut-list.ts';

/** All shortcuts on one page: of the window, of its parts and of registered commands. */
export function ShortcutHelp() {
  const open = useStore(overlays, (state) => state.open === 'shortcuts');
  const commands = useStore(commandRegistry, (state) => state.commands);
  const goTo = surfaces.map(({ name, shortcut }) => ({ keys: shortcut, what: `Go to ${name}` }));
  const groups = new Map<string, { readonly keys: string; readonly what: string }[]>([['Surfaces', goTo]]);
  const add = (group: string, keys: string, what: string) =>
    groups.set(group, [...(groups.get(group) ?? []), { keys, what }]);
  for (const { group, keys } of placeShortcuts) for (const entry of keys) add(group, entry.keys, entry.what);
  for (const { group, shortcut, title } of commands) if (shortcut !== undefined) add(group, shortcut, title);
  return (
    <Dialog open={open} onClose={closeOverlay} title="Keyboard shortcuts" width={640}>
      <Scrolling className={styles.columns}>
        {[...groups].map(([group, keys]) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.name}>{group}</h3>
            <dl>
              {keys.map((entry) => (
                <div key={entry.keys + entry.what} className={styles.line}>
                  <dt>{entry.what}</dt>
                  <dd>
                    <Kbd keys={entry.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Scrolling>
    </Dialog>
  );
}
