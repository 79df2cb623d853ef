import { useState } from 'react';
import { useStore } from 'zustand';
import { Field, Input } from '../ui/field.tsx';
import { limits, type NumberSetting, parseNumberSetting, shownNumber } from './limits.ts';
import { settingsForm } from './settings.ts';
import styles from './settings-view.module.css';

interface NumberSettingFieldProps {
  readonly name: NumberSetting;
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  /** Shown in the empty field of a setting that may be left to Docket. */
  readonly automatic?: string;
}

/** Saves when the value is settled. An invalid value stays as typed, with the reason below it. */
export function NumberSettingField({ name, label, hint, unit, automatic }: NumberSettingFieldProps) {
  const settings = useStore(settingsForm.store, (state) => state.saved?.settings);
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  if (settings === undefined) return null;
  const text = typed ?? shownNumber(name, settings);

  const commit = (next: string) => {
    if (automatic !== undefined && next.trim() === '') {
      setError(null);
      setTyped(null);
      if (settings[name] !== null) void settingsForm.change({ [name]: null });
      return;
    }
    const parsed = parseNumberSetting(name, next);
    setError(parsed.ok ? null : parsed.error);
    if (!parsed.ok) return;
    setTyped(null);
    if (parsed.value !== settings[name]) void settingsForm.change({ [name]: parsed.value });
  };
  const step = (by: number) => {
    const { min, max, scale } = limits[name];
    const current = parseNumberSetting(name, text);
    if (!current.ok) return;
    commit(String(Math.min(max, Math.max(min, current.value + by * scale)) / scale));
  };
  return (
    <Field inline name={name} label={label} hint={hint} problem={error}>
      <div className={styles.row}>
        <Input
          className={styles.number}
          inputMode="numeric"
          value={text}
          placeholder={automatic}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            if (error !== null && parseNumberSetting(name, event.currentTarget.value).ok) setError(null);
          }}
          onBlur={() => typed !== null && commit(typed)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit(text);
            else if (event.key === 'ArrowUp') step(event.shiftKey ? 10 : 1);
            else if (event.key === 'ArrowDown') step(event.shiftKey ? -10 : -1);
            else if (event.key === 'Escape' && typed !== null) {
              setTyped(null);
              setError(null);
            } else return;
            event.preventDefault();
          }}
        />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </div>
    </Field>
  );
}
