import type { ReactNode } from 'react';
import { Note } from './error-note.tsx';
import { Failsafe } from './failsafe.tsx';

interface PaneFailsafeProps {
  /** Identifies the record. When it changes, rendering is tried again. */
  readonly of: unknown;
  readonly children: ReactNode;
}

/** An error boundary for a stored record: one that cannot be rendered leaves the rest of the view usable. */
export function PaneFailsafe({ of, children }: PaneFailsafeProps) {
  return (
    <Failsafe
      of={of}
      fallback={(error) => (
        <Note tone="red">
          <p>Docket could not show this because of a bug. What is stored is not affected.</p>
          <p data-selectable>{String(error)}</p>
        </Note>
      )}
    >
      {children}
    </Failsafe>
  );
}
