import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './checkbox.module.css';

interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Shown beside the checkbox, and its accessible name. */
  readonly label: ReactNode;
  readonly disabled?: boolean | undefined;
}

/** For forms, and for choosing any number of options. */
export function Checkbox({ checked, onChange, label, disabled }: CheckboxProps) {
  // In a field, its title would be the name of each checkbox in it.
  const name = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox contains a hidden input
    <label className={styles.label}>
      <BaseCheckbox.Root
        className={styles.checkbox}
        aria-labelledby={name}
        checked={checked}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled}
      >
        <BaseCheckbox.Indicator className={styles.tick}>
          <Check aria-hidden />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span id={name} className={styles.name}>
        {label}
      </span>
    </label>
  );
}
