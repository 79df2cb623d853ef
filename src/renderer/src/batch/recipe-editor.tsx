import { Copy, Download, Ellipsis, Plus, Trash2, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import { columnTitle, type Recipe, sendingOf, withSending } from '../../../shared/recipe.ts';
import { settingsStore } from '../platform/stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { PaneFailsafe } from '../ui/pane-failsafe.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { showToast } from '../ui/toast.tsx';
import { isBusy } from './batch-words.ts';
import { QuestionList } from './question-list.tsx';
import { applyTo, deleteRecipe } from './recipe-actions.ts';
import { newQuestion } from './recipe-draft.ts';
import styles from './recipe-editor.module.css';
import { RecipePreview } from './recipe-preview.tsx';
import { isChanged } from './recipe-store.ts';
import { kindWords, sendingHint, sendingOptions } from './recipe-words.ts';
import { recipes } from './recipes.ts';

interface RecipeEditorProps {
  /** The batch beside which it is edited; null before the first one. */
  readonly batch: Batch | null;
  readonly onClose: () => void;
}

/** The recipe beside the table: what is asked, how, and what of it is sent. */
export function RecipeEditor({ batch, onClose }: RecipeEditorProps) {
  const editing = useStore(recipes.store, (state) => state.editing);
  if (editing === null) return null;
  const { draft, kept, bundled } = editing;
  return (
    <>
      <header className={styles.header} data-recipe>
        <h3 className={styles.title} title={draft.name} dir={directionOf(draft.name)}>
          {draft.name === '' ? 'Recipe' : draft.name}
        </h3>
        <Menu
          trigger={<IconButton label="More about this recipe" icon={<Ellipsis />} />}
          entries={[
            { label: 'Duplicate', icon: <Copy />, onSelect: () => void recipes.duplicate(draft) },
            { label: 'Export…', icon: <Download />, onSelect: () => void exportRecipe(draft) },
            {
              label: 'Delete',
              icon: <Trash2 />,
              danger: true,
              disabled: bundled || kept === null,
              onSelect: () => void deleteRecipe(draft),
            },
          ]}
        />
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <Scrolling className={styles.body}>
        <PaneFailsafe of={draft.id}>
          {bundled ? <Bundled recipe={draft} /> : <Fields recipe={draft} />}
          {batch !== null && isWritten(draft) && (
            <RecipePreview batch={batch} recipe={draft} questionId={editing.openQuestion} />
          )}
        </PaneFailsafe>
      </Scrolling>
      <Footer batch={batch} />
    </>
  );
}

/** There is something to send. */
function isWritten({ questions }: Recipe): boolean {
  return questions.some(({ ask }) => ask.trim() !== '');
}

async function exportRecipe(recipe: Recipe): Promise<void> {
  const file = await recipes.exportFile(recipe);
  if (file !== null) showToast({ title: 'Recipe exported', detail: file });
}

function Bundled({ recipe }: { readonly recipe: Recipe }) {
  const doing = useStore(recipes.store, (state) => state.doing);
  return (
    <>
      <Note
        tone="neutral"
        actions={
          <Button
            size="small"
            icon={<Copy />}
            busy={doing === 'duplicate'}
            onClick={() => void recipes.duplicate(recipe)}
          >
            Duplicate
          </Button>
        }
      >
        This recipe comes with Docket and stays as it is. Change a copy of it.
      </Note>
      <ol className={styles.bundled}>
        {recipe.questions.map((question) => (
          <li key={question.id}>
            <span className={styles.name}>{columnTitle(question, true)}</span>
            <span data-selectable>{question.ask}</span>
            <span className={styles.kind}>
              {kindWords(question.answer)}
              {question.proof && ' · with proof'}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Fields({ recipe }: { readonly recipe: Recipe }) {
  const add = () => {
    const question = newQuestion(crypto.randomUUID());
    recipes.change({ ...recipe, questions: [...recipe.questions, question] });
    recipes.open(question.id);
  };
  return (
    <>
      <Field label="Name of the recipe">
        <Input value={recipe.name} onChange={(event) => recipes.change({ ...recipe, name: event.target.value })} />
      </Field>
      <section className={styles.section}>
        <h4 className={styles.heading}>Questions, each a column</h4>
        <QuestionList recipe={recipe} onAdd={add} />
        <div>
          <Button icon={<Plus />} onClick={add}>
            Add question
          </Button>
        </div>
      </section>
      <section className={styles.section}>
        <h4 className={styles.heading}>Asked</h4>
        <Segmented
          label="How the questions are asked"
          value={recipe.asked}
          onChange={(asked) => recipes.change({ ...recipe, asked })}
          options={[
            { value: 'separately', label: 'Separately' },
            { value: 'together', label: 'Together' },
          ]}
        />
        <p className={styles.hint}>
          {recipe.asked === 'separately'
            ? 'One request for each question: the document is sent as often as there are questions.'
            : 'One request with all questions: the document is sent once.'}
        </p>
      </section>
      <SendingSection recipe={recipe} />
    </>
  );
}

/** Pictures of pages leave where text did: that is said where it is chosen. */
function SendingSection({ recipe }: { readonly recipe: Recipe }) {
  const provider = useStore(settingsStore, ({ view }) => view?.provider);
  const sending = sendingOf(recipe);
  return (
    <section className={styles.section}>
      <h4 className={styles.heading}>Send</h4>
      <Segmented
        label="What of a file is sent"
        value={sending}
        onChange={(chosen) => recipes.change(withSending(recipe, chosen))}
        options={sendingOptions}
      />
      <p className={styles.hint}>{sendingHint(sending, provider)}</p>
    </section>
  );
}

function Footer({ batch }: { readonly batch: Batch | null }) {
  const editing = useStore(recipes.store, (state) => state.editing);
  const doing = useStore(recipes.store, (state) => state.doing);
  if (editing === null) return null;
  const { problem, draft, kept, bundled } = editing;
  const canSave = isChanged(editing);
  const runs = batch !== null && isBusy(batch.status);
  const canUse = !canSave && !runs && batch !== null && (bundled || kept !== null) && !isUsed(batch, draft);
  return (
    <footer className={styles.footer}>
      {problem !== null && <ErrorNote problem={problem} />}
      <div className={styles.buttons}>
        <span className={styles.hint}>
          {footerWords({
            bundled,
            isKept: kept !== null,
            canSave,
            runs,
            isUsed: batch !== null && isUsed(batch, draft),
          })}
        </span>
        {!bundled && !canUse && (
          <Button
            variant="primary"
            disabled={!canSave}
            busy={doing === 'save'}
            onClick={() => void saveAndApply(runs ? null : batch)}
          >
            Save
          </Button>
        )}
        {canUse && (
          <Button variant="primary" onClick={() => void applyTo(batch, draft)}>
            Use for this batch
          </Button>
        )}
      </div>
    </footer>
  );
}

function isUsed(batch: Batch, recipe: Recipe): boolean {
  return JSON.stringify(batch.recipe) === JSON.stringify(recipe);
}

interface FooterState {
  readonly bundled: boolean;
  readonly isKept: boolean;
  readonly canSave: boolean;
  readonly runs: boolean;
  readonly isUsed: boolean;
}

function footerWords({ bundled, isKept, canSave, runs, isUsed }: FooterState): string {
  if (runs) return 'This batch runs with what it was started with; changes are for later ones.';
  if (canSave) return 'Nothing is sent when you save.';
  if (isUsed) return 'This batch asks these questions.';
  if (bundled) return '';
  return isKept ? 'Saved.' : 'Write a question first.';
}

async function saveAndApply(batch: Batch | null): Promise<void> {
  const saved = await recipes.save();
  if (saved === null) return;
  if (batch === null) await recipes.use(saved.id);
  else await applyTo(batch, saved);
}
