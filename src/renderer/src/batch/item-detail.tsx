import { Ellipsis, FileMinus, FileText, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { EvidencePlace } from '../../../shared/answer.ts';
import type { Batch, ItemDetail, ItemRow } from '../../../shared/batch-data.ts';
import type { CallRow } from '../../../shared/call-data.ts';
import { withoutPagesLabel } from '../../../shared/damaged-pages.ts';
import { insideWords, partedName } from '../../../shared/inside.ts';
import { hasPagePictures } from '../../../shared/page-picture.ts';
import { placesTitle, unitOfFormat } from '../../../shared/places.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { columnTitle } from '../../../shared/recipe.ts';
import { type ShownPlace, stepFrom } from '../file-text/shown-place.ts';
import { TextAndPages } from '../file-text/text-and-pages.tsx';
import { listedTime, taskName } from '../platform/call-words.ts';
import { navigate } from '../platform/navigation-store.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { cx } from '../ui/cx.ts';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { FileName } from '../ui/file-name.tsx';
import { Findable } from '../ui/findable.tsx';
import { formatBytes, formatClockTime, formatDuration, formatNumber, formatTokens } from '../ui/format.ts';
import { isEscape } from '../ui/input-method.ts';
import { Menu } from '../ui/menu.tsx';
import { PaneFailsafe } from '../ui/pane-failsafe.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { isTyping, matchesShortcut } from '../ui/shortcut.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { AnswerView } from './answer-view.tsx';
import { checkItems, removeItems } from './batch-edits.ts';
import type { DetailState } from './batch-state.ts';
import { isBusy } from './batch-words.ts';
import { batches } from './batches.ts';
import styles from './item-detail.module.css';
import { openItemMenu } from './item-menu.tsx';
import { quotedPlaces } from './quotation-places.ts';
import { formatWords, recognitionWords } from './recognition-words.ts';

interface ItemDetailPaneProps {
  readonly batch: Batch;
  /** Whether the text of the file is shown beside its answers. */
  readonly withText: boolean;
  readonly onWithText: (shown: boolean) => void;
  readonly onClose: () => void;
}

/** Everything known of the file whose row is open. */
export function ItemDetailPane(props: ItemDetailPaneProps) {
  const detail = useStore(batches.store, (state) => state.detail);
  useEffect(() => {
    // The pane of a file goes with the file, and the focus in it: the keys for the next one work without it.
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (matchesShortcut(event, 'Alt+ArrowRight')) void batches.openBeside(1);
      else if (matchesShortcut(event, 'Alt+ArrowLeft')) void batches.openBeside(-1);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  // What is shown of one file's text means nothing for the next.
  if (detail.status === 'closed') return null;
  return (
    <PaneFailsafe of={detail}>
      <OpenItem key={detail.itemId} {...props} detail={detail} />
    </PaneFailsafe>
  );
}

interface OpenItemProps extends ItemDetailPaneProps {
  readonly detail: Exclude<DetailState, { status: 'closed' }>;
}

function OpenItem({ batch, detail, withText, onWithText, onClose }: OpenItemProps) {
  const item = detail.status === 'ready' ? detail.item : null;
  const file = useMemo(() => ({ itemId: detail.itemId }), [detail.itemId]);
  const [shown, setShown] = useState<ShownPlace | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const places = item === null ? [] : quotedPlaces(batch.recipe.questions, item.answers);
  const show = (place: EvidencePlace) => {
    if (!withText) opener.current = focused();
    setShown({ place, asked: (shown?.asked ?? 0) + 1 });
    onWithText(true);
  };
  const step = (by: 1 | -1) => {
    const next = stepFrom(places, shown?.place ?? null, by);
    if (next !== undefined) show(next);
  };
  const openText = () => {
    opener.current = focused();
    onWithText(true);
  };
  const closeText = () => {
    setShown(null);
    onWithText(false);
    opener.current?.focus();
  };
  const remove = async () => {
    await removeItems(batch.id, [detail.itemId]);
    // The focus was in what is gone with the file.
    if (batches.store.getState().detail.status === 'closed') onClose();
  };
  const canRemove = item !== null && item.row.status !== 'removed' && batch.status !== 'collecting';
  const onKeyDown = (event: KeyboardEvent) => {
    if (matchesShortcut(event, 'Alt+ArrowDown')) step(1);
    else if (matchesShortcut(event, 'Alt+ArrowUp')) step(-1);
    else if (withText && isEscape(event.nativeEvent) && !event.defaultPrevented) closeText();
    else if (canRemove && matchesShortcut(event, 'Delete') && !isTyping(event.target)) void remove();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys work wherever the focus is inside it
    <div className={styles.panes} onKeyDown={onKeyDown}>
      <header className={styles.header}>
        <h3 className={styles.name} title={item?.row.name} dir={directionOf(fileNameOf(item))}>
          {item === null ? 'File' : <FileName name={item.row.name} root={batch.dropped} />}
        </h3>
        <IconButton
          label={withText ? 'Hide the text' : 'Show the text'}
          icon={<FileText />}
          aria-pressed={withText}
          onClick={withText ? closeText : openText}
        />
        {item !== null && (
          <Menu
            trigger={<IconButton label="More about this file" icon={<Ellipsis />} />}
            entries={openItemMenu(batch, item.row, () => void remove())}
          />
        )}
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <div className={cx(styles.both, withText && item !== null && hasPagePictures(item.format) && styles.withPages)}>
        <div className={styles.answers}>
          <Findable label="Find in this file’s results" everywhere>
            <Scrolling className={styles.body}>
              {detail.status === 'loading' && <Skeleton lines={8} />}
              {detail.status === 'failed' && <ErrorNote problem={detail.problem} />}
              {item !== null && (
                <PaneFailsafe of={item}>
                  <Contents item={item} batch={batch} shown={shown?.place ?? null} onShow={show} />
                </PaneFailsafe>
              )}
            </Scrolling>
          </Findable>
        </div>
        {withText && (
          <div className={styles.text}>
            <TextAndPages
              file={file}
              title={(quotation) => <h4 className={styles.quotation}>{quotation ?? 'Text of the file'}</h4>}
              places={places}
              shown={shown}
              onStep={step}
              closeLabel="Close the text"
              onClose={closeText}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function focused(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}

function fileNameOf(item: ItemDetail | null): string | null {
  return item === null ? null : partedName(item.row.name).file;
}

interface ContentsProps {
  readonly item: ItemDetail;
  readonly batch: Batch;
  readonly shown: EvidencePlace | null;
  readonly onShow: (place: EvidencePlace) => void;
}

function Contents({ item, batch, shown, onShow }: ContentsProps) {
  const { row, answers, calls } = item;
  const { recipe, llm } = batch;
  const fileProblem = answers.length === 0 ? row.problem : null;
  return (
    <>
      <div className={styles.status}>
        <StatusIcon status={row.status} />
        <Checkbox
          checked={row.checkedAt !== null}
          onChange={(checked) => void checkItems(batch.id, [row.id], checked)}
          label="Checked"
        />
        {row.latencyMs !== null && <span>{formatDuration(row.latencyMs)}</span>}
        {(row.status === 'done' || row.totalTokens !== null) && (
          <span>{llm ? `${formatTokens(row.totalTokens, llm)} tokens` : 'Tokens n/a'}</span>
        )}
      </div>
      {row.goneAt !== null && (
        <Note tone="neutral">
          This file is no longer where it was (noticed {formatClockTime(row.goneAt)}). What was read and answered is
          kept.
        </Note>
      )}
      {row.notes.length > 0 && (
        <div className={styles.notes}>
          {row.notes.map(noteWords).map((words) => (
            <Note key={words} tone="amber">
              {words}
            </Note>
          ))}
        </div>
      )}
      {fileProblem !== null && (
        <ErrorNote
          problem={fileProblem}
          actions={
            <>
              <WithoutPages batch={batch} row={row} />
              <ProblemButton problem={fileProblem} onShowFile={() => void batches.revealItem(row.id)} />
            </>
          }
        />
      )}
      {answers.length > 0 &&
        recipe.questions.map((question) => (
          <AnswerView
            key={question.id}
            itemId={row.id}
            title={columnTitle(question, llm)}
            answer={answers.find((answer) => answer.question === question.id)}
            shown={shown}
            onShow={onShow}
          />
        ))}
      <FileFacts item={item} />
      {calls.length > 0 && (
        <section className={styles.section}>
          <h4 className={styles.title}>Calls</h4>
          <ul className={styles.calls}>
            {calls.map((call) => (
              <CallLine key={call.id} call={call} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What can be read of a damaged file, by the person's choice. */
function WithoutPages({ batch, row }: { readonly batch: Batch; readonly row: ItemRow }) {
  const label = row.status === 'failed' ? withoutPagesLabel(row.problem) : null;
  if (label === null || isBusy(batch.status) || batch.status === 'ready') return null;
  return (
    <Button size="small" icon={<FileMinus />} onClick={() => void batches.readWithoutPages(batch.id, [row.id])}>
      {label}
    </Button>
  );
}

/** A call in short; it opens in the history. */
function CallLine({ call }: { readonly call: CallRow }) {
  return (
    <li>
      <button
        type="button"
        className={styles.call}
        title="Show in the history"
        onClick={() => navigate({ surface: 'history', callId: call.id })}
      >
        <StatusIcon status={call.status} compact />
        <span className={styles.task}>
          {taskName(call)}
          {call.attempt > 1 && `, attempt ${call.attempt}`}
        </span>
        <span className={styles.figure}>{call.llm ? `${formatTokens(call.totalTokens, true)} tokens` : 'n/a'}</span>
        <span className={styles.figure}>{listedTime(call)}</span>
      </button>
    </li>
  );
}

function FileFacts({ item }: { readonly item: ItemDetail }) {
  const { path, inside, row, format, encoding, pages, characters, sha256 } = item;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Size', row.bytes === null ? null : formatBytes(row.bytes)],
    ['Format', formatWords(format, row.notes)],
    ['Recognition', recognitionWords(row.notes)],
    ['Encoding', encoding],
    [placesTitle(unitOfFormat(format)), pages === null ? null : formatNumber(pages)],
    ['Characters', characters === null ? null : formatNumber(characters)],
  ];
  return (
    <section className={styles.section}>
      <h4 className={styles.title}>File</h4>
      <dl className={styles.facts}>
        <dt>Path</dt>
        <dd className={styles.code}>
          <span data-selectable>{path}</span>
          <CopyButton label="Copy path" text={() => path} />
        </dd>
        {inside.length > 0 && (
          <div className={styles.fact}>
            <dt>Inside</dt>
            <dd data-selectable>{insideWords(inside)}</dd>
          </div>
        )}
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd data-selectable>{value}</dd>
              </div>
            ),
        )}
        {sha256 !== null && (
          <>
            <dt>SHA-256</dt>
            <dd className={styles.code}>
              <span data-selectable title={sha256}>
                {sha256}
              </span>
              <CopyButton label="Copy SHA-256" text={() => sha256} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
