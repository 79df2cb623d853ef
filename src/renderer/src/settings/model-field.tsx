import { useStore } from 'zustand';
import { problemSentence } from '../../../shared/problem-words.ts';
import { Field } from '../ui/field.tsx';
import { SuggestInput } from '../ui/suggest-input.tsx';
import type { ProviderDraft } from './provider-draft.ts';
import { settingsForm } from './settings.ts';
import type { SettingsFormState } from './settings-form.ts';

/** Picked from the server's list, or typed. */
export function ModelField({ draft }: { readonly draft: ProviderDraft }) {
  const error = useStore(settingsForm.store, (state) => state.errors.model);
  const models = useStore(settingsForm.store, (state) => state.models);
  const found = useStore(settingsForm.store, (state) => state.found);
  const saved = useStore(settingsForm.store, (state) => state.saved?.settings);
  // The list is the saved server's; for one that is only being looked at there is what was found on this machine.
  const sameServer = saved?.provider === draft.provider && saved.baseUrl.trim() === draft.baseUrl.trim();
  const names =
    sameServer && models.status === 'ready'
      ? models.names
      : (found.find(({ kind, baseUrl }) => kind === draft.provider && baseUrl === draft.baseUrl)?.models ?? []);
  return (
    <Field
      inline
      name="model"
      label="Model"
      problem={error}
      hint={hintFor(models, sameServer, names.length, saved?.model === '')}
    >
      <SuggestInput
        value={draft.model}
        suggestions={names}
        placeholder="Name of a model"
        onChange={(model) => settingsForm.edit({ model })}
        onOpen={() => {
          if (sameServer && models.status !== 'ready' && models.status !== 'loading') void settingsForm.loadModels();
        }}
      />
    </Field>
  );
}

function hintFor(models: SettingsFormState['models'], sameServer: boolean, count: number, isNew: boolean): string {
  if (!sameServer)
    return count > 0 ? 'Pick one that is running here.' : 'Its list can be read once the address is saved.';
  switch (models.status) {
    case 'loading':
      return 'Reading the server’s list…';
    case 'failed':
      // Main asks nothing of a server before a model is set.
      if (isNew && models.problem.code === 'not_configured') return 'Type a name and save; then the list can be read.';
      return `The server’s list could not be read; type a name. ${problemSentence(models.problem)}`;
    case 'ready':
      return count === 0
        ? 'The server lists no models; type a name.'
        : 'Pick one from the server’s list, or type a name.';
    case 'unknown':
      return 'Open the list to read it from the server, or type a name.';
  }
}
