import { CircleHelp, Quote, SearchX } from 'lucide-react';
import type { Proof } from '../../../shared/answer.ts';
import { proofWords } from '../../../shared/answer-words.ts';
import { cx } from '../ui/cx.ts';
import styles from './proof-mark.module.css';

const shortWords: Readonly<Record<Proof, string | null>> = {
  found: null,
  not_found: 'not found',
  none: 'no quotation',
};

/** Whether the quotations of a cell's answer are in the document. */
export function ProofMark({ proof }: { readonly proof: Proof }) {
  return (
    <span
      className={cx(styles.mark, proof !== 'found' && styles.unproven)}
      role="img"
      aria-label={proofWords[proof]}
      title={proofWords[proof]}
    >
      <ProofIcon proof={proof} />
      {shortWords[proof] !== null && <span className={styles.word}>{shortWords[proof]}</span>}
    </span>
  );
}

export function ProofIcon({ proof }: { readonly proof: Proof }) {
  switch (proof) {
    case 'found':
      return <Quote aria-hidden />;
    case 'not_found':
      return <SearchX aria-hidden />;
    case 'none':
      return <CircleHelp aria-hidden />;
  }
}
