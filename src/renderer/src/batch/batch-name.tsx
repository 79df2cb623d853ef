import { type KeyboardEvent, useRef, useState } from 'react';
import type { Batch } from '../../../shared/batch-data.ts';
import { belongsToInputMethod } from '../ui/input-method.ts';
import { directionOf } from '../ui/text-direction.ts';
import { renameBatch } from './batch-edits.ts';
import styles from './batch-name.module.css';
import { renaming } from './renaming.ts';

/** The name of a batch. */
export function BatchName({ batch, className }: { readonly batch: Batch; readonly className: string | undefined }) {
  const { name, dropped } = batch;
  const full = name === dropped ? name : `${name} (${dropped})`;
  return (
    <span className={className} title={full} dir={directionOf(name)}>
      {name}
    </span>
  );
}

interface BatchNameFieldProps {
  readonly batch: Batch;
  /** Takes the focus back when the name has been edited. */
  readonly onDone: (field: HTMLElement) => void;
}

/** A field for the name of a batch. */
export function BatchNameField({ batch, onDone }: BatchNameFieldProps) {
  const [name, setName] = useState(batch.name);
  const ended = useRef<'kept' | 'undone' | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Keeps these keys from what is around it.
    event.stopPropagation();
    if (belongsToInputMethod(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    ended.current = event.key === 'Escape' ? 'undone' : 'kept';
    // Leaving the field ends the renaming.
    onDone(event.currentTarget);
  };
  return (
    <input
      className={styles.field}
      aria-label="Name of the batch"
      value={name}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: the field replaces the name that the user acted on
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={({ currentTarget, relatedTarget }) => {
        // The menu that began the renaming hands the focus back to its button when it has closed.
        const isMenuClosing = relatedTarget?.getAttribute('aria-haspopup') === 'menu';
        if (isMenuClosing && ended.current === null) return currentTarget.focus();
        renaming.setState({ at: null });
        if (ended.current !== 'undone') void renameBatch(batch, name);
      }}
    />
  );
}
