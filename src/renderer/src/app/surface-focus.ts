import type { SurfaceId } from './surfaces.ts';

/** The element of each surface that had the focus last. */
const lastFocused = new Map<SurfaceId, HTMLElement>();

export function rememberFocus(surface: SurfaceId, target: EventTarget): void {
  if (target instanceof HTMLElement) lastFocused.set(surface, target);
}

function isUsable(element: Element | null | undefined): element is HTMLElement {
  return element instanceof HTMLElement && element.isConnected && element.checkVisibility();
}

/**
 * Gives the keyboard a place in the surface that is shown, when what had the focus is gone: where it was last, else
 * the composer, a list or a table, else the surface itself.
 */
export function settleFocus(surface: SurfaceId): void {
  const active = document.activeElement;
  if (active !== document.body && isUsable(active)) return;
  const main = document.querySelector<HTMLElement>(`main[data-surface="${surface}"]`);
  const places = [
    lastFocused.get(surface),
    main?.querySelector('[data-composer], [role="grid"], [role="listbox"]'),
    main,
  ];
  places.find(isUsable)?.focus({ preventScroll: true });
}
