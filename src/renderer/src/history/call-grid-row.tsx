import { memo } from 'react';
import type { CallRow } from '../../../shared/call-data.ts';
import { listedTime, taskName } from '../platform/call-words.ts';
import { cx } from '../ui/cx.ts';
import { FileName } from '../ui/file-name.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { directionOf } from '../ui/text-direction.ts';
import styles from './call-grid.module.css';
import { listedTokens, whyNoReply } from './call-words.ts';
import { TaskIcon } from './task-icon.tsx';

const LISTED_CHARACTERS = 100;

interface CallGridRowProps {
  readonly id: string;
  readonly call: CallRow;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly onPress: (callId: number) => void;
}

export const CallGridRow = memo(function CallGridRow({ id, call, index, top, selected, onPress }: CallGridRowProps) {
  const { kind, task, status, message, reply, fileName, model } = call;
  const tokens = listedTokens(call);
  const cells = [
    <RelativeTime key="time" time={call.createdAt} />,
    <span key="task" className={styles.task}>
      <TaskIcon task={task} />
      {taskName(call)}
    </span>,
    <StatusIcon key="status" status={status} />,
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold virtual rows
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid (aria-activedescendant)
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onPress(call.id)}
    >
      {cells.map((cell) => (
        <Cell key={cell.key}>{cell}</Cell>
      ))}
      <Cell className={styles.message} title={message}>
        {kind === 'analysis' && fileName !== null && (
          <span className={styles.inlineFile} dir={directionOf(baseName(fileName))}>
            {baseName(fileName)}
          </span>
        )}
        <span className={styles.words} dir={directionOf(message)}>
          {shortened(message)}
        </span>
      </Cell>
      <Cell className={styles.reply} title={reply ?? whyNoReply(call)} dir={directionOf(reply)}>
        {reply ? shortened(reply) : <span className={styles.why}>{whyNoReply(call)}</span>}
      </Cell>
      <Cell className={styles.file} title={fileName ?? undefined} dir={directionOf(fileName && baseName(fileName))}>
        {fileName !== null && <FileName name={fileName} />}
      </Cell>
      <Cell className={styles.model} title={`${model} at ${call.host}`}>
        {model}
      </Cell>
      <Cell className={cx(styles.end, styles.tokens, !/\d/.test(tokens) && styles.noNumber)}>{tokens}</Cell>
      <Cell className={styles.end}>{listedTime(call)}</Cell>
    </div>
  );
});

interface CellProps {
  readonly className?: string | undefined;
  readonly title?: string | undefined;
  readonly dir?: 'rtl' | undefined;
  readonly children: React.ReactNode;
}

function Cell({ className, title, dir, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div role="gridcell" className={cx(styles.cell, className)} title={title} dir={dir}>
      {children}
    </div>
  );
}

/** The list holds only the beginning of a text; an ellipsis shows that there is more. */
function shortened(text: string): string {
  return text.length < LISTED_CHARACTERS ? text : `${text}…`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
