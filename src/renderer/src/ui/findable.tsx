import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { FindBar, focusFindBar } from './find-bar.tsx';
import { DrawWhole } from './long-text.tsx';
import { matchesShortcut } from './shortcut.ts';

type PressedKeys = 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'defaultPrevented' | 'preventDefault';

interface FindableProps {
  /** For example "Find in this call". */
  readonly label: string;
  /** Ctrl+F opens the bar wherever the focus is, unless something else handles it. */
  readonly everywhere?: boolean;
  readonly children: ReactNode;
}

/** A pane in which Ctrl+F opens a find bar above the content. Its parent lays out bar and content. */
export function Findable({ label, everywhere = false, children }: FindableProps) {
  const content = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState<string | null>(null);
  const focusedBefore = useRef<Element | null>(null);
  const pane = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: Pick<KeyboardEvent, PressedKeys>) => {
    if (event.defaultPrevented || !matchesShortcut(event, 'Mod+F')) return;
    event.preventDefault();
    if (query !== null) {
      if (pane.current !== null) focusFindBar(pane.current);
      return;
    }
    focusedBefore.current = document.activeElement;
    setQuery(selectedWords());
  };
  const onWindowKey = useEffectEvent(onKeyDown);
  useEffect(() => {
    if (!everywhere) return undefined;
    const listener = (event: KeyboardEvent) => onWindowKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [everywhere]);
  const close = () => {
    setQuery(null);
    if (focusedBefore.current instanceof HTMLElement) focusedBefore.current.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the shortcut works wherever the focus is inside it
    <div ref={pane} style={{ display: 'contents' }} onKeyDown={onKeyDown}>
      {query !== null && <FindBar within={content} label={label} query={query} onQuery={setQuery} onClose={close} />}
      <DrawWhole value={query !== null}>
        <div ref={content} style={{ display: 'contents' }}>
          {children}
        </div>
      </DrawWhole>
    </div>
  );
}

/** The selection is usually what the user is looking for. */
export function selectedWords(): string {
  const selected = String(getSelection() ?? '');
  return selected.length <= 200 && !selected.includes('\n') ? selected : '';
}
