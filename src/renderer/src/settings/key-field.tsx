import { useState } from 'react';
import { useStore } from 'zustand';
import { providerPresets } from '../../../shared/providers.ts';
import type { KeyState } from '../../../shared/settings-data.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Note } from '../ui/error-note.tsx';
import { Field, Input } from '../ui/field.tsx';
import { destinationOf, type ProviderDraft, sameOrigin } from './provider-draft.ts';
import { settingsForm } from './settings.ts';
import styles from './settings-view.module.css';
import { backendName, keyWords } from './settings-words.ts';

/** The window can set the key but never read it: it sees only the last four characters and where the key is kept. */
export function KeyField({ draft }: { readonly draft: ProviderDraft }) {
  const saved = useStore(settingsForm.store, (state) => state.saved);
  const typed = useStore(settingsForm.store, (state) => state.key);
  const [replacing, setReplacing] = useState(false);
  if (saved === null) return null;
  const { key, settings } = saved;
  const isSet = key.storage !== 'none' && sameOrigin(draft, settings);
  const keepOld = () => {
    settingsForm.typeKey('');
    setReplacing(false);
  };
  if (isSet && !replacing && typed === '') return <StoredKey state={key} onReplace={() => setReplacing(true)} />;
  return (
    <>
      <Field inline name="key" label="API key" hint={entryHint(key, draft.provider)}>
        <div className={styles.row}>
          <Input
            mono
            type="password"
            placeholder={isSet && key.hint !== null ? `Replaces …${key.hint}` : undefined}
            value={typed}
            onChange={(event) => settingsForm.typeKey(event.currentTarget.value)}
          />
          {isSet && <Button onClick={keepOld}>Keep the old key</Button>}
        </div>
      </Field>
      {!key.backendIsStrong && typed !== '' && <WeakBackend backend={key.backend} />}
      {key.storage !== 'none' && !isSet && <OtherServersKey state={key} saved={settings} />}
    </>
  );
}

function StoredKey({ state, onReplace }: { readonly state: KeyState; readonly onReplace: () => void }) {
  const { hint, storage } = state;
  return (
    <Field inline name="key" label="API key" hint={keyWords(state)}>
      <div className={styles.row}>
        <Input mono readOnly value={hint === null || hint === '' ? 'Set' : `…${hint}`} className={styles.short} />
        <Button onClick={onReplace}>Replace</Button>
        {storage !== 'environment' && <Button onClick={() => void settingsForm.removeKey()}>Remove</Button>}
      </div>
    </Field>
  );
}

function entryHint(state: KeyState, provider: ProviderDraft['provider']): string {
  const needed = providerPresets[provider].needsKey ? '' : 'Needed only if the server asks for one. ';
  if (!state.backendIsStrong) return `${needed}Takes effect when you save.`;
  return `${needed}Takes effect when you save, encrypted by ${backendName(state.backend)}.`;
}

function WeakBackend({ backend }: { readonly backend: string }) {
  const allowWeak = useStore(settingsForm.store, (state) => state.allowWeak);
  const hasStore = backend !== 'none' && backend !== '';
  return (
    <Note tone="amber">
      <p>
        {hasStore
          ? `This system’s key store (${backend}) does not encrypt, so the key is kept only in memory, until Docket closes.`
          : 'This system has no key store, so the key is kept only in memory, until Docket closes.'}
      </p>
      {hasStore && (
        <Checkbox
          checked={allowWeak}
          onChange={settingsForm.setAllowWeak}
          label="Keep it on disk anyway; other programs you run could read it"
        />
      )}
    </Note>
  );
}

/** Only one key is kept, for one server. */
function OtherServersKey({
  state,
  saved,
}: {
  readonly state: KeyState;
  readonly saved: Pick<ProviderDraft, 'provider' | 'baseUrl'>;
}) {
  const owner = destinationOf(saved);
  if (owner.kind !== 'remote' && owner.kind !== 'local') return null;
  return (
    <Note tone="neutral">
      The key{state.hint === null || state.hint === '' ? '' : ` …${state.hint}`} is for {owner.host} and is not sent to
      this server. {state.storage === 'environment' ? '' : 'A key entered here replaces it.'}
    </Note>
  );
}
