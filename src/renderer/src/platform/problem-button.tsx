import { FolderOpen, RotateCcw, Settings2 } from 'lucide-react';
import type { Problem } from '../../../shared/problem.ts';
import { actionOf, type ProblemAction, type SettingsField } from '../../../shared/problem-action.ts';
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
    case 'open_settings':
      return <SettingsButton {...settingOf(action)} />;
    default:
      return assertNever(action);
  }
}

interface Setting {
  readonly field: SettingsField;
  readonly label: string;
}

function settingOf(action: Extract<ProblemAction, { kind: 'choose_model' | 'open_settings' }>): Setting {
  return action.kind === 'choose_model'
    ? { field: 'model', label: 'Choose a model' }
    : { field: action.field, label: 'Settings' };
}

/** The way to a setting that mends a problem, for a message that takes one action; nothing if there is none. */
export function settingsAction(problem: Problem): { readonly label: string; readonly onPress: () => void } | undefined {
  const action = actionOf(problem);
  if (action?.kind !== 'choose_model' && action?.kind !== 'open_settings') return undefined;
  const { field, label } = settingOf(action);
  return { label, onPress: () => navigate({ surface: 'settings', field }) };
}

function SettingsButton({ field, label }: Setting) {
  return (
    <Button size="small" variant="ghost" icon={<Settings2 />} onClick={() => navigate({ surface: 'settings', field })}>
      {label}
    </Button>
  );
}
