import { Search, X } from 'lucide-react';
import { type RefObject, useEffect } from 'react';
import { useStore } from 'zustand';
import type { CallKind, CallStatus } from '../../../shared/call-data.ts';
import { lastFocusIn } from '../platform/surface-focus.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { isEscape } from '../ui/input-method.ts';
import { Select } from '../ui/select.tsx';
import { isMac, matchesShortcut } from '../ui/shortcut.ts';
import { statusWord } from '../ui/status-icon.tsx';
import { totalWords } from './call-words.ts';
import { history } from './calls.ts';
import styles from './history-filters.module.css';
import { type DateRange, isFiltered } from './history-query.ts';

/** Stands for "no filter", because a Select has no null value. */
const ANY = '';

const kinds: readonly { readonly value: CallKind | typeof ANY; readonly label: string }[] = [
  { value: ANY, label: 'All kinds' },
  { value: 'chat', label: 'Chat' },
  { value: 'analysis', label: 'Batch' },
  { value: 'probe', label: 'Connection' },
];

const statuses: readonly { readonly value: CallStatus | typeof ANY; readonly label: string }[] = [
  { value: ANY, label: 'Any outcome' },
  ...(['ok', 'error', 'cancelled', 'in_doubt', 'open'] as const).map((value) => ({ value, label: statusWord(value) })),
];

const ranges: readonly { readonly value: DateRange; readonly label: string }[] = [
  { value: 'any', label: 'Any time' },
  { value: 'today', label: 'Today' },
  { value: 'week', label: 'Last 7 days' },
  { value: 'month', label: 'Last 30 days' },
  { value: 'custom', label: 'Custom range…' },
];

/** Ctrl+F then searches in the call: it had the focus last, or it covers the list. */
function isCallInUse(): boolean {
  const pane = document.querySelector('[data-pane="call"]');
  return pane !== null && (pane.matches('[data-over]') || pane.contains(lastFocusIn('history')));
}

interface HistoryFiltersProps {
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly onClear: () => void;
}

/** The search box and the filters above the list. */
export function HistoryFilters({ searchRef, onClear }: HistoryFiltersProps) {
  const query = useStore(history.store, (state) => state.query);
  const facets = useStore(history.store, (state) => state.facets);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !matchesShortcut(event, 'Mod+F') || isCallInUse()) return;
      event.preventDefault();
      searchRef.current?.focus();
      searchRef.current?.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [searchRef]);

  const models = facets?.models ?? [];
  const shown = query.model === null || models.includes(query.model) ? models : [query.model, ...models];
  return (
    <>
      <header className={styles.bar}>
        <h1>History</h1>
        <div className={styles.search}>
          <Search aria-hidden />
          <Input
            ref={searchRef}
            type="text"
            role="searchbox"
            aria-label="Search questions, replies and file names"
            aria-keyshortcuts={isMac ? 'Meta+F' : 'Control+F'}
            placeholder="Search questions, replies and file names"
            maxLength={500}
            value={query.search}
            onChange={(event) => history.ask({ search: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (!isEscape(event.nativeEvent) || query.search === '') return;
              event.preventDefault();
              history.ask({ search: '' });
            }}
          />
        </div>
        <Shown />
      </header>
      <div className={styles.filters}>
        <Select
          size="small"
          label="Kind"
          value={query.kind ?? ANY}
          marked={query.kind !== null}
          options={kinds}
          onChange={(kind) => history.ask({ kind: kind === ANY ? null : kind })}
        />
        <Select
          size="small"
          label="Outcome"
          value={query.status ?? ANY}
          marked={query.status !== null}
          options={statuses}
          onChange={(status) => history.ask({ status: status === ANY ? null : status })}
        />
        <Select
          size="small"
          label="Model"
          value={query.model ?? ANY}
          marked={query.model !== null}
          options={[{ value: ANY, label: 'All models' }, ...shown.map((value) => ({ value, label: value }))]}
          onChange={(model) => history.ask({ model: model === ANY ? null : model })}
        />
        <Select
          size="small"
          label="Time"
          value={query.range}
          marked={query.range !== 'any'}
          options={ranges}
          onChange={(range) => history.ask({ range })}
        />
        {query.range === 'custom' && (
          <>
            <Input
              type="date"
              aria-label="First day"
              className={styles.day}
              max={query.toDay === '' ? undefined : query.toDay}
              value={query.fromDay}
              onChange={(event) => history.ask({ fromDay: event.currentTarget.value })}
            />
            <span aria-hidden>–</span>
            <Input
              type="date"
              aria-label="Last day"
              className={styles.day}
              min={query.fromDay === '' ? undefined : query.fromDay}
              value={query.toDay}
              onChange={(event) => history.ask({ toDay: event.currentTarget.value })}
            />
          </>
        )}
        {isFiltered(query) && (
          <Button size="small" variant="ghost" icon={<X />} onClick={onClear}>
            Clear filters
          </Button>
        )}
      </div>
    </>
  );
}

/** The number of calls, and how many match the filters. */
function Shown() {
  const words = useStore(history.store, totalWords);
  return words === null ? null : <span className={styles.total}>{words}</span>;
}
