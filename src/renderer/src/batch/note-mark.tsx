import { TriangleAlert } from 'lucide-react';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import styles from './note-mark.module.css';

/** How many things there are to know about the reading of a file; what they are is its title. Nothing without any. */
export function NoteMark({ notes }: { readonly notes: readonly ReadingNote[] }) {
  if (notes.length === 0) return null;
  const words = notes.map(noteWords);
  return (
    <span
      className={styles.mark}
      role="img"
      aria-label={`${formatCount(notes.length, 'note')}: ${words.join(' ')}`}
      title={words.join('\n')}
    >
      <TriangleAlert aria-hidden />
      {formatNumber(notes.length)}
    </span>
  );
}
