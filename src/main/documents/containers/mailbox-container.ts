import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { type Separator, separatorsOf, unquoted } from '../mail/mailbox.ts';
import { nameOfMail } from '../mail/read-mail.ts';
import { sortNaturally } from '../natural-order.ts';
import type { Container, OpenMember, Source } from './container.ts';
import { createUniqueNames, tidyName } from './member-names.ts';

/** The mails of a mailbox, as files. */
export async function openMailbox(source: Source, limits: ExtractLimits): Promise<Result<Container, Problem>> {
  if (source.size > limits.maxMemberBytes) {
    return err(problem('file_too_large', { what: 'archive', bytes: source.size, limitBytes: limits.maxMemberBytes }));
  }
  const ranges = placesOfMails(source);
  if (ranges.length > limits.maxMembers) {
    return err(problem('file_too_large', { what: 'members', count: ranges.length, limit: limits.maxMembers }));
  }
  const unique = createUniqueNames();
  const members = new Map<string, OpenMember>();
  for (const range of ranges) {
    const name = unique(await nameAt(source, range));
    members.set(name, memberAt(source, range, name, limits));
  }
  const names = await sortNaturally([...members.keys()]);
  return ok({ isFolder: true, members: names.flatMap((name) => members.get(name) ?? []), skipped: 0 });
}

type Range = readonly [start: number, end: number];

const WINDOW_BYTES = 8_388_608;
/** What is around the line that begins a mail, which tells it from text. */
const MARGIN_BYTES = 1_024;

/** Mailboxes may be larger than memory, so they are looked through piece by piece. */
function placesOfMails(source: Source): readonly Range[] {
  const found: Separator[] = [];
  for (let at = 0; at < source.size; at += WINDOW_BYTES) {
    const from = Math.max(0, at - MARGIN_BYTES);
    const piece = bytesAt(source, [from, Math.min(source.size, at + WINDOW_BYTES + MARGIN_BYTES)]);
    for (const { start, end } of separatorsOf(piece)) {
      const isHere = from + start >= at && from + start < at + WINDOW_BYTES;
      if (isHere) found.push({ start: from + start, end: from + end });
    }
  }
  return found.map(({ end }, index) => [end, found[index + 1]?.start ?? source.size]);
}

/** Longer headers than these say how a mail came. */
const MOST_HEADER_BYTES = 65_536;

async function nameAt(source: Source, [start, end]: Range): Promise<string> {
  const name = await nameOfMail(bytesAt(source, [start, Math.min(end, start + MOST_HEADER_BYTES)]));
  // Slashes would make folders of it.
  return `${tidyName(name.replace(/[\\/]/g, '-')) ?? 'mail'}.eml`;
}

function memberAt(source: Source, range: Range, name: string, { maxFileBytes }: ExtractLimits): OpenMember {
  const bytes = range[1] - range[0];
  return {
    name,
    bytes,
    problem: bytes > maxFileBytes ? tooLargeFile(bytes, maxFileBytes) : null,
    unpack: async () => ok(unquoted(bytesAt(source, range))),
  };
}

function bytesAt(source: Source, [start, end]: Range): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
  return bytes.subarray(0, bytes.length === 0 ? 0 : source.readAt(bytes, start));
}
