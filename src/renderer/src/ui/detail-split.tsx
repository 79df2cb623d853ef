import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import styles from './detail-split.module.css';
import { isEscape } from './input-method.ts';
import { SplitPane, type Wide } from './split-pane.tsx';
import { useWidth } from './width.ts';

/** In a narrower window, list and pane side by side would both be too small, so the pane covers the list. */
const NARROW = 760;

interface DetailSplitProps {
  /** Key under which the pane's width is remembered. */
  readonly id: string;
  readonly label: string;
  /** The details of the chosen row; null when none is open. */
  readonly pane: ReactNode | null;
  /** Called when Esc is pressed in the pane. */
  readonly onClose: () => void;
  /** Gives the pane as much room as it may have. */
  readonly wide?: Wide;
  readonly children: ReactNode;
}

/** A list with a detail pane for the chosen row: beside the list, or over it in a narrow window. */
export function DetailSplit({ id, label, pane, onClose, wide, children }: DetailSplitProps) {
  const frame = useRef<HTMLDivElement>(null);
  const narrow = useWidth(frame, isNarrow);
  const closeOnEscape = (event: KeyboardEvent) => {
    // A popup in the pane handles Esc itself and prevents the default.
    if (!isEscape(event.nativeEvent) || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  const content = pane !== null && (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the pane wherever the focus is inside it
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
        wide={wide}
        pane={content || null}
      >
        {children}
      </SplitPane>
    </div>
  );
}

const isNarrow = (width: number) => width > 0 && width < NARROW;
