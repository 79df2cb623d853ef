import { useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { HistoryFilter } from '../../../shared/call-data.ts';
import type { PickedFile } from '../../../shared/chat-data.ts';
import type { SettingsField } from '../../../shared/problem-action.ts';
import type { SurfaceId } from './surfaces.ts';

/** The message to go to, by its own id or its call's, and the words that were searched for. */
export interface Lead {
  readonly messageId?: string;
  readonly callId?: number;
  readonly words: string;
}

/** A surface, and optionally what to show in it. */
export type Target =
  /** `attach`: a file for a new conversation. */
  | { readonly surface: 'chat'; readonly conversationId?: string; readonly lead?: Lead; readonly attach?: PickedFile }
  | { readonly surface: 'batch'; readonly batchId?: string; readonly itemId?: number }
  | { readonly surface: 'history'; readonly callId?: number; readonly filter?: HistoryFilter }
  | { readonly surface: 'settings'; readonly section?: 'provider' | 'data'; readonly field?: SettingsField };

type TargetOf<Surface extends SurfaceId> = Extract<Target, { readonly surface: Surface }>;

interface Navigation {
  readonly target: Target;
  /** Counts navigations, so that going to the same target twice is noticed. */
  readonly visit: number;
}

const storageKey = 'docket.surface';

function rememberedTarget(): Target {
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(storageKey);
  return stored === 'batch' || stored === 'history' || stored === 'settings'
    ? { surface: stored }
    : { surface: 'chat' };
}

export const navigation = createStore<Navigation>(() => ({ target: rememberedTarget(), visit: 0 }));

/** Goes to a surface from anywhere. */
export function navigate(target: Target): void {
  localStorage.setItem(storageKey, target.surface);
  navigation.setState(({ visit }) => ({ target, visit: visit + 1 }));
}

/**
 * @returns goes to a surface once something is ready that takes a moment, unless the user has gone elsewhere since this
 * was called: nobody is taken away from where they went.
 */
export function navigateLater(): (target: Target) => void {
  const { visit } = navigation.getState();
  return (target) => {
    if (navigation.getState().visit === visit) navigate(target);
  };
}

export function useSurface(): SurfaceId {
  return useStore(navigation, ({ target }) => target.surface);
}

/** Calls back with each target on this surface: when the view appears, and on every later visit. */
export function useTarget<Surface extends SurfaceId>(
  surface: Surface,
  onTarget: (target: TargetOf<Surface>) => void,
): void {
  const visit = useStore(navigation, (state) => state.visit);
  const tell = useEffectEvent(() => {
    const { target } = navigation.getState();
    if (target.surface === surface) onTarget(target as TargetOf<Surface>);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on each visit
  useEffect(() => tell(), [visit]);
}
