import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, X } from 'lucide-react';
import { Button, IconButton } from './button.tsx';
import styles from './toast.module.css';

interface ToastOptions {
  readonly title: string;
  readonly detail?: string | undefined;
  /** One action, usually "Undo". */
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined;
  /** A problem stays until it is dismissed. */
  readonly problem?: boolean | undefined;
}

type ToastData = Pick<ToastOptions, 'action' | 'problem'>;

const manager = Base.createToastManager<ToastData>();

/** Shows a message that needs no answer. Can be called from anywhere. F6 moves the focus to it. */
export function showToast({ title, detail, action, problem = false }: ToastOptions): void {
  manager.add({
    title,
    description: detail,
    timeout: problem ? 0 : action === undefined ? 4000 : 8000,
    priority: problem ? 'high' : 'low',
    data: { action, problem },
  });
}

/** Rendered once, by the app, in a line of its own: whatever floats over the window may cover what one is about to press. */
export function Toasts() {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Viewport className={styles.viewport}>
        <ToastList />
      </Base.Viewport>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts, close } = Base.useToastManager<ToastData>();
  return toasts.map((toast) => {
    const { action, problem } = toast.data ?? {};
    return (
      <Base.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection={[]}>
        <Base.Content className={styles.content}>
          {problem === true && <CircleAlert className={styles.problem} role="img" aria-label="Problem" />}
          <div className={styles.words}>
            <Base.Title className={styles.title} render={<div />} />
            <Base.Description className={styles.detail} render={<div />} />
          </div>
          {action !== undefined && (
            <Button
              size="small"
              onClick={() => {
                action.onPress();
                close(toast.id);
              }}
            >
              {action.label}
            </Button>
          )}
          <Base.Close render={<IconButton label="Dismiss" icon={<X />} size="small" />} />
        </Base.Content>
      </Base.Root>
    );
  });
}
