import { History, Pencil } from 'lucide-react';
import { useStore } from 'zustand';
import type { Answer, AnswerValue, EvidencePlace } from '../../../shared/answer.ts';
import { coverageWords, shownValue, valueWords } from '../../../shared/answer-words.ts';
import { navigate } from '../platform/navigation-store.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { CorrectionField, CorrectionNote } from './answer-correction.tsx';
import { correcting, endCorrecting, startCorrecting } from './correcting.ts';
import { EvidenceList } from './evidence-list.tsx';
import styles from './item-detail.module.css';

interface AnswerViewProps {
  readonly itemId: number;
  readonly title: string;
  /** Undefined if the question was not asked of the file. */
  readonly answer: Answer | undefined;
  /** The quotation that the text beside shows. */
  readonly shown: EvidencePlace | null;
  readonly onShow: (place: EvidencePlace) => void;
}

/** The answer to one question: its value, what the provider said word for word, and why there is nothing. */
export function AnswerView({ itemId, title, answer, shown, onShow }: AnswerViewProps) {
  const isCorrected = useStore(
    correcting,
    ({ at }) => at !== null && at.itemId === itemId && at.question === answer?.question,
  );
  const value = answer === undefined ? null : shownValue(answer);
  const text = value === null ? null : valueWords(value);
  const callId = answer?.callIds.at(-1);
  return (
    <section className={styles.section}>
      <div className={styles.heading}>
        <h4 className={styles.title}>{title}</h4>
        {callId !== undefined && (
          <IconButton
            label={`Show the call for ${title} in the history`}
            icon={<History />}
            size="small"
            onClick={() => navigate({ surface: 'history', callId })}
          />
        )}
        {answer !== undefined && (
          <IconButton
            label={`Correct ${title}`}
            icon={<Pencil />}
            size="small"
            aria-pressed={isCorrected}
            onClick={() => (isCorrected ? endCorrecting() : startCorrecting(itemId, answer.question))}
          />
        )}
        {text !== null && text !== '' && <CopyButton label={`Copy ${title}`} text={() => text} />}
      </div>
      {isCorrected && answer !== undefined ? (
        <CorrectionField itemId={itemId} answer={answer} onDone={endCorrecting} />
      ) : (
        value !== null && <Value value={value} />
      )}
      {answer !== undefined && <CorrectionNote itemId={itemId} answer={answer} />}
      {answer !== undefined && <EvidenceList answer={answer} above={text} shown={shown} onShow={onShow} />}
      {answer === undefined ? <p className={styles.remark}>Not asked yet.</p> : <Remarks answer={answer} text={text} />}
    </section>
  );
}

function Value({ value }: { readonly value: AnswerValue }) {
  if (value.type !== 'list') {
    const text = valueWords(value);
    return (
      <p className={styles.value} dir={directionOf(text)} data-selectable>
        {text}
      </p>
    );
  }
  return (
    <ul className={styles.terms} data-selectable>
      {value.items.map((item) => (
        <li key={item}>
          <Badge>{item}</Badge>
        </li>
      ))}
    </ul>
  );
}

function Remarks({ answer, text }: { readonly answer: Answer; readonly text: string | null }) {
  const { raw, note, problem, coverage } = answer;
  return (
    <>
      {note !== null && <p className={styles.remark}>{note}</p>}
      {coverage !== null && coverage.parts > 1 && <p className={styles.remark}>Read: {coverageWords(coverage)}.</p>}
      {raw !== null && differs(raw, text) && (
        <details className={styles.raw}>
          <summary>Answer as it came</summary>
          <pre data-selectable>{raw}</pre>
        </details>
      )}
      {problem !== null && <ErrorNote problem={problem} actions={<ProblemButton problem={problem} />} />}
    </>
  );
}

/** Beyond capitals, spaces and a full stop at the end, which are tidied for the table. */
function differs(raw: string, text: string | null): boolean {
  const tidy = (words: string) => words.replace(/\s+/gu, ' ').trim().replace(/\.$/, '').toLowerCase();
  return text === null || tidy(raw) !== tidy(text);
}
