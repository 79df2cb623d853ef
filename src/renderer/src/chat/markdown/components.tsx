import { type MouseEvent, type ReactNode, use } from 'react';
import { request } from '../../platform/bridge.ts';
import { Scrolling } from '../../ui/scrolling.tsx';
import { hostToTell, openableUrl } from './links.ts';
import styles from './markdown.module.css';
import { NotesContext } from './notes-context.ts';

interface LinkProps {
  readonly href: string;
  /** Its words without their marks. */
  readonly words: string;
  readonly children?: ReactNode;
}

export function Link({ href, words, children }: LinkProps) {
  const url = openableUrl(href);
  if (url === null) return <span>{children}</span>;
  const host = hostToTell(words, url);
  const open = (event: MouseEvent) => {
    event.preventDefault();
    void request('app.openLink', { url });
  };
  return (
    <a href={url} title={url} draggable={false} onClick={open} onAuxClick={(event) => event.preventDefault()}>
      {children}
      {host !== null && <bdi className={styles.host}> ({host})</bdi>}
    </a>
  );
}

export function ImageName({ alt }: { readonly alt: string }) {
  return <span className={styles.image}>[image: {alt === '' ? 'without a description' : alt}]</span>;
}

export function Table({ children }: { readonly children?: ReactNode }) {
  return (
    <Scrolling as="section" className={styles.table} aria-label="Table">
      <table>{children}</table>
    </Scrolling>
  );
}

/** The box of a task list, the only input that Markdown makes. */
export function TaskBox({ checked }: { readonly checked: boolean }) {
  return <input type="checkbox" checked={checked} disabled readOnly aria-label={checked ? 'Done' : 'To do'} />;
}

/** The number of a note in the text; leads to it. */
export function NoteReference({ label, number }: { readonly label: string; readonly number: string }) {
  const notes = use(NotesContext);
  return (
    <sup>
      <button
        type="button"
        className={styles.noteReference}
        aria-label={`Note ${number}`}
        onClick={(event) => notes?.show(label, event.currentTarget)}
      >
        {number}
      </button>
    </sup>
  );
}

/** A formula, letter for letter. */
export function Formula({ text, block }: { readonly text: string; readonly block: boolean }) {
  return block ? <div className={styles.mathBlock}>{text}</div> : <span className={styles.math}>{text}</span>;
}
