/**
 * The contract between a window and the main process: every route and every event. Inputs are schemas, because
 * main parses what a window sends; outputs are types, because main produced them.
 */
import type { z } from 'zod';
import type { Status, StoreUpdate } from './app-data.ts';
import type { BatchProgress, ExportProgress, LookProgress } from './batch-data.ts';
import type { RetryWait } from './call-data.ts';
import type { Conversation, Message, ReplyDelta } from './chat-data.ts';
import type { Problem } from './problem.ts';
import type { Result } from './result.ts';
import { appRoutes } from './routes/app.ts';
import { batchRoutes } from './routes/batch.ts';
import { batchFileRoutes } from './routes/batch-files.ts';
import { batchFolderRoutes } from './routes/batch-folder.ts';
import { batchResultRoutes } from './routes/batch-results.ts';
import { chatRoutes } from './routes/chat.ts';
import { fileRoutes } from './routes/file.ts';
import { historyRoutes } from './routes/history.ts';
import { recipeRoutes } from './routes/recipe.ts';
import type { Route } from './routes/route.ts';
import { settingsRoutes } from './routes/settings.ts';
import type { SettingsView } from './settings-data.ts';
import type { WatchEvent } from './watch-data.ts';

export const routes = {
  ...appRoutes,
  ...settingsRoutes,
  ...chatRoutes,
  ...batchRoutes,
  ...batchFileRoutes,
  ...batchFolderRoutes,
  ...batchResultRoutes,
  ...fileRoutes,
  ...recipeRoutes,
  ...historyRoutes,
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type RouteInput<Name extends RouteName> = z.input<Routes[Name]['input']>;
export type RouteRequest<Name extends RouteName> = z.output<Routes[Name]['input']>;
export type RouteOutput<Name extends RouteName> = Routes[Name] extends Route<z.ZodType, infer Output> ? Output : never;
export type RouteResult<Name extends RouteName> = Result<RouteOutput<Name>, Problem>;

/** Events that main sends to every window. */
export interface Events {
  /** What to append to a reply, coalesced to one event per frame. */
  'chat.delta': ReplyDelta;
  /** A reply that has not started will be requested again after a wait. Cleared by its first words or its end. */
  'chat.waiting': { readonly messageId: string; readonly wait: RetryWait };
  /** A reply reached its final state. */
  'chat.done': { readonly message: Message };
  /** A conversation was created, renamed, restored or moved in the list. */
  'chat.changed': { readonly conversation: Conversation };
  'batch.progress': BatchProgress;
  /** What a watch did. */
  'batch.watched': WatchEvent;
  /** The user asked to see a batch from outside the window, by clicking a notification. */
  'batch.show': { readonly batchId: string };
  /** Progress of an export that takes a while. */
  'batch.exporting': ExportProgress;
  /** Progress of another look at a folder. */
  'batch.looking': LookProgress;
  /** A batch changed in a way that its progress does not report (created, started, removed). */
  'batch.changed': { readonly batchId: string };
  /** Recipes were added, changed or removed, or another one was used. */
  'recipe.changed': null;
  'status.changed': Status;
  /** History rows were added or changed; sent at most once a second. */
  'history.changed': null;
  'settings.changed': SettingsView;
  /** Sent before any request is answered: what the first start of a new version is doing to the existing store. */
  'store.updating': StoreUpdate;
}

export type EventName = keyof Events;

/** The one object that preload exposes to a window, as `window.docket`. */
export interface Bridge {
  request<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteResult<Name>>;
  /** Returns a function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /**
   * Exchanges dropped files and folders for a grant to pass to `batch.create` or, for a single file, `chat.attach`;
   * null if none has a path.
   */
  grantFiles(files: readonly File[]): Promise<string | null>;
}
