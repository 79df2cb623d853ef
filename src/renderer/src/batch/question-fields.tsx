import type { KeyboardEvent } from 'react';
import { questionTitle } from '../../../shared/question-title.ts';
import { type AnswerKind, columnTitle, type Question, type Recipe } from '../../../shared/recipe.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field, Input, NumberField, TextArea } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { matchesShortcut } from '../ui/shortcut.ts';
import styles from './question-list.module.css';
import { type KindName, toKind, withQuestion } from './recipe-draft.ts';
import { kindNames } from './recipe-words.ts';
import { recipes } from './recipes.ts';

interface QuestionFieldsProps {
  readonly recipe: Recipe;
  readonly question: Question;
  readonly onAdd: () => void;
}

const kinds = (Object.keys(kindNames) as KindName[]).map((value) => ({ value, label: kindNames[value] }));

/** What can be said of one question. */
export function QuestionFields({ recipe, question, onAdd }: QuestionFieldsProps) {
  const change = (some: Partial<Question>) => recipes.change(withQuestion(recipe, question.id, some));
  const addOnShortcut = (event: KeyboardEvent) => {
    if (!matchesShortcut(event.nativeEvent, 'Mod+Enter')) return;
    event.preventDefault();
    onAdd();
  };
  const derived = questionTitle({ ...question, title: '' });
  return (
    <div className={styles.fields}>
      <Field
        name="ask"
        label="What is asked"
        hint="{file}, {folder} and {date} are filled in for each file. Ctrl+Enter: next question."
      >
        <TextArea
          autoFocus={question.ask === ''}
          value={question.ask}
          placeholder="Who are the parties?"
          onChange={(event) => change({ ask: event.target.value })}
          onKeyDown={addOnShortcut}
        />
      </Field>
      <Field label="Title of the column">
        <Input
          value={question.title}
          placeholder={derived === '' ? columnTitle(question, true) : derived}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <div className={styles.pair}>
        <Field label="Kind of answer">
          <Select
            value={question.answer.type}
            options={kinds}
            onChange={(type) => change({ answer: toKind(question.answer, type) })}
          />
        </Field>
        <Limit answer={question.answer} onChange={(answer) => change({ answer })} />
      </div>
      <Choices answer={question.answer} onChange={(answer) => change({ answer })} />
      <Checkbox
        checked={question.proof}
        onChange={(proof) => change({ proof })}
        label="Ask for proof: quotations, looked up in the document"
      />
      <Field label="Limit of the answer" hint="A longer answer is cut, and says so.">
        <NumberField
          value={question.maxTokens}
          min={1}
          max={8_000}
          unit="tokens"
          onChange={(maxTokens) => maxTokens !== null && change({ maxTokens })}
        />
      </Field>
    </div>
  );
}

interface KindProps {
  readonly answer: AnswerKind;
  readonly onChange: (answer: AnswerKind) => void;
}

/** What limits or measures an answer of this kind, if something does. */
function Limit({ answer, onChange }: KindProps) {
  switch (answer.type) {
    case 'text':
      return (
        <Field label="At most">
          <NumberField
            value={answer.maxWords ?? null}
            min={1}
            max={2_000}
            unit="words"
            onChange={(words) => onChange({ type: 'text', maxWords: words ?? undefined })}
          />
        </Field>
      );
    case 'list':
      return (
        <Field label="At most">
          <NumberField
            value={answer.maxItems ?? null}
            min={1}
            max={100}
            unit="entries"
            onChange={(entries) => onChange({ type: 'list', maxItems: entries ?? undefined })}
          />
        </Field>
      );
    case 'number':
      return (
        <Field label="Unit">
          <Input
            value={answer.unit ?? ''}
            placeholder="As it is stated"
            maxLength={30}
            onChange={({ target }) =>
              onChange({ type: 'number', unit: target.value === '' ? undefined : target.value })
            }
          />
        </Field>
      );
    case 'choice':
    case 'choices':
    case 'date':
    case 'yes_no':
      return null;
  }
}

function Choices({ answer, onChange }: KindProps) {
  if (answer.type !== 'choice' && answer.type !== 'choices') return null;
  return (
    <>
      <Field label="Choices, one a line">
        <TextArea
          value={answer.choices.join('\n')}
          placeholder={'approved\nrejected'}
          onChange={(event) => onChange({ ...answer, choices: event.target.value.split('\n') })}
        />
      </Field>
      <Checkbox
        checked={answer.open ?? false}
        onChange={(open) => onChange({ ...answer, open })}
        label="Other answers are taken, too"
      />
    </>
  );
}
