import styles from './kbd.module.css';
import { shortcutKeys } from './shortcut.ts';

/** Shows a shortcut as keys: `<Kbd keys="Mod+K" />`. Mod is Cmd on a Mac and Ctrl elsewhere. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {shortcutKeys(keys).map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
