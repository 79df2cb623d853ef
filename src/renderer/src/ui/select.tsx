import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { cx } from './cx.ts';
import popup from './popup.module.css';
import styles from './select.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectProps<Value extends string> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  /** Needed outside a Field. */
  readonly label?: string | undefined;
  readonly size?: 'small' | 'medium' | undefined;
  readonly disabled?: boolean | undefined;
  /** Highlights a filter that is set. */
  readonly marked?: boolean | undefined;
}

/** A choice from a fixed list. For free text with suggestions, use SuggestInput. */
export function Select<Value extends string>({
  value,
  onChange,
  options,
  label,
  size = 'medium',
  disabled,
  marked = false,
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={[...options]}
      value={value}
      onValueChange={(next: Value | null) => next !== null && onChange(next)}
      disabled={disabled}
      modal={false}
    >
      <Base.Trigger
        className={cx(styles.trigger, size === 'small' && styles.small, marked && styles.marked)}
        aria-label={label}
      >
        <Base.Value className={styles.value} />
        <Base.Icon className={styles.icon}>
          <ChevronsUpDown />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false} collisionPadding={8}>
          <Base.Popup className={popup.popup}>
            <Base.List className={popup.list}>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={popup.item}>
                  <span className={popup.mark}>
                    <Base.ItemIndicator>
                      <Check aria-hidden />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText className={popup.text}>{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
