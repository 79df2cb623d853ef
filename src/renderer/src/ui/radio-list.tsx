import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import styles from './radio-list.module.css';

interface RadioListProps<Value extends string> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly label: string;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    /** One line that explains the option. */
    readonly detail?: ReactNode;
    /** Shown at the end of the line, such as a badge. */
    readonly aside?: ReactNode;
  }[];
}

/** A choice between a few options that each need a line of explanation; arrow keys move between them. */
export function RadioList<Value extends string>({ value, onChange, label, options }: RadioListProps<Value>) {
  return (
    <RadioGroup
      className={styles.list}
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the radio contains a hidden input
        <label key={option.value} className={styles.option}>
          <Radio.Root value={option.value} className={styles.radio}>
            <Radio.Indicator className={styles.dot} />
          </Radio.Root>
          <span className={styles.words}>
            <span className={styles.name}>{option.label}</span>
            {option.detail !== undefined && <span className={styles.detail}>{option.detail}</span>}
          </span>
          {option.aside}
        </label>
      ))}
    </RadioGroup>
  );
}
