import { FolderOpen, RotateCcw, Settings2 } from 'lucide-react';
import type { Problem } from '../../../shared/problem.ts';
import { actionOf, type SettingsField } from '../../../shared/problem-action.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../ui/button.tsx';
import { navigate } from './navigation-store.ts';

interface ProblemButtonProps {
  readonly problem: Problem;
  /** Leave out if the failed operation cannot be repeated from there. */
  readonly onRetry?: () => void;
  /** Leave out if the problem does not concern a single file. */
  readonly onShowFile?: () => void;
}

/** A button for the user's way out of a problem; nothing if there is none. */
export function ProblemButton({ problem, onRetry, onShowFile }: ProblemButtonProps) {
  const action = actionOf(problem);
  if (action === null) return null;
  switch (action.kind) {
    case 'retry':
      return onRetry === undefined ? null : (
        <Button size="small" icon={<RotateCcw />} onClick={onRetry}>
          Try again
        </Button>
      );
    case 'show_file':
      return onShowFile === undefined ? null : (
        <Button size="small" variant="ghost" icon={<FolderOpen />} onClick={onShowFile}>
          Show the file
        </Button>
      );
    case 'choose_model':
      return <SettingsButton field="model" label="Choose a model" />;
    case 'open_settings':
      return <SettingsButton field={action.field} label="Settings" />;
    default:
      return assertNever(action);
  }
}

function SettingsButton({ field, label }: { readonly field: SettingsField; readonly label: string }) {
  return (
    <Button size="small" variant="ghost" icon={<Settings2 />} onClick={() => navigate({ surface: 'settings', field })}>
      {label}
    </Button>
  );
}
