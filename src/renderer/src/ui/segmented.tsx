import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import styles from './segmented.module.css';

interface SegmentedProps<Value extends string> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly label: string;
}

/** A choice between two to five options, all visible; arrow keys move between them. */
export function Segmented<Value extends string>({ value, onChange, options, label }: SegmentedProps<Value>) {
  return (
    <ToggleGroup
      className={styles.group}
      aria-label={label}
      value={[value]}
      onValueChange={(next: readonly Value[]) => {
        // Pressing the chosen option would clear it, but one is always chosen.
        const [chosen] = next;
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} className={styles.option}>
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
