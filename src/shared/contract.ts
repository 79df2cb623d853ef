/**
 * The contract between a window and the main process: every route and every event. Inputs are schemas, because
 * main parses what a window sends; outputs are types, because main made them.
 */
import { z } from 'zod';
import { MAX_ATTACHMENTS } from './attachments.ts';
import type {
  Attachment,
  Batch,
  BatchProgress,
  CallDetail,
  ConnectionCheck,
  Conversation,
  ConversationWithMessages,
  DiscoveredServer,
  ExportProgress,
  FoundMessage,
  HistoryFacets,
  HistoryPage,
  ItemDetail,
  ItemRow,
  KeyState,
  Message,
  PickedFile,
  RetryWait,
  SettingsView,
  Status,
  StoreUpdate,
} from './data.ts';
import { callKinds, callStatuses, exportFormats, itemFilters, itemStatuses } from './data.ts';
import type { Problem } from './problem.ts';
import type { Result } from './result.ts';
import { MAX_CONCURRENCY, MIN_CONCURRENCY, settingsSchema } from './settings-schema.ts';

interface Route<Schema extends z.ZodType, Output> {
  readonly input: Schema;
  /** Never set: it carries the output's type. */
  readonly output?: Output;
}

function route<Schema extends z.ZodType>(input: Schema) {
  return { returns: <Output>(): Route<Schema, Output> => ({ input }) };
}

const id = z.uuid();
const nothing = z.undefined();
const callKind = z.enum(callKinds);
const callStatus = z.enum(callStatuses);
const itemStatus = z.enum(itemStatuses);
const exportFormat = z.enum(exportFormats);
const time = z.number().int().nonnegative();
const model = z.string().trim().min(1).max(200);
const messageText = z
  .string()
  .max(2_000_000, 'A message has at most 2,000,000 characters. Attach longer text as a file.');
const attachmentIds = z.array(id).max(MAX_ATTACHMENTS, `A message takes at most ${MAX_ATTACHMENTS} files.`);

const historyFilter = {
  search: z.string().max(500, 'Search for at most 500 characters.').optional(),
  kind: callKind.optional(),
  status: callStatus.optional(),
  model: z.string().max(200).optional(),
  from: time.optional(),
  to: time.optional(),
};

/** Model and temperature of one message; left out, the settings decide. */
const replyOptions = { model: model.optional(), temperature: z.number().min(0).max(2).optional() };

export const routes = {
  'app.info': route(nothing).returns<AppInfo>(),
  /** Asks the user in a native dialog, then opens the link in the system's browser; false when declined. */
  'app.openLink': route(z.object({ url: z.string().max(4000) })).returns<boolean>(),
  'app.revealData': route(nothing).returns<null>(),
  'status.get': route(nothing).returns<Status>(),

  'settings.get': route(nothing).returns<SettingsView>(),
  'settings.save': route(settingsSchema).returns<SettingsView>(),
  /** `allowWeak`: keep the key on disk although the system's backend only scrambles it. */
  'settings.setKey': route(
    z.object({
      key: z.string().trim().min(1).max(1000, 'A key has at most 1,000 characters.'),
      allowWeak: z.boolean(),
    }),
  ).returns<KeyState>(),
  'settings.clearKey': route(nothing).returns<KeyState>(),
  'settings.models': route(nothing).returns<readonly string[]>(),
  'settings.discover': route(nothing).returns<readonly DiscoveredServer[]>(),
  'settings.test': route(nothing).returns<readonly ConnectionCheck[]>(),

  'chat.list': route(nothing).returns<readonly Conversation[]>(),
  /** Conversations with a message that has all the words; the newest such message of each. */
  'chat.find': route(z.object({ text: z.string().max(500), limit: z.number().int().min(1).max(500) })).returns<
    readonly FoundMessage[]
  >(),
  'chat.open': route(z.object({ conversationId: id })).returns<ConversationWithMessages>(),
  'chat.rename': route(
    z.object({ conversationId: id, title: z.string().trim().min(1).max(200, 'A title has at most 200 characters.') }),
  ).returns<Conversation>(),
  /** Hides a conversation and stops its replies; `chat.restore` brings it back. Its calls stay in the history. */
  'chat.remove': route(z.object({ conversationId: id })).returns<null>(),
  'chat.restore': route(z.object({ conversationId: id })).returns<Conversation>(),
  /** Shows another branch. */
  'chat.select': route(z.object({ conversationId: id, leafId: id })).returns<Conversation>(),
  /** Creates the conversation when it is new. Resolves when the question and the empty reply are stored. */
  'chat.send': route(
    z
      .object({
        conversationId: id,
        messageId: id,
        replyId: id,
        parentId: id.nullable(),
        content: messageText,
        attachmentIds: attachmentIds.default([]),
        ...replyOptions,
      })
      .refine(({ content, attachmentIds: files }) => content !== '' || files.length > 0, {
        message: 'Write a message or attach a file.',
        path: ['content'],
      }),
  ).returns<ConversationWithMessages>(),
  /** A further reply to the question `messageId`, beside the ones it has. */
  'chat.regenerate': route(
    z.object({ conversationId: id, messageId: id, replyId: id, ...replyOptions }),
  ).returns<ConversationWithMessages>(),
  /** Opens the system's picker; empty when it was closed without a choice. */
  'chat.pickAttachments': route(nothing).returns<readonly PickedFile[]>(),
  /** Reads the one file that `grant` stands for; resolves when it is read. The attachment's id is that of the grant. */
  'chat.attach': route(z.object({ grant: id })).returns<Attachment>(),
  /** Stops the reading of a file, or forgets one that was read and not sent. */
  'chat.detach': route(z.object({ attachmentId: id })).returns<null>(),
  /** Those of these that are kept: a window asks it for the drafts of an earlier start. */
  'chat.attachments': route(z.object({ attachmentIds: z.array(id).max(1_000) })).returns<readonly Attachment[]>(),
  /** The whole text of a file, as it is sent. */
  'chat.attachmentText': route(z.object({ attachmentId: id })).returns<string>(),
  'chat.stop': route(z.object({ replyId: id })).returns<null>(),

  'batch.list': route(nothing).returns<readonly Batch[]>(),
  /** `grant` stands for dropped files: preload exchanges them for it, so that a window never names a path. */
  'batch.create': route(z.object({ grant: id })).returns<Batch>(),
  /** Opens the system's picker; null when it was closed without a choice. */
  'batch.pick': route(z.object({ what: z.enum(['files', 'folder']) })).returns<Batch | null>(),
  'batch.createSample': route(nothing).returns<Batch>(),
  'batch.get': route(z.object({ batchId: id })).returns<BatchProgress>(),
  'batch.items': route(
    z.object({
      batchId: id,
      status: itemStatus.optional(),
      noted: z.boolean().optional(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
  ).returns<readonly ItemRow[]>(),
  'batch.item': route(z.object({ itemId: z.number().int() })).returns<ItemDetail>(),
  /** Starts what is `ready`, and goes on with what is `interrupted` or `cancelled`. Finished files are not run again. */
  'batch.start': route(z.object({ batchId: id })).returns<Batch>(),
  /** Asks at once whether the host is back that a running batch waits for. */
  'batch.tryNow': route(z.object({ batchId: id })).returns<null>(),
  'batch.cancel': route(z.object({ batchId: id })).returns<Batch>(),
  'batch.retryFailed': route(z.object({ batchId: id })).returns<Batch>(),
  'batch.remove': route(z.object({ batchId: id })).returns<null>(),
  'batch.setConcurrency': route(
    z.object({ concurrency: z.number().int().min(MIN_CONCURRENCY).max(MAX_CONCURRENCY) }),
  ).returns<number>(),
  /** Asks where to save; the file's path, or null when the dialog was closed or the export stopped. */
  'batch.export': route(
    z.object({ batchId: id, format: exportFormat, only: z.enum(itemFilters).default('all') }),
  ).returns<string | null>(),
  /** Leaves no half file. */
  'batch.revealItem': route(z.object({ itemId: z.number().int() })).returns<null>(),
  'batch.stopExport': route(z.object({ batchId: id })).returns<null>(),

  'history.page': route(
    z.object({ ...historyFilter, before: z.number().int().optional(), limit: z.number().int().min(1).max(500) }),
  ).returns<HistoryPage>(),
  /** How many calls match; null stands for more than are counted. */
  'history.count': route(z.strictObject(historyFilter)).returns<number | null>(),
  'history.detail': route(z.object({ callId: z.number().int() })).returns<CallDetail>(),
  'history.facets': route(nothing).returns<HistoryFacets>(),
} as const;

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  readonly dataDir: string;
}

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type RouteInput<Name extends RouteName> = z.input<Routes[Name]['input']>;
export type RouteRequest<Name extends RouteName> = z.output<Routes[Name]['input']>;
export type RouteOutput<Name extends RouteName> = Routes[Name] extends Route<z.ZodType, infer Output> ? Output : never;
export type RouteResult<Name extends RouteName> = Result<RouteOutput<Name>, Problem>;

/** What main tells every window. */
export interface Events {
  /** Text to append to a reply, coalesced to one event a frame. `at` is the length that it is appended to. */
  'chat.delta': {
    readonly conversationId: string;
    readonly messageId: string;
    readonly at: number;
    readonly text: string;
  };
  /** A reply of which nothing has come yet is asked for again after a wait. Its first words or its end take it back. */
  'chat.waiting': { readonly messageId: string; readonly wait: RetryWait };
  /** A reply reached its final state. */
  'chat.done': { readonly message: Message };
  /** A conversation was made, renamed, brought back or moved in the list. */
  'chat.changed': { readonly conversation: Conversation };
  'batch.progress': BatchProgress;
  /** A person asked for a batch outside of the window, by a click on a notification. */
  'batch.show': { readonly batchId: string };
  /** Of an export that takes a while. */
  'batch.exporting': ExportProgress;
  /** A batch changed outside of its progress (made, started, removed). */
  'batch.changed': { readonly batchId: string };
  'status.changed': Status;
  /** Rows were added to or changed in the history; at most once a second. */
  'history.changed': null;
  'settings.changed': SettingsView;
  /** Before anything is answered: what the first start of a new version does to the store of the one before. */
  'store.updating': StoreUpdate;
}

export type EventName = keyof Events;

/** The one object that preload puts into a window, as `window.docket`. */
export interface Bridge {
  request<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteResult<Name>>;
  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /**
   * Exchanges dropped files and folders for a grant that `batch.create` or, for a single file, `chat.attach` takes;
   * null when none has a path.
   */
  grantFiles(files: readonly File[]): Promise<string | null>;
}
