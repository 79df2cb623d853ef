import { ChevronDown, Files } from 'lucide-react';
import { useStore } from 'zustand';
import type { ProviderInfo } from '../../../shared/provider-data.ts';
import { columnTitle } from '../../../shared/recipe.ts';
import { navigate } from '../platform/navigation-store.ts';
import { settingsStore } from '../platform/stores.ts';
import { Button } from '../ui/button.tsx';
import { DetailSplit } from '../ui/detail-split.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import styles from './batch-empty.module.css';
import { batches } from './batches.ts';
import { closeEditor } from './recipe-actions.ts';
import { RecipeEditor } from './recipe-editor.tsx';
import { RecipePicker, recipeIcon } from './recipe-picker.tsx';
import { recipes } from './recipes.ts';

/** Before the first batch: what this is for, and three ways to begin. */
export function BatchEmpty() {
  const edits = useStore(recipes.store, (state) => state.editing !== null);
  return (
    <DetailSplit
      id="batch-file"
      label="Recipe"
      pane={edits ? <RecipeEditor batch={null} onClose={closeEditor} /> : null}
      onClose={closeEditor}
    >
      <Start />
    </DetailSplit>
  );
}

/** What the next batch asks. */
function NextRecipe() {
  const llm = useStore(settingsStore, (state) => state.view?.provider.llm ?? false);
  const list = useStore(recipes.store, (state) => state.list);
  const problem = useStore(recipes.store, (state) => state.problem);
  if (list === null) return problem === null ? null : <ErrorNote problem={problem} />;
  const recipe = list.recipes.find((listed) => listed.recipe.id === list.lastUsedId)?.recipe;
  if (recipe === undefined) return null;
  return (
    <div className={styles.recipe}>
      <span>Recipe</span>
      <RecipePicker
        batch={null}
        recipe={recipe}
        trigger={
          <Button icon={recipeIcon}>
            {recipe.name}
            <ChevronDown aria-hidden className={styles.chevron} />
          </Button>
        }
      />
      <span className={styles.columns}>
        {recipe.questions.map((question) => columnTitle(question, llm)).join(', ')}
      </span>
    </div>
  );
}

function Start() {
  const provider = useStore(settingsStore, (state) => state.view?.provider);
  const doing = useStore(batches.store, (state) => state.doing);
  const notice = useStore(batches.store, (state) => state.notice);
  return (
    <div className={styles.view}>
      <header className={styles.bar}>
        <h1>Batches</h1>
      </header>
      <div className={styles.frame}>
        <div className={styles.drop}>
          <EmptyState
            icon={<Files />}
            title="Drop files or folders here"
            actions={
              <>
                <Button variant="primary" busy={doing === 'create'} onClick={() => void batches.pick('files')}>
                  Choose files…
                </Button>
                <Button onClick={() => void batches.pick('folder')}>Choose folder…</Button>
                <Button onClick={() => void batches.createSample()}>Try the sample folder</Button>
              </>
            }
          >
            <p>
              Each file gets an answer to every question of the recipe, or a reason why not. PDFs, Office documents,
              mails, scans, archives and any kind of text are read.
            </p>
          </EmptyState>
          <NextRecipe />
          {notice?.kind === 'problem' && <ErrorNote problem={notice.problem} />}
          {provider !== undefined && <WhereFilesGo provider={provider} />}
        </div>
      </div>
    </div>
  );
}

function WhereFilesGo({ provider }: { readonly provider: ProviderInfo }) {
  const { llm, local, model, host } = provider;
  if (!llm) {
    return (
      <p className={styles.provider}>
        The built-in text engine needs no key and no network: nothing leaves this machine.{' '}
        <SettingsLink to={{ surface: 'settings', section: 'provider' }}>Connect a model</SettingsLink>
      </p>
    );
  }
  if (model === '') {
    return (
      <p className={styles.provider}>
        No model is chosen at {host}.{' '}
        <SettingsLink to={{ surface: 'settings', field: 'model' }}>Choose a model</SettingsLink>
      </p>
    );
  }
  return (
    <p className={styles.provider}>
      {local
        ? `${model} at ${host} runs on this machine: nothing leaves it.`
        : `Files go to ${model} at ${host}, after you have seen what will be sent.`}
    </p>
  );
}

interface SettingsLinkProps {
  readonly to: Parameters<typeof navigate>[0];
  readonly children: string;
}

function SettingsLink({ to, children }: SettingsLinkProps) {
  return (
    <button type="button" className={styles.link} onClick={() => navigate(to)}>
      {children}
    </button>
  );
}
