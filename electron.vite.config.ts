import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      // Everything is bundled but the native module: fewer files to read makes a faster start and a smaller package.
      externalizeDeps: false,
      target: 'node20',
      sourcemap: true,
      minify: true,
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          cli: at('src/main/cli.ts'),
          'store-worker': at('src/main/store/store-worker.ts'),
          'extract-worker': at('src/main/documents/extract-worker.ts'),
          'text-worker': at('src/main/recipes/text-worker.ts'),
          'xlsx-worker': at('src/main/batch/export/xlsx-worker.ts'),
          'watch-worker': at('src/main/batch/watch/watch-worker.ts'),
          'builtin-process': at('src/main/builtin/process.ts'),
          'recognition-process': at('src/main/recognition/process.ts'),
          'recognition-worker': at('src/main/recognition/recognition-worker.ts'),
          'page-process': at('src/main/pages/process.ts'),
          'page-worker': at('src/main/pages/page-worker.ts'),
        },
        external: ['better-sqlite3', 'electron', '@embedpdf/pdfium'],
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      // A sandboxed preload cannot be a module.
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      rollupOptions: {
        input: { index: at('src/renderer/index.html') },
        // What the first frame needs is one file: each further one is a round trip through the main process, which is
        // busy then. The rest comes after that frame, in whatever pieces.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
});
