import { ok } from '../../../shared/result.ts';
import type { appRoutes } from '../../../shared/routes/app.ts';
import type { Docket } from '../../compose.ts';
import type { Desktop } from '../desktop.ts';
import type { HandlersOf } from '../router.ts';

export function createAppHandlers(docket: Docket, desktop: Desktop): HandlersOf<typeof appRoutes> {
  return {
    'app.info': async () => ok(desktop.info),
    'app.openLink': async ({ url }) => ok(await desktop.openLink(url)),
    'app.revealData': async () => ok(await desktop.revealData().then(() => null)),
    'status.get': async () => ok(docket.status()),
  };
}
