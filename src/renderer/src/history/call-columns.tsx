import type { CallRow } from '../../../shared/call-data.ts';
import { partedName } from '../../../shared/inside.ts';
import { listedTime, taskName } from '../platform/call-words.ts';
import { cx } from '../ui/cx.ts';
import { FileName } from '../ui/file-name.tsx';
import { formatExactTime } from '../ui/format.ts';
import { createColumnLayout } from '../ui/grid/column-layout.ts';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import type { GridCell } from '../ui/grid/grid-row.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon, statusWord } from '../ui/status-icon.tsx';
import { directionOf } from '../ui/text-direction.ts';
import styles from './call-grid.module.css';
import { listedTokens, whyNoReply } from './call-words.ts';
import { TaskIcon } from './task-icon.tsx';

const LISTED_CHARACTERS = 100;

export const callColumnLayout = createColumnLayout('docket.history.columns');

const time: GridColumn = { id: 'time', title: 'Time', width: 100, share: 0, least: 76 };
const task: GridColumn = { id: 'task', title: 'Task', width: 140, share: 0, least: 116 };
const outcome: GridColumn = { id: 'outcome', title: 'Outcome', width: 116, share: 0, least: 100 };
const message: GridColumn = { id: 'message', title: 'Message', width: 140, share: 1.7, least: 80 };
const reply: GridColumn = { id: 'reply', title: 'Reply', width: 180, share: 2.6, least: 96 };
const file: GridColumn = { id: 'file', title: 'File', width: 140, share: 1.8, least: 96 };
const model: GridColumn = { id: 'model', title: 'Model', width: 112, share: 0.8, least: 72 };
const tokens: GridColumn = { id: 'tokens', title: 'Tokens', width: 80, share: 0, least: 64, end: true };
const took: GridColumn = { id: 'took', title: 'Took', width: 88, share: 0, least: 68, end: true };

/** What a width has room for; what is left out is in the pane. */
const layouts: readonly { readonly from: number; readonly columns: readonly GridColumn[] }[] = [
  { from: 860, columns: [time, task, outcome, message, reply, file, model, tokens, took] },
  { from: 600, columns: [time, task, outcome, message, reply, tokens, took] },
  { from: 520, columns: [time, task, outcome, message, took] },
  { from: 1, columns: [time, outcome, message] },
];

/** Which of the layouts fits; the widest while the width is not known. */
export function callLayoutFor(width: number): number {
  return Math.max(
    0,
    layouts.findIndex(({ from }) => width >= from),
  );
}

export function callColumns(layout: number): readonly GridColumn[] {
  return layouts[layout]?.columns ?? [];
}

export function callCells(call: CallRow, columns: readonly GridColumn[]): readonly GridCell[] {
  const hasFile = columns.some(({ id }) => id === 'file');
  return columns.map(({ id, end }, column) => ({ id, column, span: 1, end, ...cellOf(call, id, hasFile) }));
}

type CellLook = Pick<GridCell, 'content' | 'className' | 'title' | 'dir'>;

function cellOf(call: CallRow, column: string, hasFile: boolean): CellLook {
  const { status, reply, fileName, host } = call;
  switch (column) {
    case 'time':
      return { content: <RelativeTime time={call.createdAt} />, className: styles.fact };
    case 'task':
      return {
        content: (
          <span className={styles.task}>
            <TaskIcon task={call.task} />
            {taskName(call)}
          </span>
        ),
        className: styles.fact,
      };
    case 'outcome':
      return { content: <StatusIcon status={status} />, className: cx(styles.fact, styles.outcome) };
    case 'message':
      return messageCell(call, hasFile);
    case 'reply':
      return {
        content: reply ? shortened(reply) : <span className={styles.why}>{whyNoReply(call)}</span>,
        title: reply ?? whyNoReply(call),
        dir: directionOf(reply),
      };
    case 'file':
      return {
        content: fileName !== null && <FileName name={fileName} />,
        className: styles.fact,
        title: fileName ?? undefined,
        dir: directionOf(fileName && baseName(fileName)),
      };
    case 'model':
      return { content: call.model, className: styles.fact, title: `${call.model} at ${host}` };
    case 'tokens': {
      const words = listedTokens(call);
      return { content: words, className: cx(styles.fact, !/\d/.test(words) && styles.noNumber) };
    }
    default:
      return { content: listedTime(call), className: styles.fact };
  }
}

/** The prompt is the same for every file, so the file says more where it has no column of its own. */
function messageCell({ kind, fileName, message: asked }: CallRow, hasFile: boolean): CellLook {
  if (kind !== 'analysis' || fileName === null || hasFile)
    return { content: shortened(asked), title: asked, dir: directionOf(asked) };
  const name = baseName(fileName);
  return { content: name, title: asked, dir: directionOf(name) };
}

/** The whole of a cell, as it is copied. */
export function callText(call: CallRow, column: string): string {
  switch (column) {
    case 'time':
      return formatExactTime(call.createdAt);
    case 'task':
      return taskName(call);
    case 'outcome':
      return statusWord(call.status);
    case 'message':
      return shortened(call.message);
    case 'reply':
      return call.reply ? shortened(call.reply) : (whyNoReply(call) ?? '');
    case 'file':
      return call.fileName ?? '';
    case 'model':
      return call.model;
    case 'tokens':
      return listedTokens(call);
    default:
      return listedTime(call);
  }
}

/** The list holds only the beginning of a text; an ellipsis shows that there is more. */
function shortened(text: string): string {
  return text.length < LISTED_CHARACTERS ? text : `${text}…`;
}

function baseName(path: string): string {
  return partedName(path).file;
}
