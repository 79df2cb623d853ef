import { posix } from 'node:path';
import { type Extract, extract, type Header } from 'tar-stream';
import { z } from 'zod';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile, notAFile, tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { type ArchiveEntry, archiveOf } from './archive.ts';
import type { Container, Source } from './container.ts';
import { decodeNames } from './member-names.ts';
import type { Packing } from './packing.ts';
import { unpackedBytesOf } from './unpacked-stream.ts';

const BLOCK_BYTES = 512;
const [CHECKSUM_AT, CHECKSUM_BYTES] = [148, 8];

/** Whether bytes begin like a tar archive, of any format: with a header that has its own checksum. */
export function isTar(bytes: Buffer): boolean {
  if (bytes.length < BLOCK_BYTES) return false;
  const written = Number.parseInt(bytes.toString('latin1', CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES).trim(), 8);
  let sum = 0x20 * CHECKSUM_BYTES;
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    if (at < CHECKSUM_AT || at >= CHECKSUM_AT + CHECKSUM_BYTES) sum += bytes[at] ?? 0;
  }
  return sum === written;
}

/** The files in a tar archive. It has no table of contents: listing it is reading all of it. */
export async function openTar(
  source: Source,
  packing: Packing | null,
  limits: ExtractLimits,
): Promise<Result<Container, Problem>> {
  const headers = await readHeaders(source, packing, limits);
  if (!headers.ok) return headers;
  const names = namesOf(headers.value);
  const unpackAt = createUnpacking(source, packing);
  const entries = headers.value.map((header, at) => tarEntry(header, names[at] ?? '', () => unpackAt(at), limits));
  return await archiveOf(entries, limits);
}

async function readHeaders(
  source: Source,
  packing: Packing | null,
  limits: ExtractLimits,
): Promise<Result<readonly Header[], Problem>> {
  const headers: Header[] = [];
  let total = 0;
  try {
    for await (const entry of openEntries(source, packing)) {
      headers.push(entry.header);
      total += entry.header.size;
      if (headers.length > limits.maxMembers) {
        return err(problem('file_too_large', { what: 'members', count: headers.length, limit: limits.maxMembers }));
      }
      if (total > limits.maxMemberBytes) {
        return err(problem('file_too_large', { what: 'archive', bytes: total, limitBytes: limits.maxMemberBytes }));
      }
      entry.resume();
    }
    return ok(headers);
  } catch (error) {
    return err(damagedFile({ what: 'archive' }, String(error)));
  }
}

/** Names are bytes as they are: what they stand for is decided over all of them. The library's types do not know its options. */
const OPTIONS: object = { filenameEncoding: 'latin1', allowUnknownFormat: true };

function openEntries(source: Source, packing: Packing | null): Extract {
  const entries = extract({ ...OPTIONS, highWaterMark: 16_384 });
  const bytes = unpackedBytesOf(source, packing);
  bytes.on('error', (error) => entries.destroy(error));
  bytes.pipe(entries);
  return entries;
}

/**
 * Unpacks members by their number. They are mostly asked for in the order of the archive, so reading goes on where the last
 * one ended.
 */
function createUnpacking(source: Source, packing: Packing | null) {
  let entries: ReturnType<Extract[typeof Symbol.asyncIterator]> | null = null;
  let next = 0;

  const reopened = async () => {
    await entries?.return?.();
    next = 0;
    return openEntries(source, packing)[Symbol.asyncIterator]();
  };

  return async (wanted: number): Promise<Result<Buffer, Problem>> => {
    try {
      const open = entries === null || next > wanted ? await reopened() : entries;
      entries = open;
      for (;;) {
        const entry = await open.next();
        if (entry.done === true) throw new Error('The archive ends before it.');
        next += 1;
        if (next > wanted) return ok(await contentOf(entry.value));
        entry.value.resume();
      }
    } catch (error) {
      entries = null;
      return err(damagedFile({ what: 'member' }, String(error)));
    }
  };
}

async function contentOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const paxHeader = z.record(z.string(), z.string());

/** Fields that newer programs write before a header, in UTF-8. */
function paxOf({ pax }: Header): Readonly<Record<string, string>> {
  return paxHeader.safeParse(pax).data ?? {};
}

function namesOf(headers: readonly Header[]): readonly string[] {
  const marked = headers.map((header) => paxOf(header)['GNU.sparse.name'] ?? paxOf(header).path ?? null);
  const unmarked = headers.filter((_, at) => marked[at] === null);
  const decoded = decodeNames(unmarked.map(({ name }) => Buffer.from(name, 'latin1'))).values();
  return marked.map((name) => name ?? decoded.next().value ?? '');
}

function tarEntry(header: Header, name: string, unpack: ArchiveEntry['unpack'], limits: ExtractLimits): ArchiveEntry {
  return {
    name,
    isFolder: header.type === 'directory',
    linksTo: targetOf(header, name),
    bytes: header.size,
    problem: whyNotUnpacked(header, limits),
    unpack,
  };
}

/** A symbolic link leads from its own folder, a hard link from that of the archive. */
function targetOf(header: Header, name: string): ArchiveEntry['linksTo'] {
  const target = paxOf(header).linkpath ?? Buffer.from(header.linkname ?? '', 'latin1').toString('utf8');
  if (header.type === 'symlink') return async () => target;
  return header.type === 'link' ? async () => posix.relative(posix.dirname(name), target) : null;
}

function whyNotUnpacked(header: Header, limits: ExtractLimits): Problem | null {
  switch (header.type) {
    case 'block-device':
    case 'character-device':
      return notAFile('device');
    case 'fifo':
      return notAFile('pipe');
    case 'file':
    case 'contiguous-file':
      if (Object.keys(paxOf(header)).some((key) => key.startsWith('GNU.sparse.'))) return sparse;
      return header.size > limits.maxFileBytes ? tooLargeFile(header.size, limits.maxFileBytes) : null;
    case 'directory':
    case 'symlink':
    case 'link':
      return null;
    default:
      return sparse;
  }
}

/** Without the holes in it: rare, and nothing that documents have. */
const sparse = problem('file_unsupported', { what: 'packing', method: 'a sparse file' });
