/** Folders of batches that are watched. */
import { z } from 'zod';
import type { Problem } from './problem.ts';

/** How much a watch may ask in a day by itself; null for no limit. */
export const watchLimitsSchema = z.object({
  filesPerDay: z.number().int().min(1).max(1_000_000).nullable(),
  tokensPerDay: z.number().int().min(1_000).max(1_000_000_000).nullable(),
});
export type WatchLimits = Readonly<z.output<typeof watchLimitsSchema>>;

/** On this machine nothing leaves and nothing is paid for; elsewhere a mistake must not become expensive. */
export function defaultLimits(local: boolean): WatchLimits {
  return local ? { filesPerDay: null, tokensPerDay: null } : { filesPerDay: 200, tokensPerDay: 1_000_000 };
}

export interface WatchUse {
  readonly files: number;
  /** As far as the server counts them. */
  readonly tokens: number;
}

/** How the folder of a batch is watched. */
export interface BatchWatch {
  readonly since: number;
  readonly limits: WatchLimits;
  /** What runs or waits in the batch is only what the watch has found. */
  readonly hasBatch: boolean;
  /** Files that came or changed since midnight. */
  readonly foundToday: number;
  /** What it had asked since midnight. */
  readonly usedToday: WatchUse;
  /** Why what was found waits to be asked; null while nothing does, or while it is asked. */
  readonly hold: Problem | null;
  /** Why changes are not seen, or not at once. */
  readonly trouble: Problem | null;
}

/** What a watch saw of a file. */
export type WatchSight = 'added' | 'edited' | 'renamed' | 'gone' | 'back' | 'unreadable';

export interface SeenFile {
  readonly sight: WatchSight;
  readonly name: string;
}

/** What a watch did. */
export type WatchEntry =
  | { readonly what: 'on'; readonly limits: WatchLimits }
  | { readonly what: 'off' }
  /** How many files of each kind it saw, and some of their names. */
  | {
      readonly what: 'saw';
      readonly counts: Readonly<Partial<Record<WatchSight, number>>>;
      readonly names: readonly SeenFile[];
    }
  /** What it had asked; tokens are null where the server counts none. */
  | { readonly what: 'asked'; readonly files: number; readonly failed: number; readonly tokens: number | null }
  | { readonly what: 'held'; readonly problem: Problem }
  /** Null once it is over; `ended` is what was over then. */
  | { readonly what: 'trouble'; readonly problem: Problem | null; readonly ended?: Problem };

/** Told as it happens. */
export interface WatchEvent {
  readonly batchId: string;
  /** Of the batch. */
  readonly name: string;
  readonly entry: WatchEntry;
  /** Whoever looks elsewhere should know: it stops the watch, and was not told since the watch last got on. */
  readonly isNews: boolean;
}

export type LoggedEntry = WatchEntry & { readonly id: number; readonly at: number };
