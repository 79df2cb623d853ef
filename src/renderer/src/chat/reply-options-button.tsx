import { ChevronDown, Cpu } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { navigate } from '../platform/navigation-store.ts';
import { settingsStore } from '../platform/stores.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { replyOptions } from './chat-instance.ts';
import styles from './reply-options-button.module.css';

/** Loaded when the pointer or the focus reaches the button. */
const loadOptionsForm = () => import('./reply-options-form.tsx');
const OptionsForm = lazy(async () => ({ default: (await loadOptionsForm()).OptionsForm }));

/** Model and temperature of the next reply. */
export function ReplyOptionsButton() {
  const view = useStore(settingsStore, (state) => state.view);
  const chosen = useStore(replyOptions, (state) => state.chosen);
  if (view === null) return null;
  const { provider, settings } = view;
  if (!provider.llm) {
    return (
      <Button
        size="small"
        variant="ghost"
        icon={<Cpu />}
        className={styles.trigger}
        onClick={() => navigate({ surface: 'settings', section: 'provider' })}
      >
        <span className={styles.model}>No AI model connected</span>
      </Button>
    );
  }
  const options = replyOptions.optionsFor(chosen, provider.host);
  const model = options.model ?? provider.model;
  return (
    <Popover
      label="Model and temperature"
      side="top"
      trigger={
        <Button
          size="small"
          variant="ghost"
          className={styles.trigger}
          onPointerEnter={() => void loadOptionsForm()}
          onFocus={() => void loadOptionsForm()}
        >
          <span className={styles.model}>{model === '' ? 'Choose a model' : model}</span>
          <span className={styles.temperature}>temperature {options.temperature ?? settings.temperature}</span>
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <Suspense fallback={null}>
        <OptionsForm provider={provider} settings={settings} options={options} />
      </Suspense>
    </Popover>
  );
}
