import type { Answer, EvidencePlace } from '../../../shared/answer.ts';
import { placeWords, proofWords } from '../../../shared/answer-words.ts';
import { isSamePlace } from '../file-text/shown-place.ts';
import { cx } from '../ui/cx.ts';
import { directionOf } from '../ui/text-direction.ts';
import styles from './evidence-list.module.css';
import { ProofIcon } from './proof-mark.tsx';

interface EvidenceListProps {
  readonly answer: Pick<Answer, 'proof' | 'evidence'>;
  /** What stands above: a quotation that says just that is not repeated. */
  readonly above: string | null;
  /** The place that the text beside shows. */
  readonly shown: EvidencePlace | null;
  readonly onShow: (place: EvidencePlace) => void;
}

/** What was quoted as proof of an answer, and where it is in the document. */
export function EvidenceList({ answer: { proof, evidence }, above, shown, onShow }: EvidenceListProps) {
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
              aria-pressed={isSamePlace(place, shown)}
              title="Show in the text of the file"
              onClick={() => onShow(place)}
            >
              <ProofIcon proof="found" />
              <Words quote={oneLine(quote) === above ? null : quote} place={placeWords(place)} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function Words({ quote, place }: { readonly quote: string | null; readonly place: string }) {
  return (
    <span className={styles.words}>
      {quote !== null && (
        <span className={styles.quote} dir={directionOf(quote)} data-selectable>
          {quote}
        </span>
      )}
      <span className={styles.place}>{place}</span>
    </span>
  );
}
