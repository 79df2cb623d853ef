import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './toggles.module.css';

interface ToggleProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Shown beside it, and its accessible name. */
  readonly label: ReactNode;
  readonly disabled?: boolean | undefined;
}

/** Takes effect at once. */
export function Switch({ checked, onChange, label, disabled }: ToggleProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch brings its own hidden input
    <label className={styles.label}>
      <BaseSwitch.Root
        className={styles.switch}
        checked={checked}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled}
      >
        <BaseSwitch.Thumb className={styles.thumb} />
      </BaseSwitch.Root>
      {label}
    </label>
  );
}

/** Part of a form, or one of several. */
export function Checkbox({ checked, onChange, label, disabled }: ToggleProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox brings its own hidden input
    <label className={styles.label}>
      <BaseCheckbox.Root
        className={styles.checkbox}
        checked={checked}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled}
      >
        <BaseCheckbox.Indicator className={styles.tick}>
          <Check aria-hidden />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      {label}
    </label>
  );
}
