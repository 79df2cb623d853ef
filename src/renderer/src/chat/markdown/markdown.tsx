import { memo, useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { TextShell } from '../../ui/text-shell.tsx';
import { WithFootnotes } from './footnotes.tsx';
import styles from './markdown.module.css';
import { withoutUndecidedLine } from './open-line.ts';
import { Section } from './section.tsx';
import { sectionsOf } from './sections.ts';
import { createSurroundings } from './surroundings.ts';
import { useBlocks } from './use-blocks.ts';
import { useGrowingText } from './use-growing-text.ts';

interface MarkdownProps {
  readonly text: string;
  /** False while more is to come. */
  readonly finished: boolean;
}

/** Sections that are drawn at once wherever they are: the first of a text, and those at its end, where one reads along. */
const FIRST_AT_ONCE = 1;
const LAST_AT_ONCE = 1;
const LAST_AT_ONCE_GROWING = 2;

/**
 * A model's Markdown. Nothing in it is trusted: raw HTML is shown as the text that it is, images are named and never
 * fetched, links are opened by main, which asks first.
 */
export const Markdown = memo(function Markdown({ text, finished }: MarkdownProps) {
  const [surroundingsOf] = useState(createSurroundings);
  const read = useBlocks(useGrowingText(finished ? text : withoutUndecidedLine(text), finished));
  const { blocks, definitions, footnotes, notes, readTo } = read;
  const unread = readTo < read.text.length;
  const surroundings = surroundingsOf(definitions, notes);
  const sections = sectionsOf(blocks);
  const lastAtOnce = unread ? 0 : finished ? LAST_AT_ONCE : LAST_AT_ONCE_GROWING;
  return (
    <div className={cx(styles.text, (unread || sections.length > 2) && styles.long)}>
      <WithFootnotes footnotes={footnotes} surroundings={surroundings} finished={finished}>
        {sections.map(({ start, end }, place) => (
          <Section
            key={start}
            before={blocks[start - 1]}
            blocks={blocks.slice(start, end)}
            surroundings={surroundings}
            finished={finished || unread || end < blocks.length}
            atOnce={place < FIRST_AT_ONCE || place >= sections.length - lastAtOnce}
          />
        ))}
        {unread && <TextShell text={read.text} from={readTo} />}
      </WithFootnotes>
    </div>
  );
});
