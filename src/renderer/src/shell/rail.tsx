import { Search } from 'lucide-react';
import type { ReactElement } from 'react';
import { navigate, useSurface } from '../platform/navigation-store.ts';
import { overlays } from '../platform/overlays.ts';
import { surfaces } from '../platform/surfaces.ts';
import { ariaShortcut } from '../ui/shortcut.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import styles from './rail.module.css';
import { loadView } from './views.ts';

/** The four surfaces, and the palette below them. */
export function Rail() {
  const current = useSurface();
  return (
    <nav className={styles.rail} aria-label="Surfaces">
      {surfaces.map(({ id, name, Icon, shortcut }) => (
        <RailButton
          key={id}
          name={name}
          hint={name}
          shortcut={shortcut}
          icon={<Icon aria-hidden />}
          current={id === current}
          onNear={() => void loadView(id)}
          onPress={() => navigate({ surface: id })}
        />
      ))}
      <div className={styles.space} />
      <RailButton
        name="Find"
        hint="Find and do anything"
        shortcut="Mod+K"
        icon={<Search aria-hidden />}
        current={false}
        onPress={() => overlays.setState({ open: 'palette' })}
      />
    </nav>
  );
}

interface RailButtonProps {
  /** Shown below the icon. */
  readonly name: string;
  readonly hint: string;
  readonly shortcut: string;
  readonly icon: ReactElement;
  readonly current: boolean;
  /** Called when the pointer or the focus reaches it. */
  readonly onNear?: () => void;
  readonly onPress: () => void;
}

function RailButton({ name, hint, shortcut, icon, current, onNear, onPress }: RailButtonProps) {
  return (
    <Tooltip text={hint} shortcut={shortcut} side="right">
      <button
        type="button"
        className={styles.button}
        aria-current={current ? 'page' : undefined}
        aria-keyshortcuts={ariaShortcut(shortcut)}
        onPointerEnter={onNear}
        onFocus={onNear}
        onClick={onPress}
      >
        {icon}
        <span className={styles.name}>{name}</span>
      </button>
    </Tooltip>
  );
}
