import { readFileSync } from 'node:fs';
import { packageFiles } from '../../common/package-files.ts';
import type { Source } from './container.ts';

/** The part of Emscripten's file system that is used here. */
interface FileOperations {
  read(stream: Open, buffer: Int8Array, offset: number, length: number, position: number): number;
  write(stream: Open, buffer: Int8Array, offset: number, length: number): number;
  llseek(stream: Open, offset: number, whence: number): number;
}

interface Open {
  readonly position: number;
  stream_ops: FileOperations;
}

interface SevenZipModule {
  readonly FS: {
    readonly streams: readonly (Open | undefined)[];
    readonly ErrnoError: new (code: number) => Error;
    createDataFile(folder: string, name: string, data: Uint8Array, canRead: boolean, canWrite: boolean): void;
    lookupPath(path: string): { readonly node: { stream_ops: FileOperations } };
  };
  callMain(parameters: string[]): number;
}

interface Imports {
  readonly env: { emscripten_resize_heap: (bytes: number) => number };
}

type Program = object;
interface Instance {
  readonly exports: object;
}

/** Node.js's types leave it out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => Program;
  readonly Instance: new (program: Program, imports: Imports) => Instance;
};

type StartSevenZip = (options: {
  readonly print: () => void;
  readonly printErr: (line: string) => void;
  readonly stdin: () => null;
  readonly instantiateWasm: (imports: Imports, done: (instance: Instance, program: Program) => void) => object;
}) => Promise<SevenZipModule>;

/** Formats of archives by the names that 7-Zip has for them. */
export type SevenZipFormat = '7z' | 'rar' | 'rar5';

/** What 7-Zip has said. */
export interface SevenZipRun {
  readonly succeeded: boolean;
  readonly errors: string;
  /** It wanted more memory than it may have. */
  readonly outOfMemory: boolean;
}

/** Takes a part of the output, which is only lent. @returns false to hear no more. */
type OnOutput = (part: Buffer) => boolean;

/**
 * What its tables, a dictionary of 128 MB and the headers of 50,000 files take. The thread's limit does not count what
 * WebAssembly has.
 */
const MOST_MEMORY = 268_435_456;

const INPUT = '/input';
const STANDARD_OUTPUT = 1;
/** Error numbers of WASI. */
const [INVALID, INPUT_OUTPUT] = [28, 29];

let compiled: Program | null = null;

/**
 * Runs 7-Zip in WebAssembly on an archive, which it sees as the one file that there is; each run has a memory of its own.
 * It reads of the archive what it needs and opens nothing else.
 *
 * @param command as on its command line, without the archive.
 */
export async function runSevenZip(
  source: Source,
  command: readonly string[],
  onOutput: OnOutput,
): Promise<SevenZipRun> {
  const errors: string[] = [];
  const memory = { isShort: false };
  const start = packageFiles('7z-wasm/7zz.umd.js') as StartSevenZip;
  compiled ??= new WebAssembly.Module(readFileSync(packageFiles.resolve('7z-wasm/7zz.wasm')));
  const program = compiled;
  const module = await start({
    print: () => {},
    printErr: (line) => errors.push(line),
    // It would ask there for a password.
    stdin: () => null,
    instantiateWasm: (imports, done) => {
      limitMemory(imports, memory);
      const instance = new WebAssembly.Instance(program, imports);
      done(instance, program);
      return instance.exports;
    },
  });
  giveInput(module, source);
  takeOutput(module, onOutput);
  const code = run(module, [...command, INPUT]);
  return { succeeded: code === 0, errors: errors.join('\n').trim(), outOfMemory: memory.isShort };
}

function limitMemory({ env }: Imports, memory: { isShort: boolean }): void {
  const grow = env.emscripten_resize_heap;
  env.emscripten_resize_heap = (bytes) => {
    if (bytes >>> 0 <= MOST_MEMORY) return grow(bytes);
    memory.isShort = true;
    return 0;
  };
}

/** @returns its exit code; null if it has crashed. */
function run(module: SevenZipModule, command: string[]): number | null {
  const before = process.exitCode;
  try {
    return module.callMain(command);
  } catch {
    return null;
  } finally {
    // It takes the process for its own.
    process.exitCode = before;
  }
}

function giveInput({ FS }: SevenZipModule, source: Source): void {
  FS.createDataFile('/', INPUT.slice(1), new Uint8Array(), true, false);
  const { node } = FS.lookupPath(INPUT);
  Object.defineProperty(node, 'usedBytes', { get: () => source.size });
  node.stream_ops = {
    ...node.stream_ops,
    read: (_, { buffer }, offset, length, position) => {
      const count = Math.max(0, Math.min(length, source.size - position));
      return count === 0 ? 0 : source.readAt(Buffer.from(buffer, offset, count), position);
    },
    llseek: ({ position }, offset, whence) => {
      const at = offset + ([0, position, source.size][whence] ?? 0);
      if (at < 0) throw new FS.ErrnoError(INVALID);
      return at;
    },
  };
}

function takeOutput({ FS }: SevenZipModule, onOutput: OnOutput): void {
  const output = FS.streams[STANDARD_OUTPUT];
  if (output === undefined) throw new Error('7-Zip has no output.');
  output.stream_ops = {
    ...output.stream_ops,
    write: (_, { buffer }, offset, length) => {
      if (!onOutput(Buffer.from(buffer, offset, length))) throw new FS.ErrnoError(INPUT_OUTPUT);
      return length;
    },
  };
}
