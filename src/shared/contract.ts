/**
 * The contract between a window and the main process: every route and every event. Inputs are schemas, because
 * main parses what a window sends; outputs are types, because main produced them.
 */
import { z } from 'zod';
import type { EvidencePlace } from './answer.ts';
import type { Status, StoreUpdate } from './app-data.ts';
import { MAX_ATTACHMENTS } from './attachments.ts';
import { type BatchComparison, rowsToCompare, type SharingBatch } from './batch-comparison.ts';
import type {
  Batch,
  BatchProgress,
  BatchTokens,
  ExportProgress,
  ItemDetail,
  ItemRow,
  LookedAgain,
  LookProgress,
} from './batch-data.ts';
import { exportFilters, itemFilters } from './batch-data.ts';
import type { AgainPlan, BatchPlan } from './batch-plan.ts';
import type { CallDetail, HistoryFacets, HistoryPage, RetryWait } from './call-data.ts';
import { callKinds, callStatuses } from './call-data.ts';
import type {
  Attachment,
  Conversation,
  ConversationWithMessages,
  FoundMessage,
  Message,
  PickedFile,
  ReplyDelta,
} from './chat-data.ts';
import { exportFormats } from './export-format.ts';
import { answerGaps, type ColumnFacet, fileTicks, type ItemColumn } from './item-view.ts';
import type { KeptText } from './kept-file.ts';
import { MOST_MARKS, type PageBox, type PagePicture, type PictureFile, WIDEST_PICTURE } from './page-picture.ts';
import type { Problem } from './problem.ts';
import type { ConnectionCheck, DiscoveredServer } from './provider-data.ts';
import { MAX_QUOTED_CHARACTERS } from './quoted-words.ts';
import type { Recipe } from './recipe.ts';
import type { RecipeList, RecipePreview } from './recipe-data.ts';
import { MAX_ASK_CHARACTERS, recipeSchema } from './recipe-schema.ts';
import type { LanguageList } from './recognition-languages.ts';
import type { Result } from './result.ts';
import type { KeyState, SettingsView } from './settings-data.ts';
import { MAX_CONCURRENCY, MIN_CONCURRENCY, settingsSchema } from './settings-schema.ts';
import { type LoggedEntry, type WatchEvent, watchLimitsSchema } from './watch-data.ts';

interface Route<Schema extends z.ZodType, Output> {
  readonly input: Schema;
  /** Never set: it only carries the output type. */
  readonly output?: Output;
}

function route<Schema extends z.ZodType>(input: Schema) {
  return { returns: <Output>(): Route<Schema, Output> => ({ input }) };
}

const id = z.uuid();
const recipeId = z.string().min(1).max(64);
const nothing = z.undefined();
const keptFile = z.union([z.strictObject({ itemId: z.number().int() }), z.strictObject({ attachmentId: id })]);
const callKind = z.enum(callKinds);
const callStatus = z.enum(callStatuses);
const exportFormat = z.enum(exportFormats);
const time = z.number().int().nonnegative();
const model = z.string().trim().min(1).max(200);
const messageText = z
  .string()
  .max(2_000_000, 'A message can have at most 2,000,000 characters. Attach longer text as a file.');
const attachmentIds = z.array(id).max(MAX_ATTACHMENTS, `A message can have at most ${MAX_ATTACHMENTS} attached files.`);

const LONG_QUESTION = `A question of a batch can have at most ${MAX_ASK_CHARACTERS.toLocaleString('en-US')} characters.`;

const historyFilter = {
  search: z.string().max(500, 'A search can have at most 500 characters.').optional(),
  kind: callKind.optional(),
  status: callStatus.optional(),
  model: z.string().max(200).optional(),
  from: time.optional(),
  to: time.optional(),
};

const itemColumn = z.custom<ItemColumn>(
  (value) => typeof value === 'string' && /^(?:file|status|tokens|time|question:.{1,200})$/su.test(value),
);
const columnFilter = z.object({
  column: itemColumn,
  values: z.array(z.string().max(10_000)).max(1_000).optional(),
  range: z.object({ from: z.number(), to: z.number() }).optional(),
  gaps: z.array(z.enum(answerGaps)).optional(),
  proofs: z.array(z.enum(['found', 'not_found', 'none'])).optional(),
  inPart: z.boolean().optional(),
  ticks: z.array(z.enum(fileTicks)).optional(),
});
const itemView = {
  batchId: id,
  only: z.enum(itemFilters).default('all'),
  search: z.string().max(500, 'A search can have at most 500 characters.').default(''),
  filters: z.array(columnFilter).max(100).default([]),
  sort: z.object({ column: itemColumn, descending: z.boolean() }).nullable().default(null),
  /** Of the window, whose alphabet the rows are sorted by. */
  locale: z.string().max(100).default('en'),
};

/** What is asked of the files of a batch, and whom, when it is run again; an empty model is that of the settings. */
const again = {
  batchId: id,
  recipe: recipeSchema,
  model: z.string().trim().max(200),
  temperature: z.number().min(0).max(2),
};

const compared = { leftId: id, rightId: id };

/** Model and temperature for one message; the settings apply when they are left out. */
const replyOptions = { model: model.optional(), temperature: z.number().min(0).max(2).optional() };

export const routes = {
  'app.info': route(nothing).returns<AppInfo>(),
  /** Asks the user in a native dialog, then opens the link in the system's browser; false if they decline. */
  'app.openLink': route(z.object({ url: z.string().max(4000) })).returns<boolean>(),
  'app.revealData': route(nothing).returns<null>(),
  'status.get': route(nothing).returns<Status>(),

  'settings.get': route(nothing).returns<SettingsView>(),
  'settings.save': route(settingsSchema).returns<SettingsView>(),
  /** `allowWeak`: store the key on disk even though the system's backend only obfuscates it. */
  'settings.setKey': route(
    z.object({
      key: z.string().trim().min(1).max(1000, 'An API key can have at most 1,000 characters.'),
      allowWeak: z.boolean(),
    }),
  ).returns<KeyState>(),
  'settings.clearKey': route(nothing).returns<KeyState>(),
  'settings.models': route(nothing).returns<readonly string[]>(),
  'settings.discover': route(nothing).returns<readonly DiscoveredServer[]>(),
  /** The languages that words in scans can be recognised in. */
  'settings.languages': route(nothing).returns<LanguageList>(),
  /** Asks for a folder with data of further languages; null if the user cancels. */
  'settings.pickLanguageFolder': route(nothing).returns<LanguageList | null>(),
  'settings.forgetLanguageFolder': route(nothing).returns<LanguageList>(),
  'settings.test': route(nothing).returns<readonly ConnectionCheck[]>(),

  'chat.list': route(nothing).returns<readonly Conversation[]>(),
  /** Conversations with a message that contains all the words, each with its newest such message. */
  'chat.find': route(z.object({ text: z.string().max(500), limit: z.number().int().min(1).max(500) })).returns<
    readonly FoundMessage[]
  >(),
  'chat.open': route(z.object({ conversationId: id })).returns<ConversationWithMessages>(),
  'chat.rename': route(
    z.object({
      conversationId: id,
      title: z.string().trim().min(1).max(200, 'A title can have at most 200 characters.'),
    }),
  ).returns<Conversation>(),
  /** Hides a conversation and stops its replies; `chat.restore` brings it back. Its calls stay in the history. */
  'chat.remove': route(z.object({ conversationId: id })).returns<null>(),
  'chat.restore': route(z.object({ conversationId: id })).returns<Conversation>(),
  /** Shows another branch. */
  'chat.select': route(z.object({ conversationId: id, leafId: id })).returns<Conversation>(),
  /** Creates the conversation if it is new. Resolves once the question and the empty reply are stored. */
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
  /** Adds another reply to the question `messageId`. */
  'chat.regenerate': route(
    z.object({ conversationId: id, messageId: id, replyId: id, ...replyOptions }),
  ).returns<ConversationWithMessages>(),
  /** Opens the system's file picker; empty if the user cancels. */
  'chat.pickAttachments': route(nothing).returns<readonly PickedFile[]>(),
  /** Reads the one file that `grant` stands for; resolves once it is read. The attachment takes the grant's id. */
  'chat.attach': route(z.object({ grant: id })).returns<Attachment>(),
  /** Reads a file that could not be attached for its damaged pages without these. */
  'chat.attachWithoutPages': route(z.object({ attachmentId: id })).returns<Attachment>(),
  /** Stops reading a file, or discards one that was read but not sent. */
  'chat.detach': route(z.object({ attachmentId: id })).returns<null>(),
  /** Which of these are still stored; a window asks this for drafts from an earlier session. */
  'chat.attachments': route(z.object({ attachmentIds: z.array(id).max(1_000) })).returns<readonly Attachment[]>(),
  /** Where each of these is in the text of a file; null for what is not in it. */
  'chat.findQuoted': route(
    z.object({
      attachmentId: id,
      quoted: z
        .array(
          z.object({
            words: z.string().max(MAX_QUOTED_CHARACTERS),
            line: z.number().int().min(1).nullable(),
          }),
        )
        .max(MOST_MARKS),
    }),
  ).returns<readonly (EvidencePlace | null)[]>(),
  'chat.stop': route(z.object({ replyId: id })).returns<null>(),

  'batch.list': route(nothing).returns<readonly Batch[]>(),
  /** `grant` stands for dropped files: preload obtains it in exchange for them, so a window never names a path. */
  /** Without a recipe, the one used last is asked. */
  'batch.create': route(z.object({ grant: id, recipeId: recipeId.optional() })).returns<Batch>(),
  /** Asks one question of attached files, which may be too long for a message, as a batch. */
  'batch.ask': route(
    z.object({
      attachmentIds: attachmentIds.min(1),
      question: z.string().trim().min(1, 'Write a question first.').max(MAX_ASK_CHARACTERS, LONG_QUESTION),
      model: model.optional(),
    }),
  ).returns<Batch>(),
  /** Opens the system's file picker; null if the user cancels. */
  'batch.pick': route(z.object({ what: z.enum(['files', 'folder']) })).returns<Batch | null>(),
  'batch.createSample': route(nothing).returns<Batch>(),
  'batch.get': route(z.object({ batchId: id })).returns<BatchProgress>(),
  /** What it would do if it were started. */
  'batch.plan': route(z.object({ batchId: id })).returns<BatchPlan>(),
  /** The ids of a batch's rows as the table shows them, in order. The window reads rows by their ids as they come into sight. */
  'batch.view': route(z.object(itemView)).returns<Int32Array>(),
  'batch.rows': route(z.object({ itemIds: z.array(z.number().int()).max(500) })).returns<readonly ItemRow[]>(),
  /** What is in a column, over the rows that the view shows without the column's own filter. */
  'batch.facet': route(z.object({ ...itemView, column: itemColumn })).returns<ColumnFacet>(),
  'batch.item': route(z.object({ itemId: z.number().int() })).returns<ItemDetail>(),
  /** Starts a `ready` batch, or resumes an `interrupted` or `cancelled` one. Finished files are not run again. */
  'batch.start': route(z.object({ batchId: id })).returns<Batch>(),
  /**
   * Asks something else from now on. Files with answers that the new recipe does not ask for as they were asked wait to
   * be asked again, in a batch that is `ready`.
   */
  'batch.changeRecipe': route(z.object({ batchId: id, recipe: recipeSchema })).returns<Batch>(),
  /** What `batch.runAgain` would do. */
  'batch.planAgain': route(z.object(again)).returns<AgainPlan>(),
  /** Makes a batch over the files that another one has on record, which is `ready` unless it is to be started. */
  'batch.runAgain': route(z.object({ ...again, start: z.boolean() })).returns<Batch>(),
  /** What all its calls took. */
  'batch.tokens': route(z.object({ batchId: id })).returns<BatchTokens>(),
  /** Other batches with files of a batch. */
  'batch.sharing': route(z.object({ batchId: id })).returns<readonly SharingBatch[]>(),
  /** Two batches cell by cell. The window reads the values by the files' ids as they come into sight. */
  'batch.compare': route(z.object(compared)).returns<BatchComparison>(),
  /** Asks where to save. Returns the file's path, or null if the dialog was cancelled. */
  'batch.exportComparison': route(
    z.object({
      ...compared,
      only: z.enum(rowsToCompare),
      question: z.number().int().nonnegative().nullable(),
    }),
  ).returns<string | null>(),
  /**
   * Adds files that have come since to a batch that does not run, and runs these and those that were edited; a batch
   * whose files leave this machine is `ready` for them.
   */
  'batch.lookAgain': route(z.object({ batchId: id })).returns<LookedAgain>(),
  /** What it has found by then stays. */
  'batch.stopLooking': route(z.object({ batchId: id })).returns<null>(),
  /** Watches the folder of a batch from now on, or sets other limits. Files that it finds are sent without another word. */
  'batch.watch': route(z.object({ batchId: id, limits: watchLimitsSchema })).returns<Batch>(),
  'batch.unwatch': route(z.object({ batchId: id })).returns<Batch>(),
  /** What the watch of a batch did, newest first. */
  'batch.watchLog': route(z.object({ batchId: id })).returns<readonly LoggedEntry[]>(),
  /** Runs a few files of a `ready` batch, which is then ready for the others: those named, or three spread over it. */
  'batch.try': route(
    z.object({ batchId: id, itemIds: z.array(z.number().int()).min(1).max(100_000).optional() }),
  ).returns<Batch>(),
  /** Probes at once the host that a running batch is waiting for. */
  'batch.tryNow': route(z.object({ batchId: id })).returns<null>(),
  'batch.cancel': route(z.object({ batchId: id })).returns<Batch>(),
  'batch.retryFailed': route(z.object({ batchId: id })).returns<Batch>(),
  'batch.rename': route(
    z.object({ batchId: id, name: z.string().trim().min(1).max(200, 'A name can have at most 200 characters.') }),
  ).returns<Batch>(),
  /** Puts a value in place of a model's, written as text, a list with one item a line; null goes back to the model's. */
  'batch.correct': route(
    z.object({
      itemId: z.number().int(),
      question: z.string().max(200),
      text: z.string().max(10_000, 'A value can have at most 10,000 characters.').nullable(),
    }),
  ).returns<ItemRow>(),
  /** Ticks files whose answers were checked, or takes the ticks away. Tells the changed rows, and how many are ticked. */
  'batch.check': route(
    z.object({ batchId: id, itemIds: z.array(z.number().int()).max(100_000), checked: z.boolean() }),
  ).returns<{ readonly rows: readonly ItemRow[]; readonly checked: number }>(),
  /** Runs some of its files again: those that failed or were cancelled. */
  'batch.retryItems': route(z.object({ batchId: id, itemIds: z.array(z.number().int()).min(1) })).returns<Batch>(),
  /** The files that can be read without their damaged pages. */
  'batch.damagedInPart': route(z.object({ batchId: id })).returns<readonly number[]>(),
  /** Reads those of the files that have damaged pages without these. */
  'batch.readWithoutPages': route(
    z.object({ batchId: id, itemIds: z.array(z.number().int()).min(1) }),
  ).returns<Batch>(),
  /** Takes files out of the queue, also while the batch runs. */
  'batch.skipItems': route(z.object({ batchId: id, itemIds: z.array(z.number().int()).min(1) })).returns<Batch>(),
  /** Takes files out of a batch, also while it runs. Nothing is deleted. Tells which were in it. */
  'batch.removeItems': route(z.object({ batchId: id, itemIds: z.array(z.number().int()).min(1) })).returns<
    readonly number[]
  >(),
  /** Puts files that were removed back as they were. Tells which. */
  'batch.restoreItems': route(z.object({ batchId: id, itemIds: z.array(z.number().int()).min(1) })).returns<
    readonly number[]
  >(),
  'batch.remove': route(z.object({ batchId: id })).returns<null>(),
  'batch.setConcurrency': route(
    z.object({ concurrency: z.number().int().min(MIN_CONCURRENCY).max(MAX_CONCURRENCY) }),
  ).returns<number>(),
  /** Asks where to save. Returns the file's path, or null if the dialog was cancelled or the export stopped. */
  'batch.export': route(
    z.object({
      batchId: id,
      format: exportFormat,
      only: z.enum(exportFilters).default('all'),
      /** Only these, in this order. */
      items: z.array(z.number().int()).min(1).optional(),
    }),
  ).returns<string | null>(),
  /** Shows the last exported file of a batch in the system's file manager. */
  'batch.revealExport': route(z.object({ batchId: id })).returns<null>(),
  /** Shows what was dropped in the system's file manager. */
  'batch.reveal': route(z.object({ batchId: id })).returns<null>(),
  /** A file of a batch, to be attached to a message. */
  'batch.offerItem': route(z.object({ itemId: z.number().int() })).returns<PickedFile>(),
  /** Has a file's own program open it, if it is a document or a picture. */
  'batch.openItem': route(z.object({ itemId: z.number().int() })).returns<null>(),
  'batch.revealItem': route(z.object({ itemId: z.number().int() })).returns<null>(),
  /** Leaves no partial file behind. */
  'batch.stopExport': route(z.object({ batchId: id })).returns<null>(),

  /** What was read of a file; null if it was not kept. */
  'file.text': route(z.object({ file: keptFile })).returns<KeptText | null>(),
  /**
   * What a page of a file looks like, in a picture of about this many pixels a row. Whoever asks for the next page waits for
   * this one no more.
   */
  'file.pagePicture': route(
    z.object({ file: keptFile, page: z.number().int().min(1), width: z.number().int().min(1).max(WIDEST_PICTURE) }),
  ).returns<PagePicture>(),
  /** Where on a page each of these parts of the file's text stands; null if that is not known, none if on another page. */
  'file.pageMarks': route(
    z.object({
      file: keptFile,
      page: z.number().int().min(1),
      spans: z
        .array(z.object({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() }))
        .min(1)
        .max(MOST_MARKS),
    }),
  ).returns<readonly (readonly PageBox[] | null)[]>(),

  'recipe.list': route(nothing).returns<RecipeList>(),
  /** Keeps a recipe of one's own, new or changed. Batches keep what they were made with. */
  'recipe.save': route(z.object({ recipe: recipeSchema })).returns<Recipe>(),
  /** Keeps a copy under a name that is free. */
  'recipe.duplicate': route(z.object({ recipe: recipeSchema })).returns<Recipe>(),
  /** Hides a recipe; `recipe.restore` brings it back. */
  'recipe.remove': route(z.object({ recipeId })).returns<null>(),
  'recipe.restore': route(z.object({ recipeId })).returns<Recipe>(),
  /** What new batches ask from now on. */
  'recipe.use': route(z.object({ recipeId })).returns<Recipe>(),
  /** What would be sent for a file of a batch (null: for its first), and to the question; nothing is. */
  'recipe.preview': route(
    z.object({
      batchId: id,
      itemId: z.number().int().nullable(),
      recipe: recipeSchema,
      questionId: z.string().max(64).nullable(),
    }),
  ).returns<RecipePreview>(),
  /** A page of the file that was previewed last, as it would be sent: a strip in several pieces. */
  'recipe.previewPage': route(
    z.object({ batchId: id, itemId: z.number().int().nullable(), page: z.number().int().min(1) }),
  ).returns<readonly PictureFile[]>(),
  /** Asks for a file and keeps the recipe in it; null if the user cancels. */
  'recipe.import': route(nothing).returns<Recipe | null>(),
  /** Asks where to save. Returns the file's path, or null if the user cancels. */
  'recipe.export': route(z.object({ recipe: recipeSchema })).returns<string | null>(),

  'history.page': route(
    z.object({ ...historyFilter, before: z.number().int().optional(), limit: z.number().int().min(1).max(500) }),
  ).returns<HistoryPage>(),
  /** How many calls match; null if there are more than Docket counts. */
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
