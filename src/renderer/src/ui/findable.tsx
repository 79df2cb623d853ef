import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { FindBar, focusFindBar } from './find-bar.tsx';
import { DrawWhole } from './long-text.tsx';
import { matchesShortcut } from './shortcut.ts';

interface FindableProps {
  /** "Find in this call" */
  readonly label: string;
  readonly children: ReactNode;
}

/** A pane in which Ctrl+F opens a find bar above what it shows. Its parent lays out the bar and the children. */
export function Findable({ label, children }: FindableProps) {
  const content = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState<string | null>(null);
  const focusedBefore = useRef<Element | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !matchesShortcut(event, 'Mod+F')) return;
    event.preventDefault();
    if (query !== null) return focusFindBar(event.currentTarget);
    focusedBefore.current = document.activeElement;
    setQuery(selectedWords());
  };
  const close = () => {
    setQuery(null);
    if (focusedBefore.current instanceof HTMLElement) focusedBefore.current.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the shortcut works from wherever the focus is in it
    <div style={{ display: 'contents' }} onKeyDown={onKeyDown}>
      {query !== null && <FindBar within={content} label={label} query={query} onQuery={setQuery} onClose={close} />}
      <DrawWhole value={query !== null}>
        <div ref={content} style={{ display: 'contents' }}>
          {children}
        </div>
      </DrawWhole>
    </div>
  );
}

/** What is selected is most often what is looked for. */
export function selectedWords(): string {
  const selected = String(getSelection() ?? '');
  return selected.length <= 200 && !selected.includes('\n') ? selected : '';
}
