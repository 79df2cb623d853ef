import { useState } from 'react';
import { useStore } from 'zustand';
import type { KeyState } from '../../../shared/data.ts';
import { providerPresets } from '../../../shared/providers.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/error-note.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Checkbox } from '../ui/toggles.tsx';
import { destinationOf, type ProviderDraft } from './provider-draft.ts';
import { settingsForm } from './settings.ts';
import styles from './settings-view.module.css';
import { backendName, keyWords } from './settings-words.ts';

/** The key goes in and never comes back: only its last four characters and where it is kept. */
export function KeyField({ draft }: { readonly draft: ProviderDraft }) {
  const key = useStore(settingsForm.store, (state) => state.saved?.key);
  const typed = useStore(settingsForm.store, (state) => state.key);
  const [replacing, setReplacing] = useState(false);
  if (key === undefined) return null;
  const entering = key.storage === 'none' || replacing || typed !== '';
  return (
    <>
      {entering ? (
        <Field inline label="API key" hint={<EntryHint state={key} provider={draft.provider} />}>
          <div className={styles.row}>
            <Input
              mono
              type="password"
              // Pasting is the usual way; a manager for web passwords has no part in it.
              autoComplete="off"
              placeholder={key.hint === null ? '' : `Takes the place of …${key.hint}`}
              value={typed}
              onChange={(event) => settingsForm.typeKey(event.currentTarget.value)}
            />
            {key.storage !== 'none' && (
              <Button
                onClick={() => {
                  settingsForm.typeKey('');
                  setReplacing(false);
                }}
              >
                Keep the old one
              </Button>
            )}
          </div>
        </Field>
      ) : (
        <Field inline label="API key" hint={keyWords(key)}>
          <div className={styles.row}>
            <Input mono readOnly value={key.hint === null ? 'Set' : `…${key.hint}`} className={styles.short} />
            <Button onClick={() => setReplacing(true)}>Replace</Button>
            {key.storage !== 'environment' && <Button onClick={() => void settingsForm.removeKey()}>Remove</Button>}
          </div>
        </Field>
      )}
      {entering && !key.backendIsStrong && <WeakBackend backend={key.backend} />}
      {!entering && <KeyGoesElsewhere draft={draft} hint={key.hint} />}
    </>
  );
}

function EntryHint({ state, provider }: { readonly state: KeyState; readonly provider: ProviderDraft['provider'] }) {
  const needed = providerPresets[provider].needsKey ? '' : 'Only where the server asks for one. ';
  if (!state.backendIsStrong) return needed === '' ? 'Stored when you save.' : needed;
  return `${needed}Stored when you save, encrypted by ${backendName(state.backend)}.`;
}

function WeakBackend({ backend }: { readonly backend: string }) {
  const allowWeak = useStore(settingsForm.store, (state) => state.allowWeak);
  return (
    <Note tone="amber">
      <p>
        This system offers no key store that encrypts ({backend} only scrambles), so the key is kept in memory until
        Docket closes.
      </p>
      <Checkbox
        checked={allowWeak}
        onChange={settingsForm.setAllowWeak}
        label="Keep it on disk anyway; other programs of this user could read it"
      />
    </Note>
  );
}

/** One key is kept for all providers, so a new address gets the old key unless it is removed. */
function KeyGoesElsewhere({ draft, hint }: { readonly draft: ProviderDraft; readonly hint: string | null }) {
  const saved = useStore(settingsForm.store, (state) => state.saved?.settings);
  const destination = destinationOf(draft);
  if (saved === undefined || destination.kind !== 'remote') return null;
  const before = destinationOf(saved);
  if (before.kind !== 'remote' || before.host === destination.host) return null;
  return (
    <Note tone="amber">
      The key{hint === null ? '' : ` …${hint}`} was used with {before.host}. Saved like this, it is sent to{' '}
      {destination.host}.
    </Note>
  );
}
