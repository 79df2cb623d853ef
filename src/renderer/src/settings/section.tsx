import type { ReactNode } from 'react';
import styles from './settings-view.module.css';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

export function Section({ id, title, children }: SectionProps) {
  return (
    <section id={`settings-${id}`} className={styles.section} aria-labelledby={`settings-${id}-title`}>
      <h2 id={`settings-${id}-title`} className={styles.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}
