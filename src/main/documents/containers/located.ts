import { statSync } from 'node:fs';
import type { Inside } from '../../../shared/inside.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { tooDeep } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { type OpenFile, openFile } from '../read-file.ts';
import type { Container, Listing, Member, OpenMember } from './container.ts';
import type { Located } from './location.ts';
import { openContainer, openMember, unpackMember } from './open-container.ts';

/** Reads files wherever they lie. */
export interface LocatedFiles {
  /** The bytes of a file, if it is no larger than a document may be. */
  read(located: Located): Promise<Result<Buffer, Problem>>;
  /** What a file holds; null if it is no container. */
  list(located: Located, onSize: (bytes: number) => void): Promise<Result<Listing | null, Problem>>;
  close(): void;
}

type Opened = Result<Container | null, Problem>;

interface OpenChain {
  /** The same as long as the file is. */
  readonly key: string;
  readonly file: OpenFile;
  /** The container at the path, and those in it on the way to the file that was asked for last. */
  readonly containers: { readonly name: string; readonly container: Container }[];
}

/**
 * The containers of the file that was asked for last stay open: its members are mostly asked for one after the other, and
 * listing an archive for each of them would take longer than reading it.
 */
export function createLocatedFiles(limits: ExtractLimits): LocatedFiles {
  let last: OpenChain | null = null;

  const open = (path: string, roots: Located['roots']): Result<OpenChain, Problem> => {
    const key = keyOf(path, roots);
    if (last !== null && key !== '' && last.key === key) return ok(last);
    close();
    const file = openFile(path, roots);
    if (!file.ok) return file;
    last = { key, file: file.value, containers: [] };
    return ok(last);
  };

  const close = () => {
    last?.file.close();
    last = null;
  };

  /** The container at a place; null if there is none. */
  const containerAt = async (chain: OpenChain, path: string, inside: Inside): Promise<Opened> => {
    let at: Opened = ok(null);
    for (const [depth, name] of [path, ...inside].entries()) {
      const known = chain.containers[depth];
      if (known?.name === name) {
        at = ok(known.container);
        continue;
      }
      chain.containers.length = depth;
      const holder = chain.containers[depth - 1]?.container;
      at =
        holder === undefined ? await openContainer(chain.file, name, limits) : await openMember(holder, name, limits);
      if (!at.ok || at.value === null) return at;
      chain.containers.push({ name, container: at.value });
    }
    return at;
  };

  const readMember = async (chain: OpenChain, { path, inside }: Located): Promise<Result<Buffer, Problem>> => {
    const holder = await containerAt(chain, path, inside.slice(0, -1));
    if (!holder.ok) return holder;
    if (holder.value === null) return err(problem('file_vanished', { what: 'member' }));
    return await unpackMember(holder.value, inside.at(-1) ?? '');
  };

  return {
    read: async (located) => {
      const chain = open(located.path, located.roots);
      if (!chain.ok) return chain;
      if (located.inside.length > 0) return await readMember(chain.value, located);
      const bytes = chain.value.file.readWhole(limits.maxFileBytes);
      close();
      return bytes;
    },
    list: async ({ path, inside, roots }, onSize) => {
      const chain = open(path, roots);
      if (!chain.ok) return chain;
      onSize(Math.min(chain.value.file.size, limits.maxFileBytes));
      if (inside.length > limits.maxContainers) return err(tooDeep(limits.maxContainers));
      const container = await containerAt(chain.value, path, inside);
      if (!container.ok || container.value === null) return container;
      const { isFolder, members, skipped } = container.value;
      return ok({ isFolder, members: members.map(withoutContent), skipped });
    },
    close,
  };
}

/** The bytes of one file, after which nothing is left open. */
export async function readLocated(located: Located, limits: ExtractLimits): Promise<Result<Buffer, Problem>> {
  const files = createLocatedFiles(limits);
  try {
    return await files.read(located);
  } finally {
    files.close();
  }
}

function withoutContent({ name, bytes, problem }: OpenMember): Member {
  return { name, bytes, problem };
}

/** The same as long as the file is; one that cannot be looked at is opened, which says why. */
function keyOf(path: string, roots: Located['roots']): string {
  try {
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
    return JSON.stringify([path, roots, ...[dev, ino, size, mtimeNs].map(String)]);
  } catch {
    return '';
  }
}
