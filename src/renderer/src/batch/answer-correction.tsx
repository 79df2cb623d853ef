import { Pencil } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { Answer } from '../../../shared/answer.ts';
import { correctionState, shownValue, valueWords } from '../../../shared/answer-words.ts';
import type { Problem } from '../../../shared/problem.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/error-note.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import { belongsToInputMethod } from '../ui/input-method.ts';
import styles from './answer-correction.module.css';
import { correctAnswer, tellProblem, writtenValue } from './batch-edits.ts';

interface AnswerCorrectionProps {
  readonly itemId: number;
  readonly answer: Answer;
}

/** What a person's value is in place of, and the way back; nothing where there is none. */
export function CorrectionNote({ itemId, answer }: AnswerCorrectionProps) {
  const { value, corrected } = answer;
  if (corrected === undefined) return null;
  const said = value === null ? 'The model gave no value' : `The model said “${valueWords(value)}”`;
  const put = async (text: string | null) => {
    const refused = await correctAnswer(itemId, answer, text);
    if (refused !== null) tellProblem('Not changed', refused);
  };
  const back = (
    <Button size="small" onClick={() => void put(null)}>
      Use the model’s
    </Button>
  );
  if (correctionState(answer) === 'holds') {
    return (
      <Note tone="neutral" actions={back}>
        Corrected by hand. {said}
      </Note>
    );
  }
  return (
    <Note
      tone="amber"
      actions={
        <>
          <Button size="small" onClick={() => void put(writtenValue(corrected.value))}>
            Use mine
          </Button>
          {back}
        </>
      }
    >
      You had corrected this to “{valueWords(corrected.value)}”. Asked again, the model answered something else, which
      is shown.
    </Note>
  );
}

/** The field in place of a value. Enter keeps what is written, Esc leaves the value as it was. */
export function CorrectionField({ itemId, answer, onDone }: AnswerCorrectionProps & { readonly onDone: () => void }) {
  const value = shownValue(answer);
  const [text, setText] = useState(value === null ? '' : writtenValue(value));
  const [problem, setProblem] = useState<Problem | null>(null);
  const keep = async () => {
    const refused = await correctAnswer(itemId, answer, text);
    setProblem(refused);
    if (refused === null) onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (belongsToInputMethod(event.nativeEvent)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void keep();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <div className={styles.field}>
      <Field
        label="Corrected value"
        hint={value?.type === 'list' ? 'One entry a line (Shift+Enter)' : undefined}
        problem={problem === null ? null : problemSentence(problem)}
      >
        <TextArea
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <div className={styles.actions}>
        <Button size="small" variant="primary" onClick={() => void keep()}>
          Keep
        </Button>
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

/** That a cell holds a person's value, or that one was outdated by a new answer. */
export function CorrectionMark({ state }: { readonly state: 'holds' | 'outdated' }) {
  const words = state === 'holds' ? 'Corrected by hand' : 'The model changed its answer after you corrected it';
  return (
    <span className={state === 'holds' ? styles.mark : styles.outdated} role="img" aria-label={words} title={words}>
      <Pencil aria-hidden />
    </span>
  );
}
