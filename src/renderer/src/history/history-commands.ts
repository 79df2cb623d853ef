import { type RefObject, useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Command } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { history } from './calls.ts';

/** May be set before the search box exists. */
const searchFocus = createStore<{ readonly wanted: boolean }>(() => ({ wanted: false }));

/** Focuses the search box when this was requested. */
export function useSearchFocus(searchRef: RefObject<HTMLInputElement | null>): void {
  const wanted = useStore(searchFocus, (state) => state.wanted);
  useEffect(() => {
    if (!wanted) return;
    searchFocus.setState({ wanted: false });
    searchRef.current?.focus();
    searchRef.current?.select();
  }, [wanted, searchRef]);
}

/** Commands for the palette. They work from every surface. */
export const historyCommands: readonly Command[] = [
  {
    id: 'history.search',
    title: 'Search history…',
    group: 'History',
    keywords: 'find calls log audit',
    run: () => {
      navigate({ surface: 'history' });
      searchFocus.setState({ wanted: true });
    },
  },
  {
    id: 'history.failed',
    title: 'Show failed calls',
    group: 'History',
    keywords: 'errors problems',
    run: () => navigate({ surface: 'history', filter: { status: 'error' } }),
  },
  {
    id: 'history.clear',
    title: 'Show all calls',
    group: 'History',
    keywords: 'clear filters',
    run: () => {
      history.clear();
      navigate({ surface: 'history' });
    },
  },
];
