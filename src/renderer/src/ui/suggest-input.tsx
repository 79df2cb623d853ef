import { Autocomplete } from '@base-ui/react/autocomplete';
import { useState } from 'react';
import { foldText } from '../../../shared/fold-text.ts';
import { cx } from './cx.ts';
import fieldStyles from './field.module.css';
import popup from './popup.module.css';

interface SuggestInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called when the text is settled: on blur, on Enter or when a suggestion is picked. */
  readonly onCommit?: ((value: string) => void) | undefined;
  readonly suggestions: readonly string[];
  /** Called before the list is shown; fetch the suggestions here. */
  readonly onOpen?: (() => void) | undefined;
  readonly placeholder?: string | undefined;
  readonly label?: string | undefined;
  readonly className?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** A text field with suggestions that accepts any text. Used for model names. */
export function SuggestInput(props: SuggestInputProps) {
  const { value, onChange, onCommit, suggestions, onOpen, placeholder, label, className, disabled } = props;
  // The existing value is not a query: filtering by it would hide all other suggestions.
  const [typed, setTyped] = useState(false);
  const matches = (suggestion: string, query: string) =>
    !typed || foldText(suggestion).includes(foldText(query).trim());
  const [wanted, setWanted] = useState(false);
  // An empty list is invisible, yet it would hide the rest of the window from screen readers.
  const open = wanted && suggestions.some((suggestion) => matches(suggestion, value));
  return (
    <Autocomplete.Root
      items={suggestions}
      value={value}
      openOnInputClick
      open={open}
      disabled={disabled}
      filter={matches}
      onOpenChange={(next) => {
        setWanted(next);
        if (next) onOpen?.();
        else setTyped(false);
      }}
      onValueChange={(next, details) => {
        onChange(next);
        setTyped(details.reason === 'input-change');
        if (details.reason === 'item-press') onCommit?.(next);
      }}
    >
      <Autocomplete.Input
        className={cx(fieldStyles.input, fieldStyles.mono, className)}
        placeholder={placeholder}
        aria-label={label}
        spellCheck={false}
        onBlur={() => {
          setWanted(false);
          onCommit?.(value);
        }}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={popup.positioner} sideOffset={4} collisionPadding={8}>
          <Autocomplete.Popup className={popup.popup}>
            <Autocomplete.List className={popup.list}>
              {(suggestion: string) => (
                <Autocomplete.Item key={suggestion} value={suggestion} className={popup.item}>
                  <span className={popup.text}>{suggestion}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
