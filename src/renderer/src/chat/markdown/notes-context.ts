import { createContext } from 'react';

interface Notes {
  /** Brings a note into sight and gives it the focus; `from` is gone back to from there. */
  readonly show: (label: string, from: HTMLElement) => void;
}

/** Around a text that has footnotes. */
export const NotesContext = createContext<Notes | null>(null);
