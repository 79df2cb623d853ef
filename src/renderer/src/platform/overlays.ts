import { createStore } from 'zustand/vanilla';

/** Which of the window's overlays is open. */
export const overlays = createStore<{ readonly open: 'palette' | 'shortcuts' | null }>(() => ({ open: null }));

export function closeOverlay(): void {
  overlays.setState({ open: null });
}
