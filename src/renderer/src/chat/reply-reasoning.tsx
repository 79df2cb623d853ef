import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { Message } from '../../../shared/chat-data.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { TextShell } from '../ui/text-shell.tsx';
import { reasoningWords } from './reply-facts.ts';
import styles from './reply-reasoning.module.css';

/** The reasoning before a reply, folded by default. While folded, it is not in the page and cannot be found. */
export function ReplyReasoning({ reply }: { readonly reply: Message }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { reasoning } = reply;
  return (
    <section className={styles.reasoning} aria-label="Reasoning">
      <div className={styles.head}>
        <Button
          variant="ghost"
          size="small"
          className={styles.toggle}
          icon={<ChevronRight aria-hidden />}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {reasoningWords(reply)}
        </Button>
        {open && <CopyButton text={() => reasoning} label="Copy the reasoning" />}
      </div>
      {/* Shown as written, not as Markdown. */}
      <div id={id} className={styles.text} hidden={!open} dir={directionOf(reasoning)} data-selectable>
        {open && <TextShell text={reasoning} />}
      </div>
    </section>
  );
}
