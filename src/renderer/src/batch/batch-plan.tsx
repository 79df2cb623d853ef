import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import type { BatchPlan, NoPictures, PlannedFormat } from '../../../shared/batch-plan.ts';
import { capitalised } from '../../../shared/places.ts';
import type { Problem } from '../../../shared/problem.ts';
import { whatHappened } from '../../../shared/problem-words.ts';
import { type Sending, sendingOf } from '../../../shared/recipe.ts';
import type { Result } from '../../../shared/result.ts';
import { bridge } from '../platform/bridge.ts';
import { settingsStore } from '../platform/stores.ts';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import styles from './batch-plan.module.css';
import { toRecogniseWords } from './recognition-words.ts';

/** What a batch that waits to be started would do: what was found, what is asked, and how much would be sent. */
export function BatchPlanView({ batch }: { readonly batch: Batch }) {
  const { id, recipe, counts, host, model, llm } = batch;
  const recognises = useStore(settingsStore, ({ view }) => view?.settings.recognition ?? true);
  const [result, setResult] = useState<Result<BatchPlan, Problem> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another recipe, model or other files make another plan
  useEffect(() => {
    let isWanted = true;
    void bridge.request('batch.plan', { batchId: id }).then((told) => {
      if (isWanted) setResult(told);
    });
    return () => {
      isWanted = false;
    };
  }, [id, recipe, host, model, counts.queued, counts.failed]);
  if (result === null) return null;
  if (!result.ok) return <ErrorNote problem={result.error} />;
  const plan = result.value;
  if (plan.formats.length + plan.foreign.length === 0) return null;
  const sending = sendingOf(recipe);
  const toRecognise = recognises ? toRecogniseWords(plan.formats) : null;
  const facts: readonly (readonly [name: string, lines: readonly string[]])[] = [
    ['To read', plan.formats.length === 0 ? [] : [formatsWords(plan.formats)]],
    ['To recognise', toRecognise === null ? [] : [toRecognise]],
    ['Cannot be read', unreadableWords(plan.unreadable)],
    ['Not read', plan.foreign.length === 0 ? [] : [`${formatsWords(plan.foreign)} (going by the names)`]],
    ['To ask', [askWords(batch, plan)]],
    ['To send', llm ? [tokenWords(plan, sending)] : []],
  ];
  return (
    <>
      <dl className={styles.plan} aria-label="What this batch would do">
        {facts.map(
          ([name, lines]) =>
            lines.length > 0 && (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                {lines.map((words) => (
                  <dd key={words} data-selectable>
                    {words}
                  </dd>
                ))}
              </div>
            ),
        )}
      </dl>
      {plan.noPictures !== null && (
        <div className={styles.note}>
          <Note tone="amber">{noPicturesWords(model, plan.noPictures)}</Note>
        </div>
      )}
    </>
  );
}

/** Why the pages that a recipe sends as pictures would not arrive, and what to do. */
export function noPicturesWords(model: string, why: NoPictures): string {
  const known = {
    not_seen: `${model} took no pictures when it was last sent some.`,
    no_room: `No picture of a page fits into what ${model} reads at once.`,
  };
  return `${known[why]} Choose a model that ${why === 'not_seen' ? 'sees' : 'reads more'}, or send the text.`;
}

/** Reasons that are given one by one. */
const GIVEN_REASONS = 5;

/** "2 files: This file is empty (0 bytes).", a line for each reason; the rare ones are counted together. */
export function unreadableWords(unreadable: BatchPlan['unreadable']): readonly string[] {
  // Problems that differ in what is not told are one.
  const filesOf = new Map<string, number>();
  for (const { problem, files } of unreadable) {
    const words = whatHappened(problem);
    filesOf.set(words, (filesOf.get(words) ?? 0) + files);
  }
  const reasons = [...filesOf];
  const others = reasons.slice(GIVEN_REASONS).reduce((sum, [, files]) => sum + files, 0);
  return [
    ...reasons.slice(0, GIVEN_REASONS).map(([words, files]) => `${formatCount(files, 'file')}: ${words}`),
    ...(others === 0 ? [] : [`${formatCount(others, 'file')} for other reasons`]),
  ];
}

/** Kinds of files that are named one by one. */
const NAMED_FORMATS = 12;

/** "20 PDF, 12 DOCX, 3 without an extension and 4 others". */
export function formatsWords(formats: readonly PlannedFormat[]): string {
  const named = formats.slice(0, NAMED_FORMATS).map(({ extension, files }) => {
    return `${formatNumber(files)} ${extension === '' ? 'without an extension' : extension.toUpperCase()}`;
  });
  const others = formats.slice(NAMED_FORMATS).reduce((sum, { files }) => sum + files, 0);
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${formatCount(others, 'other')}`;
}

/** "Contract terms: 8 questions, in 1 request per file". */
export function askWords({ recipe }: Pick<Batch, 'recipe'>, { requestsPerFile }: BatchPlan): string {
  const questions = formatCount(recipe.questions.length, 'question');
  return `${recipe.name}: ${questions}, in ${formatCount(requestsPerFile, 'request')} per file`;
}

/**
 * "About 120,000 tokens, plus the text of 20 files whose length is not known yet"; with pages as pictures, "About 120,000
 * tokens (40 pages as pictures), plus …".
 */
export function tokenWords(plan: Amounts, sending: Sending): string {
  const [known, unknown] = [knownWords(plan), unknownWords(plan, sending)];
  if (known === null) return unknown === null ? 'No text' : capitalised(unknown);
  return unknown === null ? known : `${known}, plus ${unknown}`;
}

type Amounts = Pick<BatchPlan, 'tokens' | 'unmeasured' | 'pictures'>;

/** "About 120,000 tokens (40 pages as pictures)"; null for none. */
export function knownWords({ tokens, pictures }: Amounts): string | null {
  if (tokens === 0) return null;
  const seen = ` (${formatCount(pictures, 'page')} as ${pictures === 1 ? 'a picture' : 'pictures'})`;
  return `About ${formatCount(roughly(tokens), 'token')}${pictures === 0 ? '' : seen}`;
}

/** "the text of 20 files whose length is not known yet"; null for none. */
export function unknownWords({ unmeasured }: Amounts, sending: Sending): string | null {
  if (unmeasured === 0) return null;
  const what = { text: 'the text', pages: 'the pages', both: 'text and pages' }[sending];
  return `${what} of ${formatCount(unmeasured, 'file')} whose length is not known yet`;
}

/** Two digits: more would look exact. */
function roughly(tokens: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(tokens)) - 1);
  return Math.round(tokens / unit) * unit;
}
