/** What is said to the thread that watches folders, and what it says. */

export type ToWatchThread =
  | {
      readonly kind: 'watch';
      readonly id: string;
      readonly roots: readonly string[];
      /** For so long, in milliseconds, nothing may have been written to a file. */
      readonly settleMs: number;
    }
  | { readonly kind: 'unwatch'; readonly id: string };

export type FromWatchThread =
  /** All changes from now on will be told. */
  | { readonly kind: 'ready'; readonly id: string }
  /** What changed at these paths; null when it is too much to name. */
  | { readonly kind: 'changed'; readonly id: string; readonly paths: readonly string[] | null }
  /** Not all changes are seen any more; the watch has ended. */
  | { readonly kind: 'failed'; readonly id: string; readonly code: string | null; readonly detail: string };
