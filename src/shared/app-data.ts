/**
 * What concerns the whole app.
 * Times are milliseconds since the Unix epoch, durations are milliseconds, sizes are bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { ProviderInfo } from './provider-data.ts';

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  readonly dataDir: string;
}

/** What the status line shows. */
export interface Status {
  readonly provider: ProviderInfo;
  readonly callsInFlight: number;
  readonly activeBatches: number;
  /** Since local midnight; requests to this machine do not count. */
  readonly leftToday: { readonly calls: number; readonly bytes: number; readonly hosts: readonly string[] };
}

/**
 * What happens to a store before it is opened. A store from an older Docket is copied and then migrated in place.
 * From a damaged one, whatever can be read is recovered.
 */
export type StoreUpdate =
  | { readonly stage: 'copying' }
  | { readonly stage: 'updating' | 'salvaging'; readonly done: number; readonly total: number };
