/**
 * Every operation of the store, as synchronous functions of an open database. The client's types derive from these two
 * tables.
 */
import type { Database } from 'better-sqlite3';
import { findAnswers } from './tables/answers.ts';
import {
  addAttachment,
  forgetOldDrafts,
  readAttachedPlace,
  readAttachments,
  readAttachmentText,
  removeAttachment,
} from './tables/attachments.ts';
import { filesToAsk, insertBatchAgain } from './tables/batch-again.ts';
import { formatsWaiting, reasonsOfFailed } from './tables/batch-plan.ts';
import { tokensOfFiles } from './tables/batch-tokens.ts';
import {
  changeBatch,
  findFinishedBatch,
  findUnfinishedBatch,
  insertBatch,
  listBatches,
  markRunningInterrupted,
  readBatch,
  removeBatch,
  renameBatch,
  retargetBatch,
  setBatchRecipe,
  setSkipped,
} from './tables/batches.ts';
import { callDetail, countCalls, historyFacets, pageOfCalls } from './tables/call-history.ts';
import { beginCall, closeOpenCalls, endCall, releaseCalls } from './tables/calls.ts';
import { batchesSharing, compareAnswers, pairItems } from './tables/comparison.ts';
import {
  appendMessages,
  checkpointReply,
  finishReply,
  listConversations,
  markStreamingInterrupted,
  readConversation,
  renameConversation,
  selectLeaf,
  setConversationRemoved,
} from './tables/conversations.ts';
import { departuresSince } from './tables/departures.ts';
import { finishedFiles, requeueEditedItems } from './tables/edited-items.ts';
import { isTableWhole, tableNames } from './tables/integrity.ts';
import { detailsOfItems, pageOfDetails, readItemDetail, readItemText } from './tables/item-details.ts';
import { checkItems, correctItem } from './tables/item-edits.ts';
import { facetOfItems } from './tables/item-facet.ts';
import { finishItem } from './tables/item-outcomes.ts';
import {
  addItems,
  cancelQueuedItems,
  claimItems,
  clearItems,
  damagedInPart,
  queuedAmong,
  releaseItem,
  requeueChosenItems,
  requeueForRecipe,
  requeueItems,
  requeueWithoutPages,
  skipItems,
  spreadOfQueued,
  suspectItem,
} from './tables/item-queue.ts';
import { removeItems, restoreItems } from './tables/item-removal.ts';
import { viewOfItems } from './tables/item-view.ts';
import { rowsOfItems } from './tables/items.ts';
import { applyLook, hasFilesIn, itemsAtPaths, itemsOnRecord } from './tables/look-items.ts';
import { findMessages } from './tables/message-search.ts';
import { findRecipe, listRecipes, putRecipe, setRecipeRemoved } from './tables/recipes.ts';
import { findPlacedWords, findRecognisedPages, forgetOldPages, keepRecognisedPage } from './tables/recognised-pages.ts';
import { readSetting, writeSetting } from './tables/settings.ts';
import {
  addEntry,
  addWatchUse,
  countFoundWaiting,
  markByWatch,
  putWatch,
  readWatch,
  readWatchLog,
  removeWatch,
  setWatchHold,
  setWatchTrouble,
  watchedBatches,
} from './tables/watches.ts';

/** What a crash left behind, reported once at the start. */
export interface Recovery {
  readonly callsInDoubt: number;
  /** Calls that were recorded but had not been released. */
  readonly callsNotSent: number;
  readonly repliesInterrupted: number;
  readonly batchesInterrupted: number;
}

function recover(db: Database): Recovery {
  forgetOldDrafts(db);
  forgetOldPages(db);
  const { inDoubt, notSent } = closeOpenCalls(db);
  return {
    callsInDoubt: inDoubt,
    callsNotSent: notSent,
    repliesInterrupted: markStreamingInterrupted(db),
    batchesInterrupted: markRunningInterrupted(db),
  };
}

export const writeOperations = {
  recover,
  writeSetting,
  beginCall,
  releaseCalls,
  endCall,
  appendMessages,
  checkpointReply,
  finishReply,
  renameConversation,
  selectLeaf,
  setConversationRemoved,
  addAttachment,
  removeAttachment,
  insertBatch,
  insertBatchAgain,
  changeBatch,
  retargetBatch,
  setBatchRecipe,
  setSkipped,
  renameBatch,
  removeBatch,
  addItems,
  claimItems,
  finishItem,
  releaseItem,
  suspectItem,
  requeueChosenItems,
  requeueItems,
  requeueWithoutPages,
  skipItems,
  requeueEditedItems,
  requeueForRecipe,
  cancelQueuedItems,
  clearItems,
  correctItem,
  checkItems,
  removeItems,
  restoreItems,
  putRecipe,
  setRecipeRemoved,
  keepRecognisedPage,
  applyLook,
  putWatch,
  removeWatch,
  setWatchHold,
  setWatchTrouble,
  addWatchUse,
  addEntry,
  markByWatch,
};

export const readOperations = {
  readSetting,
  pageOfCalls,
  countCalls,
  callDetail,
  historyFacets,
  departuresSince,
  listConversations,
  findMessages,
  readConversation,
  readAttachments,
  readAttachedPlace,
  readAttachmentText,
  listBatches,
  readBatch,
  findFinishedBatch,
  findUnfinishedBatch,
  finishedFiles,
  itemsOnRecord,
  itemsAtPaths,
  hasFilesIn,
  damagedInPart,
  queuedAmong,
  spreadOfQueued,
  formatsWaiting,
  reasonsOfFailed,
  filesToAsk,
  tokensOfFiles,
  batchesSharing,
  pairItems,
  compareAnswers,
  rowsOfItems,
  viewOfItems,
  facetOfItems,
  readItemDetail,
  readItemText,
  pageOfDetails,
  detailsOfItems,
  listRecipes,
  findRecipe,
  findAnswers,
  findRecognisedPages,
  findPlacedWords,
  readWatch,
  readWatchLog,
  watchedBatches,
  countFoundWaiting,
  tableNames,
  isTableWhole,
};

type Operations = Readonly<Record<string, (db: Database, ...args: never[]) => unknown>>;

/** The same functions, asynchronous and without their database. */
export type Client<Table extends Operations> = {
  readonly [Name in keyof Table]: Table[Name] extends (db: Database, ...args: infer Args) => infer Value
    ? (...args: Args) => Promise<Value>
    : never;
};

export type Reads = Client<typeof readOperations>;
export type Writes = Client<typeof writeOperations>;
