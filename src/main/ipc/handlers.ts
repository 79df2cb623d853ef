import type { Exports } from '../batch/export/exports.ts';
import type { Docket } from '../compose.ts';
import type { Desktop } from './desktop.ts';
import type { Grants } from './grants.ts';
import { createAppHandlers } from './handlers/app.ts';
import { createBatchHandlers } from './handlers/batch.ts';
import { createBatchFileHandlers } from './handlers/batch-files.ts';
import { createBatchFolderHandlers } from './handlers/batch-folder.ts';
import { createBatchResultHandlers } from './handlers/batch-results.ts';
import { createChatHandlers } from './handlers/chat.ts';
import { createFileHandlers } from './handlers/file.ts';
import { createHistoryHandlers } from './handlers/history.ts';
import { createRecipeHandlers } from './handlers/recipe.ts';
import { createSettingsHandlers } from './handlers/settings.ts';
import type { Handlers } from './router.ts';

/** One line per route; longer work belongs in the folder of its feature. */
export function createHandlers(docket: Docket, desktop: Desktop, grants: Grants, exports: Exports): Handlers {
  return {
    ...createAppHandlers(docket, desktop),
    ...createSettingsHandlers(docket, desktop),
    ...createChatHandlers(docket, desktop, grants),
    ...createBatchHandlers(docket, desktop, grants),
    ...createBatchFileHandlers(docket, desktop, grants),
    ...createBatchFolderHandlers(docket, desktop),
    ...createBatchResultHandlers(docket, desktop, exports),
    ...createFileHandlers(docket),
    ...createRecipeHandlers(docket, desktop),
    ...createHistoryHandlers(docket),
  };
}
