import { ChevronRight, GripVertical, Trash2 } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { questionTitle } from '../../../shared/question-title.ts';
import type { Question, Recipe } from '../../../shared/recipe.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { directionOf } from '../ui/text-direction.ts';
import { showToast } from '../ui/toast.tsx';
import { QuestionFields } from './question-fields.tsx';
import styles from './question-list.module.css';
import { withMoved, withoutQuestion } from './recipe-draft.ts';
import { kindWords } from './recipe-words.ts';
import { recipes } from './recipes.ts';

/** What a dragged question is called on its way. */
const DRAGGED = 'application/x-docket-question';

interface QuestionListProps {
  readonly recipe: Recipe;
  /** Adds a question behind the last. */
  readonly onAdd: () => void;
}

/** The questions in order; the fields of one are open. They are moved by dragging, or by arrow keys on the handle. */
export function QuestionList({ recipe, onAdd }: QuestionListProps) {
  const openQuestion = useStore(recipes.store, (state) => state.editing?.openQuestion ?? null);
  const list = useRef<HTMLOListElement>(null);
  const [target, setTarget] = useState<number | null>(null);

  const move = (id: string, to: number) => recipes.change(withMoved(recipe, id, to));
  const onKeyDown = (event: KeyboardEvent, id: string, place: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    move(id, place + step);
  };
  const onDrop = (event: DragEvent, place: number) => {
    const id = event.dataTransfer.getData(DRAGGED);
    setTarget(null);
    if (id === '') return;
    event.preventDefault();
    move(id, place);
  };
  const remove = (question: Question, place: number) => {
    recipes.change(withoutQuestion(recipe, question.id));
    list.current?.querySelectorAll<HTMLElement>('[data-question]')[Math.max(0, place - 1)]?.focus();
    if (question.ask.trim() === '' && question.title.trim() === '') return;
    showToast({
      title: `“${questionTitle(question)}” was removed`,
      action: { label: 'Undo', onPress: () => putBack(recipe.id, question, place) },
    });
  };

  return (
    <ol ref={list} className={styles.list}>
      {recipe.questions.map((question, place) => {
        const isOpen = question.id === openQuestion;
        const title = questionTitle(question);
        return (
          <li
            key={question.id}
            className={cx(styles.item, isOpen && styles.open, target === place && styles.target)}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(DRAGGED)) return;
              event.preventDefault();
              setTarget(place);
            }}
            onDragLeave={() => setTarget(null)}
            onDrop={(event) => onDrop(event, place)}
          >
            <div className={styles.head}>
              <button
                type="button"
                className={styles.handle}
                draggable
                aria-label={`Move ${title || `question ${place + 1}`}: arrow up, arrow down`}
                title="Drag to move, or press arrow up or down"
                onDragStart={(event) => {
                  event.dataTransfer.setData(DRAGGED, question.id);
                  event.dataTransfer.effectAllowed = 'move';
                }}
                onDragEnd={() => setTarget(null)}
                onKeyDown={(event) => onKeyDown(event, question.id, place)}
              >
                <GripVertical aria-hidden />
              </button>
              <button
                type="button"
                className={styles.summary}
                data-question={question.id}
                aria-expanded={isOpen}
                onClick={() => recipes.open(isOpen ? null : question.id)}
              >
                <ChevronRight aria-hidden className={styles.chevron} />
                <span className={styles.title} dir={directionOf(title)}>
                  {title === '' ? `Question ${place + 1}` : title}
                </span>
                <span className={styles.kind}>{kindWords(question.answer)}</span>
              </button>
              <IconButton
                size="small"
                label={`Remove ${title || `question ${place + 1}`}`}
                icon={<Trash2 />}
                onClick={() => remove(question, place)}
              />
            </div>
            {isOpen && <QuestionFields recipe={recipe} question={question} onAdd={onAdd} />}
          </li>
        );
      })}
    </ol>
  );
}

/** Into the draft as it is by then, if that is still the same recipe. */
function putBack(recipeId: string, question: Question, place: number): void {
  const draft = recipes.store.getState().editing?.draft;
  if (draft?.id !== recipeId) return;
  recipes.change(withMoved({ ...draft, questions: [...draft.questions, question] }, question.id, place));
}
