import type { FileKind } from '../../../shared/file-kinds.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ExtractLimits } from '../limits.ts';
import { isZip } from '../signature.ts';
import type { Container, Source } from './container.ts';
import { headOf, sourceOfBytes } from './source.ts';
import { openZip } from './zip-container.ts';

/** Kinds of archives that are opened. */
export const openedKinds: ReadonlySet<FileKind> = new Set(['zip']);

/** Opens a file that holds files, whatever its name; null if it is none. */
export async function openContainer(
  source: Source,
  name: string,
  limits: ExtractLimits,
): Promise<Result<Container | null, Problem>> {
  const head = headOf(source);
  if (isZip(head)) return await openZip(source, name, limits);
  return ok(null);
}

/** Opens a container in another one. */
export async function openMember(
  container: Container,
  name: string,
  limits: ExtractLimits,
): Promise<Result<Container | null, Problem>> {
  const bytes = await unpackMember(container, name);
  return bytes.ok ? await openContainer(sourceOfBytes(bytes.value), name, limits) : bytes;
}

/** The bytes of a member. */
export async function unpackMember({ members }: Container, name: string): Promise<Result<Buffer, Problem>> {
  const member = members.find((one) => one.name === name);
  if (member === undefined) return err(problem('file_vanished', { what: 'member' }));
  if (member.problem !== null) return err(member.problem);
  const bytes = await member.unpack();
  return bytes.ok && bytes.value.length === 0 ? err(problem('file_empty', { what: 'no_bytes' })) : bytes;
}
