import { Settings2 } from 'lucide-react';
import type { Problem, ProblemCode } from '../../../shared/problem.ts';
import { navigate } from '../app/navigation-store.ts';
import { Button } from '../ui/button.tsx';

/** Problems that the settings can mend. */
const settingsMend: ReadonlySet<ProblemCode> = new Set([
  'unauthorized',
  'forbidden',
  'model_not_found',
  'not_found',
  'connection_failed',
  'tls_failed',
  'not_configured',
  'timeout_first_token',
  'timeout_idle',
]);

export function mendsInSettings({ code }: Problem): boolean {
  return settingsMend.has(code);
}

/** The way to the settings, beside a problem that they can mend. */
export function SettingsAction() {
  return (
    <Button
      size="small"
      variant="ghost"
      icon={<Settings2 />}
      onClick={() => navigate({ surface: 'settings', section: 'provider' })}
    >
      Settings
    </Button>
  );
}
