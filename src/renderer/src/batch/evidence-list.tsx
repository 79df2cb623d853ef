import type { Answer, EvidencePlace } from '../../../shared/answer.ts';
import { placeWords, proofWords } from '../../../shared/answer-words.ts';
import { cx } from '../ui/cx.ts';
import { directionOf } from '../ui/text-direction.ts';
import styles from './evidence-list.module.css';
import { ProofIcon } from './proof-mark.tsx';

interface EvidenceListProps {
  readonly answer: Pick<Answer, 'proof' | 'evidence'>;
  /** The place that the text beside shows. */
  readonly shown: EvidencePlace | null;
  readonly onShow: (place: EvidencePlace) => void;
}

/** What was quoted as proof of an answer, and where it is in the document. */
export function EvidenceList({ answer: { proof, evidence }, shown, onShow }: EvidenceListProps) {
  if (proof === null) return null;
  if (proof === 'none') {
    return (
      <p className={cx(styles.line, styles.unproven)}>
        <ProofIcon proof="none" />
        {proofWords.none}
      </p>
    );
  }
  return (
    <ul className={styles.list} aria-label="Quotations">
      {evidence.map(({ quote, place }) => (
        <li key={quote}>
          {place === null ? (
            <div className={cx(styles.line, styles.unproven)}>
              <ProofIcon proof="not_found" />
              <Words quote={quote} place={proofWords.not_found} />
            </div>
          ) : (
            <button
              type="button"
              className={cx(styles.line, styles.found)}
              aria-pressed={isSame(place, shown)}
              title="Show in the text of the file"
              onClick={() => onShow(place)}
            >
              <ProofIcon proof="found" />
              <Words quote={quote} place={placeWords(place)} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Words({ quote, place }: { readonly quote: string; readonly place: string }) {
  return (
    <span className={styles.words}>
      <span className={styles.quote} dir={directionOf(quote)} data-selectable>
        {quote}
      </span>
      <span className={styles.place}>{place}</span>
    </span>
  );
}

export function isSame(place: EvidencePlace, other: EvidencePlace | null): boolean {
  return place.start === other?.start && place.end === other.end;
}
