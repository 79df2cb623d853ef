import { z } from 'zod';
import type { AppInfo, Status } from '../app-data.ts';
import { nothing } from './inputs.ts';
import { route } from './route.ts';

export const appRoutes = {
  'app.info': route(nothing).returns<AppInfo>(),
  /** Asks the user in a native dialog, then opens the link in the system's browser; false if they decline. */
  'app.openLink': route(z.object({ url: z.string().max(4000) })).returns<boolean>(),
  'app.revealData': route(nothing).returns<null>(),
  'status.get': route(nothing).returns<Status>(),
} as const;
