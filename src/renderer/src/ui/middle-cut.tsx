import { cutPlace } from './cut-place.ts';
import { cx } from './cx.ts';
import styles from './middle-cut.module.css';
import { directionOf } from './text-direction.ts';
import { VisuallyHidden } from './visually-hidden.tsx';

interface MiddleCutProps {
  readonly text: string;
  readonly className?: string | undefined;
}

/** Letters that take less room than the ellipsis for them might. */
const SHORT = 5;

/** A name on one line whose end stays visible: if space is short, the middle is cut. */
export function MiddleCut({ text, className }: MiddleCutProps) {
  const place = cutPlace(text);
  const end = text.slice(place);
  const direction = directionOf(text);
  if (end === '') {
    return (
      <span className={cx(styles.name, className)} dir={direction}>
        <span className={styles.start} data-cut>
          {text}
        </span>
      </span>
    );
  }
  return (
    <span className={cx(styles.name, className)} dir={direction}>
      <VisuallyHidden>{text}</VisuallyHidden>
      <span className={cx(styles.start, place > SHORT && styles.long)} aria-hidden data-cut>
        {text.slice(0, place)}
      </span>
      <span className={styles.end} aria-hidden>
        {end}
      </span>
    </span>
  );
}
