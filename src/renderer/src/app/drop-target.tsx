import { useEffect, useState } from 'react';
import { showToast } from '../ui/toast.tsx';
import { bridge } from './bridge.ts';
import styles from './drop-target.module.css';
import { navigate } from './navigation-store.ts';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Makes a batch of what was dropped. The window never learns a path: preload exchanges the files for a grant. */
async function analyse(files: readonly File[]): Promise<void> {
  navigate({ surface: 'batch' });
  const grant = await bridge.grantFiles(files);
  if (grant === null) {
    showToast({
      title: 'Nothing was added',
      detail: 'Only files and folders from this machine can be dropped here.',
      problem: true,
    });
    return;
  }
  const batch = await bridge.request('batch.create', { grant });
  if (batch.ok) navigate({ surface: 'batch', batchId: batch.value.id });
  else showToast({ title: 'Nothing was added', detail: batch.error.message, problem: true });
}

/** The whole window takes files and folders, whatever it shows. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Each element that is entered or left tells it; the pointer has left when the count is back at zero.
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
      void analyse([...event.dataTransfer.files]);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: move, drop } as const;
    for (const [name, listener] of Object.entries(listeners))
      window.addEventListener(name as keyof typeof listeners, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name as keyof typeof listeners, listener);
    };
  }, []);
  return over ? (
    <div className={styles.overlay} aria-hidden>
      <div className={styles.frame}>
        <strong>Drop to analyse</strong>
        <span>Files and whole folders, as one batch</span>
      </div>
    </div>
  ) : null;
}
