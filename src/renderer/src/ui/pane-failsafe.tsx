import type { ReactNode } from 'react';
import { Note } from './error-note.tsx';
import { Failsafe } from './failsafe.tsx';

interface PaneFailsafeProps {
  /** What is shown; with another one drawing is tried again. */
  readonly of: unknown;
  readonly children: ReactNode;
}

/** Around what a pane shows of a stored record: one that cannot be drawn leaves the table and the surface usable. */
export function PaneFailsafe({ of, children }: PaneFailsafeProps) {
  return (
    <Failsafe
      of={of}
      fallback={(error) => (
        <Note tone="red">
          <p>This could not be shown, which is a fault in Docket. What is stored is safe.</p>
          <p data-selectable>{String(error)}</p>
        </Note>
      )}
    >
      {children}
    </Failsafe>
  );
}
