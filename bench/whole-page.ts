/** The page that the chat is compared with: only React and react-markdown. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export const WHOLE = 'react-markdown, all of it each frame';
export const wholeFolder = fileURLToPath(new URL('./whole-markdown', import.meta.url));

/** What it exposes. */
export interface WholePage {
  stream(pieces: readonly string[], everyMs: number): Promise<void>;
}

/** @returns the folder of the built page. */
export async function buildWholePage(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: wholeFolder,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: true,
      lib: {
        entry: join(wholeFolder, 'page.mjs'),
        formats: ['iife'],
        name: 'wholeMarkdown',
        fileName: () => 'page.js',
      },
    },
  });
  cpSync(join(wholeFolder, 'index.html'), join(outDir, 'index.html'));
  return outDir;
}
