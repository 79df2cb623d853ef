import { Check, CornerDownLeft, Pencil, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatCount } from '../ui/format.ts';
import { LongText } from '../ui/long-text.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { edited } from './chat-instance.ts';
import styles from './file-pane.module.css';
import type { MessageDraft } from './message-draft.ts';
import { putIntoField } from './side-pane.ts';
import { useDraft } from './use-draft.ts';

interface PastedPaneProps {
  readonly draft: MessageDraft;
  readonly onClose: () => void;
}

/** A long pasted text of a draft. Edits are saved on each key press. */
export function PastedPane({ draft, onClose }: PastedPaneProps) {
  const { pasted } = useDraft(draft);
  const [editing, setEditing] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!editing) body.current?.focus();
  }, [editing]);
  // There is nothing to show once the text is sent, removed or emptied.
  const gone = pasted === '';
  useEffect(() => {
    if (gone) onClose();
  }, [gone, onClose]);
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.name}>Pasted text</h2>
        <CopyButton label="Copy the text" text={() => pasted} />
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <div className={styles.bar}>
        <span className={styles.facts}>{formatCount(pasted.length, 'character')}</span>
        <Button size="small" icon={editing ? <Check /> : <Pencil />} onClick={() => setEditing(!editing)}>
          {editing ? 'Done' : 'Edit'}
        </Button>
        <Button size="small" icon={<CornerDownLeft />} onClick={() => putIntoField(draft)}>
          {draft.drafts === edited ? 'Move into the question' : 'Move into the message'}
        </Button>
      </div>
      {editing ? (
        <textarea
          dir={directionOf(pasted)}
          className={styles.edited}
          aria-label="Pasted text"
          value={pasted}
          // biome-ignore lint/a11y/noAutofocus: the field replaces the text to be edited
          autoFocus
          onChange={(event) => draft.drafts.pasted.set(draft.key, event.target.value)}
        />
      ) : (
        <Scrolling ref={body} className={styles.body}>
          <LongText text={pasted} />
        </Scrolling>
      )}
    </>
  );
}
