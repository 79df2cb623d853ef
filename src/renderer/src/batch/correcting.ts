import { createStore } from 'zustand/vanilla';

/** The answer that is being corrected. */
export interface Correcting {
  readonly itemId: number;
  /** Id of the question. */
  readonly question: string;
}

export const correcting = createStore<{ readonly at: Correcting | null }>(() => ({ at: null }));

export function startCorrecting(itemId: number, question: string): void {
  correcting.setState({ at: { itemId, question } });
}

export function endCorrecting(): void {
  correcting.setState({ at: null });
}
