/** What the built app's main process loads at a start. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

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

const index = join(built, 'index.js');
const window = loadedWith(index);

/** The chunks with a source that the window's own code imports on demand, and all that is loaded with them. */
function onDemand(source: string): ReadonlySet<string> {
  const [, name = ''] = /([\w-]+)\.ts$/.exec(source) ?? [];
  const [, path = ''] =
    new RegExp(`import\\(.(\\./chunks/${name}-[\\w-]{8}\\.js)`).exec(readFileSync(index, 'utf8')) ?? [];
  const files = loadedWith(resolve(built, path));
  expect([...sourcesOf(files)]).toContain(source);
  return files;
}

const isPackage = (source: string) => !source.startsWith('src/');

it('opens the window without a package, the store or the words for problems', () => {
  const sources = [...sourcesOf(window)];
  expect(sources).toContain('src/main/index.ts');
  expect(sources.filter(isPackage)).toEqual([]);
  expect(sources.filter((source) => /^src\/(main\/(store|documents|llm)|shared\/problem-words)/.test(source))).toEqual(
    [],
  );
});

it('has the store opened by little more than what starts its thread', () => {
  const sources = [...sourcesOf(onDemand('src/main/store/read-only-store.ts'))].filter((source) => !isPackage(source));
  expect(
    sources.filter((source) => !/^src\/(main\/(store|common)\/[^/]+|shared\/(problem|result))\.ts$/.test(source)),
  ).toEqual([]);
});

it('answers the window with a few packages, and nothing that reads documents, writes workbooks or asks SQLite', () => {
  const sources = [...sourcesOf(onDemand('src/main/engine.ts'))];
  expect(sources.filter(isPackage).sort()).toEqual([
    'image-size',
    'jsonrepair',
    'openai',
    'p-limit',
    'papaparse',
    'yocto-queue',
    'zod',
  ]);
  expect(sources.filter((source) => /^src\/main\/store\/(tables|migrations|salvage|open-)/.test(source))).toEqual([]);
});

/** Whoever makes more code a part of every start sees it here, and raises a bound only for what a start does need. */
describe('the code of a start stays small', () => {
  const bytes = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + statSync(file).size, 0);

  it.each([
    ['before the window', () => window, 25_000],
    ['to open the store', () => onDemand('src/main/store/read-only-store.ts'), 15_000],
    ['to answer the window', () => onDemand('src/main/engine.ts'), 540_000],
    ["on the store's thread", () => loadedWith(join(built, 'store-worker.js')), 115_000],
  ])('%s', (_, files, most) => {
    expect(bytes(files())).toBeLessThan(most);
  });

  it('in the page, where its first frame needs one script', () => {
    const page = join(built, '../renderer');
    const html = readFileSync(join(page, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, path = '']) => join(page, path));
    expect(scripts).toHaveLength(1);
    expect(bytes(loadedWith(scripts[0] ?? ''))).toBeLessThan(700_000);
  });
});
