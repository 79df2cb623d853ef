import type { AppInfo } from '../../shared/app-data.ts';
import type { ExportFormat } from '../../shared/export-format.ts';

/** What only the desktop app can do. */
export interface Desktop {
  readonly info: AppInfo;
  /** Asks the user first; false if they decline or the address may not be opened. */
  openLink(url: string): Promise<boolean>;
  revealData(): Promise<void>;
  /** In the system's file manager. */
  revealFile(path: string): void;
  /** In its own program; false if there is none for it. */
  openFile(path: string): Promise<boolean>;
  /** Null if the dialog was cancelled. */
  pickPaths(what: 'files' | 'folder'): Promise<readonly string[] | null>;
  pickRecipeFile(): Promise<readonly string[] | null>;
  pickExportFile(name: string, format: ExportFormat): Promise<string | null>;
  readonly samplePath: string;
}
