import { useStore } from 'zustand';
import { problemSentence } from '../../../shared/problem-words.ts';
import { Field } from '../ui/field.tsx';
import { SuggestInput } from '../ui/suggest-input.tsx';
import type { ProviderDraft } from './provider-draft.ts';
import { settingsForm } from './settings.ts';
import type { SettingsFormState } from './settings-form.ts';

/** A model from the server's list, or any name. */
export function ModelField({ draft }: { readonly draft: ProviderDraft }) {
  const error = useStore(settingsForm.store, (state) => state.errors.model);
  const models = useStore(settingsForm.store, (state) => state.models);
  const found = useStore(settingsForm.store, (state) => state.found);
  const saved = useStore(settingsForm.store, (state) => state.saved?.settings);
  // The list comes from the saved server. For another one, only what was found on this machine is known.
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
        placeholder="Model name"
        onChange={(model) => settingsForm.edit({ model })}
        onOpen={() => {
          if (sameServer && models.status !== 'ready' && models.status !== 'loading') void settingsForm.loadModels();
        }}
      />
    </Field>
  );
}

function hintFor(models: SettingsFormState['models'], sameServer: boolean, count: number, isNew: boolean): string {
  if (!sameServer) return count > 0 ? 'Pick one that is running here.' : 'Save the address to read the server’s list.';
  switch (models.status) {
    case 'loading':
      return 'Reading the server’s list…';
    case 'failed':
      // Main sends nothing to a server before a model is set.
      if (isNew && models.problem.code === 'not_configured') return 'Type a name and save to read the server’s list.';
      return `The server’s list could not be read; type a name. ${problemSentence(models.problem)}`;
    case 'ready':
      return count === 0
        ? 'The server lists no models; type a name.'
        : 'Pick one from the server’s list, or type a name.';
    case 'unknown':
      return 'Open the list to read it from the server, or type a name.';
  }
}
