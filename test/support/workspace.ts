/** Folders, servers and Dockets that a test opens; they are closed when it ends, newest first. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DocketOptions, openDocket, type TestDocket } from './docket.ts';
import { type ModelServer, type ModelServerOptions, startModelServer } from './model-server.ts';

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function server(options: ModelServerOptions = {}): Promise<ModelServer> {
  const started = await startModelServer(options);
  onTestFinished(() => started.close());
  return started;
}

/** Uses its own data folder unless one is given. */
export async function docketAt(options: Partial<DocketOptions> = {}): Promise<TestDocket> {
  const opened = await openDocket({ dataDir: await dataFolder(options), ...options });
  onTestFinished(() => opened.close());
  return opened;
}

async function dataFolder({ dataDir }: Partial<DocketOptions>): Promise<string> {
  return dataDir ?? join(await tempFolder(), 'data');
}

/** Writes files into a new folder, by name; returns the folder. */
export async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = join(await tempFolder(), 'papers');
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** A folder of short, distinct texts: `note 001.txt` and so on. */
export function folderOfNotes(count: number, label = 'note'): Promise<string> {
  const names = Array.from({ length: count }, (_, index) => `${label} ${String(index + 1).padStart(3, '0')}`);
  return folderOf(Object.fromEntries(names.map((name) => [`${name}.txt`, noteText(name)])));
}

export function noteText(name: string): string {
  return `This is ${name}. The delivery was late again. Customers complained about the delivery.`;
}
