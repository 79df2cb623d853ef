import { useLayoutEffect, useState } from 'react';
import { MAX_ATTACHMENTS } from '../../../shared/attachments.ts';
import { isArchiveName } from '../../../shared/inside.ts';
import { problem } from '../../../shared/problem.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { closeBatchDialog } from '../batch/batch-dialog.ts';
import { addressedDraft, attachFiles } from '../chat/chat-actions.ts';
import { edited } from '../chat/chat-instance.ts';
import { bridge } from '../platform/bridge.ts';
import { navigate, navigateLater, navigation, useSurface } from '../platform/navigation-store.ts';
import { closeOverlay } from '../platform/overlays.ts';
import { settingsAction } from '../platform/problem-button.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './drop-target.module.css';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Creates a batch from dropped files. The window never learns a path: preload exchanges the files for a grant. */
async function analyse(files: readonly File[], why: string | null): Promise<void> {
  navigate({ surface: 'batch' });
  const show = navigateLater();
  const grant = await bridge.grantFiles(files);
  if (grant === null) {
    showToast({
      title: 'Nothing was added',
      detail: files.some(({ name }) => name === '')
        ? problemSentence(problem('file_unreadable', { reason: 'locale' }))
        : 'Only files and folders from this machine can be dropped here.',
      problem: true,
    });
    return;
  }
  const batch = await bridge.request('batch.create', { grant });
  if (batch.ok) {
    show({ surface: 'batch', batchId: batch.value.id });
    if (why !== null)
      showToast({
        title: why,
        detail: `A message can have up to ${MAX_ATTACHMENTS} files, but no folders or archives.`,
      });
  } else {
    showToast({
      title: 'Nothing was added',
      detail: problemSentence(batch.error),
      action: settingsAction(batch.error),
      problem: true,
    });
  }
}

/**
 * Over the chat, a few files are attached to the message. A folder, an archive or more files become a batch, as everywhere
 * else.
 */
async function take({ files, items }: DataTransfer): Promise<void> {
  const dropped = [...files];
  // What was open over the window would hide what becomes of the files.
  closeOverlay();
  closeBatchDialog();
  if (navigation.getState().target.surface !== 'chat') return analyse(dropped, null);
  const folder = [...items].some((item) => item.webkitGetAsEntry()?.isDirectory === true);
  if (folder) return analyse(dropped, 'A folder was dropped, so this became a batch');
  if (dropped.some(({ name }) => isArchiveName(name)))
    return analyse(dropped, 'An archive was dropped, so this became a batch');
  if (dropped.length > MAX_ATTACHMENTS)
    return analyse(dropped, `${dropped.length} files were dropped, so they became a batch`);
  return attachFiles(addressedDraft(), dropped);
}

/** Accepts files and folders dropped anywhere in the window. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  // Layout effects run with the first frame, before which nothing can be dropped.
  useLayoutEffect(() => {
    // Every element the pointer enters or leaves fires an event. It has left the window when the count is back at zero.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const move = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      void take(event.dataTransfer);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: move, drop } as const;
    for (const [name, listener] of Object.entries(listeners))
      window.addEventListener(name as keyof typeof listeners, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name as keyof typeof listeners, listener);
    };
  }, []);
  const overChat = useSurface() === 'chat';
  return over ? (
    <div className={styles.overlay} aria-hidden>
      <div className={styles.frame}>
        <strong>{overChat ? attachWords() : 'Drop to analyse'}</strong>
        <span>
          {overChat
            ? `Up to ${MAX_ATTACHMENTS} files. More files, a folder or an archive become a batch.`
            : 'Files and folders become one batch'}
        </span>
      </div>
    </div>
  ) : null;
}

function attachWords(): string {
  return addressedDraft().drafts === edited ? 'Drop to attach to the edited message' : 'Drop to attach to your message';
}
