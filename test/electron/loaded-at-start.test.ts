/** What the built app's main process loads at a start. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const built = join(import.meta.dirname, '../../out/main');

/** The chunks that are loaded with a file; what it imports on demand is not among them. */
function loadedWith(file: string, known: Set<string> = new Set()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, path = ''] of code.matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g)) {
    loadedWith(resolve(dirname(file), path), known);
  }
  return known;
}

/** The sources in chunks: those of packages by the package's name, our own by their path. */
function sourcesOf(files: ReadonlySet<string>): ReadonlySet<string> {
  // The bundler's own helpers have no map.
  const mapped = [...files].filter((file) => existsSync(`${file}.map`));
  const sources = mapped.flatMap((file) => {
    const map: unknown = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
    return isSourceMap(map) ? map.sources : [];
  });
  return new Set(
    sources.map((source) => {
      const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
      return name ?? source.replace(/^(\.\.\/)*/, '');
    }),
  );
}

function isSourceMap(value: unknown): value is { readonly sources: readonly string[] } {
  return typeof value === 'object' && value !== null && 'sources' in value && Array.isArray(value.sources);
}

const window = loadedWith(join(built, 'index.js'));

it('opens the window without a package, the store or the words for problems', () => {
  const sources = [...sourcesOf(window)];
  expect(sources).toContain('src/main/index.ts');
  expect(sources.filter((source) => !source.startsWith('src/'))).toEqual([]);
  expect(sources.filter((source) => /^src\/(main\/(store|documents|llm)|shared\/problem-words)/.test(source))).toEqual(
    [],
  );
});

it('answers the window with a few packages, and nothing that reads documents or writes workbooks', () => {
  const index = readFileSync(join(built, 'index.js'), 'utf8');
  const [, engine = ''] = /import\(.(\.\/chunks\/engine-[\w-]+\.js)/.exec(index) ?? [];
  const sources = [...sourcesOf(loadedWith(resolve(built, engine)))];
  expect(sources).toContain('src/main/engine.ts');
  expect(sources.filter((source) => !source.startsWith('src/')).sort()).toEqual([
    'image-size',
    'jsonrepair',
    'openai',
    'p-limit',
    'papaparse',
    'yocto-queue',
    'zod',
  ]);
});
