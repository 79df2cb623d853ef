import { useStore } from 'zustand';
import type { DiscoveredServer } from '../../../shared/provider-data.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field, Input } from '../ui/field.tsx';
import { RadioList } from '../ui/radio-list.tsx';
import { ConnectionTestView } from './connection-test.tsx';
import { KeyField } from './key-field.tsx';
import { ModelField } from './model-field.tsx';
import { destinationOf, type ProviderDraft } from './provider-draft.ts';
import { providerKinds } from './provider-kinds.ts';
import { Section } from './section.tsx';
import { settingsForm } from './settings.ts';
import styles from './settings-view.module.css';
import { destinationWords, foundWords, providerDetails, providerName, unencryptedWords } from './settings-words.ts';

/** The provider, saved as a whole, so that nothing goes to a half-typed address. */
export function ProviderSection({ draft }: { readonly draft: ProviderDraft }) {
  const found = useStore(settingsForm.store, (state) => state.found);
  const problem = useStore(settingsForm.store, (state) => state.problem);
  return (
    <Section id="provider" title="Provider">
      <Offers draft={draft} found={found} />
      <RadioList
        label="Provider"
        value={draft.provider}
        onChange={settingsForm.choose}
        options={providerKinds.map((value) => ({
          value,
          label: providerName(value),
          detail: providerDetails[value],
          aside: found.some(({ kind }) => kind === value) ? <Badge tone="green">Running here</Badge> : undefined,
        }))}
      />
      {draft.provider !== 'builtin' && <ServerFields draft={draft} />}
      <WhereTextGoes draft={draft} />
      {problem !== null && <ErrorNote problem={problem} />}
      <ConnectionTestView />
    </Section>
  );
}

/** Local servers that were found but are not in use. */
function Offers({ draft, found }: { readonly draft: ProviderDraft; readonly found: readonly DiscoveredServer[] }) {
  const saved = useStore(settingsForm.store, (state) => state.saved?.settings.provider);
  const saving = useStore(settingsForm.store, (state) => state.saving);
  return found
    .filter(({ kind }) => kind !== saved && kind !== draft.provider)
    .map((server) => (
      <Note
        key={server.kind}
        tone="neutral"
        actions={
          server.models.length > 0 && (
            <Button size="small" busy={saving} onClick={() => void settingsForm.use(server)}>
              Use it
            </Button>
          )
        }
      >
        {foundWords(server)}
      </Note>
    ));
}

function ServerFields({ draft }: { readonly draft: ProviderDraft }) {
  const errors = useStore(settingsForm.store, (state) => state.errors);
  const fromEnvironment = useStore(settingsForm.store, (state) => state.saved?.fromEnvironment.includes('baseUrl'));
  const isDraft = useStore(settingsForm.store, (state) => state.draft !== null);
  return (
    <div className={styles.fields}>
      <Field
        inline
        name="baseUrl"
        label="Address"
        problem={errors.baseUrl}
        warning={unencryptedWords(destinationOf(draft))}
        hint={fromEnvironment && !isDraft ? 'From OPENAI_BASE_URL, until you change it here.' : 'Usually ends in /v1.'}
      >
        <Input
          mono
          value={draft.baseUrl}
          placeholder="https://"
          onChange={(event) => settingsForm.edit({ baseUrl: event.currentTarget.value })}
        />
      </Field>
      <KeyField draft={draft} />
      <ModelField draft={draft} />
      <Field
        inline
        label="Temperature"
        problem={errors.temperature}
        hint="From 0, the most repeatable, to 2. Chats can set their own; batches use 0, unless they are run again with another."
      >
        <Input
          className={styles.number}
          inputMode="decimal"
          value={draft.temperature}
          onChange={(event) => settingsForm.edit({ temperature: event.currentTarget.value })}
        />
      </Field>
    </div>
  );
}

function WhereTextGoes({ draft }: { readonly draft: ProviderDraft }) {
  const changed = useStore(settingsForm.store, (state) => state.draft !== null);
  const destination = destinationOf(draft);
  if (destination.kind === 'unknown') return null;
  const careful = destination.kind === 'remote' && changed;
  return <Note tone={careful ? 'amber' : 'neutral'}>{destinationWords(destination, !changed)}</Note>;
}
