import type { SurfaceId } from './surfaces.ts';

/** The element that last had the focus, by surface. */
const lastFocused = new Map<SurfaceId, HTMLElement>();

/** Elements to focus when a surface or a part of it has lost its focus. */
const homes = '[data-composer], [role="grid"], [role="listbox"], [role="radio"][aria-checked="true"]';

export function rememberFocus(surface: SurfaceId, target: EventTarget): void {
  if (target instanceof HTMLElement) lastFocused.set(surface, target);
}

export function lastFocusIn(surface: SurfaceId): HTMLElement | null {
  return lastFocused.get(surface) ?? null;
}

function isUsable(element: Element | null | undefined): element is HTMLElement {
  return (
    element instanceof HTMLElement && element.isConnected && element.checkVisibility() && !element.matches(':disabled')
  );
}

/**
 * Moves the focus to the current surface when the focused element is gone: to the element focused last, or else to the
 * composer, a list or a table, or else to the surface itself. `around` are the ancestors of the element that is gone,
 * nearest first; they are searched before the rest of the surface.
 */
export function settleFocus(surface: SurfaceId, around: readonly Element[] = []): void {
  const active = document.activeElement;
  if (active !== document.body && isUsable(active)) return;
  const main = document.querySelector<HTMLElement>(`main[data-surface="${surface}"]`);
  const places = [
    lastFocused.get(surface),
    ...around.filter((element) => main?.contains(element)).map((element) => element.querySelector(homes)),
    main?.querySelector(homes),
    main,
  ];
  places.find(isUsable)?.focus({ preventScroll: true });
}

/** Keeps the focus from being lost: when the focused element is removed, one near it takes over. */
export function catchLostFocus(surface: () => SurfaceId): () => void {
  const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null || !(target instanceof HTMLElement)) return;
    // The element is still in the document now. Whoever removes it may move the focus elsewhere.
    const around = ancestors(target);
    requestAnimationFrame(() => {
      if (!isUsable(target)) settleFocus(surface(), around);
    });
  };
  document.addEventListener('focusout', onFocusOut);
  return () => document.removeEventListener('focusout', onFocusOut);
}

function ancestors(element: Element): readonly Element[] {
  const parent = element.parentElement;
  return parent === null ? [] : [parent, ...ancestors(parent)];
}
