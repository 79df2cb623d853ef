import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import styles from './detail-split.module.css';
import { isEscape } from './input-method.ts';
import { SplitPane } from './split-pane.tsx';
import { useWidth } from './width.ts';

/** Below this width a pane beside the list leaves too little of both, so it covers the list. */
const NARROW = 760;

interface DetailSplitProps {
  /** The pane's width is remembered under this name. */
  readonly id: string;
  readonly label: string;
  /** The chosen row in full; null when none is open. */
  readonly pane: ReactNode | null;
  /** Esc was pressed in the pane. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A list with a pane for its chosen row: beside it, or over it where there is no room. */
export function DetailSplit({ id, label, pane, onClose, children }: DetailSplitProps) {
  const frame = useRef<HTMLDivElement>(null);
  const narrow = useWidth(frame, isNarrow);
  const closeOnEscape = (event: KeyboardEvent) => {
    // Popups in the pane take Esc for themselves and mark it.
    if (!isEscape(event.nativeEvent) || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  const content = pane !== null && (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the pane from wherever the focus is in it
    <div style={{ display: 'contents' }} onKeyDown={closeOnEscape}>
      {pane}
    </div>
  );
  return (
    <div ref={frame} className={styles.frame}>
      <SplitPane
        id={id}
        label={label}
        side="end"
        initial={400}
        min={300}
        max={900}
        over={narrow}
        pane={content || null}
      >
        {children}
      </SplitPane>
    </div>
  );
}

const isNarrow = (width: number) => width > 0 && width < NARROW;
