import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import type { AskingCost, RecipePreview as Preview } from '../../../shared/recipe-data.ts';
import { bridge } from '../platform/bridge.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import { LongText } from '../ui/long-text.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { batches } from './batches.ts';
import { type PreviewedFile, PreviewPages } from './preview-pages.tsx';
import { finished } from './recipe-draft.ts';
import styles from './recipe-editor.module.css';

/** Typing is one change. */
const AFTER_TYPING_MS = 300;

interface RecipePreviewProps {
  readonly batch: Batch;
  readonly recipe: Recipe;
  /** Whose request is shown; null for that of the first. */
  readonly questionId: string | null;
}

/** What would be sent for the open file of the batch, or its first, in words, tokens and to the letter. */
export function RecipePreview({ batch, recipe, questionId }: RecipePreviewProps) {
  const itemId = useStore(batches.store, ({ detail }) => (detail.status === 'closed' ? null : detail.itemId));
  const shown = usePreview(batch.id, itemId, recipe, questionId);
  return (
    <section className={styles.section}>
      <h4 className={styles.heading}>What is sent for a file</h4>
      {shown === null && <Skeleton lines={2} />}
      {shown !== null && 'problem' in shown && <ErrorNote problem={shown.problem} />}
      {shown !== null && 'preview' in shown && (
        <Sent preview={shown.preview} recipe={recipe} batchId={batch.id} itemId={itemId} />
      )}
    </section>
  );
}

interface SentProps extends PreviewedFile {
  readonly preview: Preview;
  readonly recipe: Recipe;
}

function Sent({ preview, recipe, batchId, itemId }: SentProps) {
  const { name, parts, message, characters, tokens, pages } = preview;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <dl className={styles.costs}>
        <Cost name="Separately" cost={preview.separately} chosen={recipe.asked === 'separately'} />
        <Cost name="Together" cost={preview.together} chosen={recipe.asked === 'together'} />
      </dl>
      <details className={styles.message} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          Show the request for {name} ({formatNumber(tokens)} tokens)
        </summary>
        {characters > message.length && (
          <p className={styles.hint}>
            Its first {formatNumber(message.length)} of {formatNumber(characters)} characters.
          </p>
        )}
        {isOpen && pages.length > 0 && <PreviewPages batchId={batchId} itemId={itemId} pages={pages} />}
        <div className={styles.letter}>
          <LongText text={message} code />
        </div>
      </details>
      {parts > 1 && (
        <p className={styles.hint}>
          Too long for one request: it is sent in {formatNumber(parts)} parts, of which the first is shown. Bringing
          their answers together may take a few more requests.
        </p>
      )}
      <p className={styles.hint}>
        Estimated, with the longest answers. Press a row of the table to see it for another file.
      </p>
    </>
  );
}

function Cost({ name, cost, chosen }: { readonly name: string; readonly cost: AskingCost; readonly chosen: boolean }) {
  return (
    <div data-chosen={chosen || undefined}>
      <dt>{name}</dt>
      <dd>
        {formatCount(cost.requests, 'request')}, about {formatNumber(cost.tokens)} tokens
      </dd>
    </div>
  );
}

type Shown = { readonly preview: Preview } | { readonly problem: Problem } | null;

/** Keeps what was shown until the next is there, so that nothing jumps while one types. */
function usePreview(batchId: string, itemId: number | null, recipe: Recipe, questionId: string | null): Shown {
  const [shown, setShown] = useState<Shown>(null);
  const asked = JSON.stringify(finished(recipe));
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const request = { batchId, itemId, recipe: JSON.parse(asked) as Recipe, questionId };
      const result = await bridge.request('recipe.preview', request);
      if (isCurrent) setShown(result.ok ? { preview: result.value } : { problem: result.error });
    }, AFTER_TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [batchId, itemId, asked, questionId]);
  return shown;
}
