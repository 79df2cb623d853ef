import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SettingsField } from '../../../shared/problem-action.ts';
import { navigate, useTarget } from '../platform/navigation-store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { showToast } from '../ui/toast.tsx';
import { AppearanceSection, BatchSection, DataAndAbout, ReasoningSection, TimeoutsSection } from './other-sections.tsx';
import { draftOf } from './provider-draft.ts';
import { ProviderSection } from './provider-section.tsx';
import { RecognitionSection } from './recognition-section.tsx';
import { settingsForm } from './settings.ts';
import styles from './settings-view.module.css';

/** All settings on one page. The provider is saved as a whole; everything else takes effect once settled. */
export function SettingsView() {
  const saved = useStore(settingsForm.store, (state) => state.saved);
  const edited = useStore(settingsForm.store, (state) => state.draft);
  const problem = useStore(settingsForm.store, (state) => state.problem);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => settingsForm.connect(), []);
  useEffect(() => remindOnLeaving, []);
  const loaded = saved !== null;
  const [wanted, setWanted] = useState<SettingsField | null>(null);
  useTarget('settings', ({ section, field }) => {
    if (section !== undefined) page.current?.querySelector(`#settings-${section}`)?.scrollIntoView({ block: 'start' });
    setWanted(field ?? null);
  });
  useEffect(() => {
    if (wanted === null || !loaded) return;
    showField(page.current, wanted);
    setWanted(null);
  }, [wanted, loaded]);
  const showMistake = () => {
    // After the errors have been rendered.
    requestAnimationFrame(() => page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const draft = edited ?? (saved && draftOf(saved.settings));
  return (
    <div className={styles.view}>
      <header className={styles.bar}>
        <h1>Settings</h1>
        <Unsaved onRefused={showMistake} />
      </header>
      <div ref={page} className={styles.page}>
        <div className={styles.column}>
          {draft === null ? (
            <Waiting failed={problem !== null} />
          ) : (
            <>
              <ProviderSection draft={draft} />
              <BatchSection />
              <ReasoningSection />
              <RecognitionSection />
              <TimeoutsSection />
              <AppearanceSection />
              <DataAndAbout />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function Waiting({ failed }: { readonly failed: boolean }) {
  const problem = useStore(settingsForm.store, (state) => state.problem);
  if (!failed || problem === null) return <Skeleton lines={8} />;
  return <ErrorNote problem={problem} actions={<Button onClick={() => void settingsForm.load()}>Try again</Button>} />;
}

/** Focuses the field that was navigated to, or the provider if that field is not displayed. */
function showField(page: HTMLElement | null, field: SettingsField): void {
  const place = page?.querySelector(`[data-field="${field}"]`) ?? page?.querySelector('#settings-provider');
  place?.scrollIntoView({ block: 'center' });
  place?.querySelector<HTMLElement>('input, button, [tabindex="0"]')?.focus();
}

/** Visible at every scroll position. */
function Unsaved({ onRefused }: { readonly onRefused: () => void }) {
  const save = async () => {
    if (!(await settingsForm.save())) onRefused();
  };
  const dirty = useStore(settingsForm.store, (state) => state.draft !== null || state.key !== '');
  const saving = useStore(settingsForm.store, (state) => state.saving);
  if (!dirty) return null;
  return (
    <div className={styles.unsaved}>
      <span>The provider is not saved</span>
      <Button onClick={settingsForm.discard}>Discard</Button>
      <Button variant="primary" busy={saving} onClick={() => void save()}>
        Save
      </Button>
    </div>
  );
}

/** Leaving the page loses nothing, but unsaved changes are not in use yet, which is easily overlooked. */
function remindOnLeaving(): void {
  if (!settingsForm.isDirty()) return;
  showToast({
    title: 'The provider is not saved',
    detail: 'What you entered is kept in Settings.',
    action: { label: 'Back to Settings', onPress: () => navigate({ surface: 'settings', section: 'provider' }) },
  });
}
