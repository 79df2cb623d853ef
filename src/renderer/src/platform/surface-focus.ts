import type { SurfaceId } from './surfaces.ts';

/** The element of each surface that had the focus last. */
const lastFocused = new Map<SurfaceId, HTMLElement>();

/** Where work goes on in a surface or a part of it. */
const homes = '[data-composer], [role="grid"], [role="listbox"], [role="radio"][aria-checked="true"]';

export function rememberFocus(surface: SurfaceId, target: EventTarget): void {
  if (target instanceof HTMLElement) lastFocused.set(surface, target);
}

function isUsable(element: Element | null | undefined): element is HTMLElement {
  return (
    element instanceof HTMLElement && element.isConnected && element.checkVisibility() && !element.matches(':disabled')
  );
}

/**
 * Gives the keyboard a place in the surface that is shown, when what had the focus is gone: where it was last, else
 * the composer, a list or a table, else the surface itself. `around`, nearest first, is what stood around the element
 * that is gone: a place in there is looked for first.
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

/** Nobody presses a key into nothing: when what has the focus is taken away, a place near it takes over. */
export function catchLostFocus(surface: () => SurfaceId): () => void {
  const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null || !(target instanceof HTMLElement)) return;
    // It is still in its place now; who takes it away may give the focus on by itself.
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
