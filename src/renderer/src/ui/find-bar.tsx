import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import { Input } from './field.tsx';
import styles from './find-bar.module.css';
import { createFinder, type Findings, nothingFound } from './finder.ts';
import { formatNumber } from './format.ts';
import { belongsToInputMethod, isEscape } from './input-method.ts';
import { matchesShortcut } from './shortcut.ts';

interface FindBarProps {
  /** Where to search: all selectable text inside. */
  readonly within: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onClose: () => void;
  /** Where to look for the first match, if not at the reader's position. */
  readonly from?: (() => Element | null) | undefined;
}

/** Finds words in the text on display: counts matches and steps through them. Follows a text that grows. */
export function FindBar({ within, label, query, onQuery, onClose, from }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const finder = useRef<ReturnType<typeof createFinder>>(null);
  const [findings, setFindings] = useState(nothingFound);

  useEffect(() => {
    if (within.current === null) return undefined;
    const made = createFinder(within.current, setFindings);
    finder.current = made;
    return () => {
      finder.current = null;
      made.end();
    };
  }, [within]);
  const fromRef = useRef(from);
  useEffect(() => finder.current?.search(query, fromRef.current?.() ?? null), [query]);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (step !== null) finder.current?.step(step);
    else if (isEscape(event.nativeEvent)) onClose();
    else return;
    event.preventDefault();
  };
  const nothing = findings.count === 0;
  return (
    <search className={styles.bar} aria-label={label} onKeyDown={onKeyDown}>
      <Input
        ref={field}
        data-find-field
        className={styles.field}
        aria-label={label}
        placeholder={label}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
      />
      <span className={styles.count} role="status">
        {query.trim() === '' ? '' : countWords(findings)}
      </span>
      <IconButton
        label="Previous match"
        shortcut="Shift+Enter"
        icon={<ChevronUp />}
        size="small"
        disabled={nothing}
        onClick={() => finder.current?.step(-1)}
      />
      <IconButton
        label="Next match"
        shortcut="Enter"
        icon={<ChevronDown />}
        size="small"
        disabled={nothing}
        onClick={() => finder.current?.step(1)}
      />
      <IconButton label="Close" shortcut="Esc" icon={<X />} size="small" onClick={onClose} />
    </search>
  );
}

/** Enter in the field, and the usual shortcuts of other programs. */
function stepOf(event: KeyboardEvent): 1 | -1 | null {
  if (belongsToInputMethod(event.nativeEvent)) return null;
  const inField = event.target instanceof HTMLInputElement;
  if (inField && event.key === 'Enter') return event.shiftKey ? -1 : 1;
  if (matchesShortcut(event, 'F3') || matchesShortcut(event, 'Mod+G')) return 1;
  return matchesShortcut(event, 'Shift+F3') || matchesShortcut(event, 'Mod+Shift+G') ? -1 : null;
}

export function countWords({ count, current, more, finished }: Findings): string {
  if (!finished) return 'Looking…';
  if (count === 0) return 'Not found';
  return `${formatNumber(current + 1)} of ${more ? 'more than ' : ''}${formatNumber(count)}`;
}

/** Focuses a find bar that is already open, as a second Ctrl+F does. */
export function focusFindBar(container: ParentNode): void {
  const field = container.querySelector<HTMLInputElement>('[data-find-field]');
  field?.focus();
  field?.select();
}
