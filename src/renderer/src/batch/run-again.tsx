import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import type { AgainPlan } from '../../../shared/batch-plan.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ProviderInfo } from '../../../shared/provider-data.ts';
import { type Recipe, type Sending, sendingOf, withSending } from '../../../shared/recipe.ts';
import type { Result } from '../../../shared/result.ts';
import { bridge } from '../platform/bridge.ts';
import { settingsStore } from '../platform/stores.ts';
import { useModels } from '../platform/use-models.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { Slider } from '../ui/slider.tsx';
import { SuggestInput } from '../ui/suggest-input.tsx';
import { closeBatchDialog } from './batch-dialog.ts';
import { batches } from './batches.ts';
import { sendingOptions } from './recipe-words.ts';
import { recipes } from './recipes.ts';
import styles from './run-again.module.css';
import { againWords } from './run-again-words.ts';

/** Chooses what is asked of a batch's files once more, and whom; says what that would send before anything is. */
export function RunAgainDialog({ batch }: { readonly batch: Batch }) {
  const provider = useStore(settingsStore, ({ view }) => view?.provider);
  // Its own component: what is chosen starts from the provider.
  return provider === undefined ? null : <Choices batch={batch} provider={provider} />;
}

/** The recipe as this batch has it, which may not be in the list as it is there. */
const OWN = 'as-it-is';

function Choices({ batch, provider }: { readonly batch: Batch; readonly provider: ProviderInfo }) {
  // A running batch is told anew with every event.
  const [own] = useState(batch.recipe);
  const listed = useStore(recipes.store, ({ list }) => list?.recipes) ?? [];
  const others = listed.map(({ recipe }) => recipe).filter((recipe) => !isSame(recipe, own));
  const [recipeId, setRecipeId] = useState<string>(OWN);
  // Another provider may not have the model.
  const [model, setModel] = useState(provider.host === batch.host ? batch.model : provider.model);
  const [temperature, setTemperature] = useState(batch.temperature);
  const { models, problem, load } = useModels();
  const chosen = others.find(({ id }) => id === recipeId) ?? own;
  const [sent, setSent] = useState<Sending | null>(null);
  // The same as long as it is: the plan is asked for anew with another one.
  const recipe = useMemo(() => withSending(chosen, sent ?? sendingOf(chosen)), [chosen, sent]);
  const request = { batchId: batch.id, recipe, model: model.trim(), temperature };
  const plan = usePlan(request);
  const begin = (start: boolean) => {
    closeBatchDialog();
    void batches.runAgain({ ...request, start });
  };
  const canRun = plan?.ok === true && (model.trim() !== '' || !provider.llm);
  return (
    <Dialog
      open
      onClose={closeBatchDialog}
      title="Run again with…"
      actions={
        <>
          <Button disabled={!canRun} onClick={() => begin(false)} title="Makes the batch and starts nothing yet">
            Make ready
          </Button>
          <Button variant="primary" disabled={!canRun} onClick={() => begin(true)}>
            Run again
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label="Recipe">
          <Select
            value={recipeId}
            onChange={setRecipeId}
            options={[
              { value: OWN, label: `${own.name} (as in this batch)` },
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
        {provider.llm && (
          <>
            <Field label="Send">
              <Select value={sendingOf(recipe)} onChange={setSent} options={sendingOptions} />
            </Field>
            <Field label="Model" hint={problem ?? 'Pick one from the server, or type a name'}>
              <SuggestInput value={model} onChange={setModel} suggestions={models} onOpen={load} />
            </Field>
            <div>
              <div className={styles.line}>
                <span className={styles.label}>Temperature</span>
                <output className={styles.number}>{temperature.toFixed(1)}</output>
              </div>
              <Slider label="Temperature" min={0} max={2} step={0.1} value={temperature} onChange={setTemperature} />
            </div>
          </>
        )}
        <div className={styles.plan} role="status" aria-label="What this would do">
          {plan?.ok === true && againWords(batch, recipe, plan.value).map((words) => <p key={words}>{words}</p>)}
          {plan?.ok === false && <ErrorNote problem={plan.error} />}
        </div>
      </div>
    </Dialog>
  );
}

interface Asked {
  readonly batchId: string;
  readonly recipe: Recipe;
  readonly model: string;
  readonly temperature: number;
}

/** Null until it is known; what was told before stays until then. */
function usePlan({ batchId, recipe, model, temperature }: Asked): Result<AgainPlan, Problem> | null {
  const [plan, setPlan] = useState<Result<AgainPlan, Problem> | null>(null);
  useEffect(() => {
    let isWanted = true;
    void bridge.request('batch.planAgain', { batchId, recipe, model, temperature }).then((told) => {
      if (isWanted) setPlan(told);
    });
    return () => {
      isWanted = false;
    };
  }, [batchId, recipe, model, temperature]);
  return plan;
}

function isSame(one: Recipe, other: Recipe): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
