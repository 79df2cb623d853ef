import type { FileKind } from '../../../shared/file-kinds.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { openCompound } from '../compound/compound-file.ts';
import type { ExtractLimits } from '../limits.ts';
import { beginsLikeMail, isMail } from '../mail/is-mail.ts';
import { isMailbox } from '../mail/mailbox.ts';
import type { AttachedFile } from '../mail/message.ts';
import { documentsInMail } from '../mail/read-mail.ts';
import { documentsInMsg } from '../mail/read-msg.ts';
import { beginsLikeSigned } from '../mail/signed-content.ts';
import { filesInPdf } from '../pdf/files-in-pdf.ts';
import { isRtf } from '../rtf/read-rtf.ts';
import { compoundSignature, isCompoundFile, isPdf, isZip } from '../signature.ts';
import { attachedContainer } from './attached-container.ts';
import type { Container, Source } from './container.ts';
import { embeddedObjects } from './embedded-objects.ts';
import { openMailbox } from './mailbox-container.ts';
import { isOfficeName } from './may-hold-files.ts';
import { openPackedFile, unpackedHead } from './packed-file-container.ts';
import { packingOf } from './packing.ts';
import { openSevenZip, sevenZipFormat } from './seven-zip-container.ts';
import { openSigned } from './signed-container.ts';
import { headOf, sourceOfBytes } from './source.ts';
import { isTar, openTar } from './tar-container.ts';
import { zipBehind } from './zip-behind.ts';
import { openZip } from './zip-container.ts';

/** Kinds of archives that are opened. */
export const openedKinds: ReadonlySet<FileKind> = new Set([
  'zip',
  'tar',
  'gzip',
  'xz',
  'bzip2',
  'zstandard',
  'seven_zip',
  'rar',
  'signed',
]);

/** Opens a file that holds files, whatever its name; null if it is none. */
export async function openContainer(
  source: Source,
  name: string,
  limits: ExtractLimits,
): Promise<Result<Container | null, Problem>> {
  const opened = await openWhole(source, name, limits);
  if (!isVolumeName(name) || (opened.ok && opened.value !== null)) return opened;
  return err(problem('file_unsupported', { what: 'volumes' }));
}

/** How programs name the files that they cut an archive into: `offers.7z.001`, `offers.part2.rar`, `offers.r00`, `offers.z01`. */
function isVolumeName(name: string): boolean {
  return /\.(?:(?:7z|zip|rar|tar|gz|tgz)\.\d{3}|part\d+\.rar|[rz]\d\d)$/i.test(name);
}

async function openWhole(
  source: Source,
  name: string,
  limits: ExtractLimits,
): Promise<Result<Container | null, Problem>> {
  const head = headOf(source);
  if (isOfficeName(name) && !isZip(head)) return ok(openObjects(source, head, limits));
  const format = sevenZipFormat(head);
  if (format !== null) return await openSevenZip(source, format, limits);
  if (isZip(head)) return await openZip(source, name, limits);
  if (isTar(head)) return await openTar(source, null, limits);
  const packing = packingOf(head);
  if (packing !== null) {
    return isTar(await unpackedHead(source, packing, head))
      ? await openTar(source, packing, limits)
      : await openPackedFile(source, packing, head, name, limits);
  }
  if (beginsLikeSigned(head)) return ok(openSigned(source, name, limits));
  if (isMailbox(head)) return await openMailbox(source, limits);
  const attached = await attachedTo(source, head, name, limits);
  if (attached !== null) return ok(attachedContainer(attached, limits));
  if (isPdf(head)) return ok(await openPdfFiles(source, limits));
  const zip = /\.(?:exe|zip)$/i.test(name) ? zipBehind(source) : null;
  return zip === null ? ok(openObjects(source, head, limits)) : await openZip(zip, name, limits);
}

async function openPdfFiles(source: Source, limits: ExtractLimits): Promise<Container | null> {
  const bytes = source.readWhole(limits.maxFileBytes);
  const found = bytes.ok ? await filesInPdf(bytes.value) : null;
  return found === null ? null : attachedContainer(found.files, limits, found.isPortfolio);
}

/** What is embedded in a document of Office before 2007 or in rich text; null if nothing is. */
function openObjects(source: Source, head: Buffer, limits: ExtractLimits): Container | null {
  if (!isCompoundFile(head) && !isRtf(head)) return null;
  const bytes = source.readWhole(limits.maxFileBytes);
  const objects = bytes.ok ? embeddedObjects(bytes.value, limits) : [];
  return objects.length === 0 ? null : attachedContainer(objects, limits);
}

/** What is attached to a mail; null if it is none, or one that cannot be read, which says so when it is. */
async function attachedTo(
  source: Source,
  head: Buffer,
  name: string,
  limits: ExtractLimits,
): Promise<readonly AttachedFile[] | null> {
  const mayBeMail = isCompoundFile(head) || beginsLikeMail(head);
  const bytes = mayBeMail ? source.readWhole(limits.maxFileBytes) : null;
  if (bytes?.ok !== true) return null;
  if (!isCompoundFile(head)) return isMail(bytes.value, name) ? await documentsInMail(bytes.value) : null;
  const file = openCompound(bytes.value);
  if (file === null || !file.isSound) return null;
  const names = file.root.children.map((stream) => stream.name);
  return compoundSignature(names).kind === 'outlook_message' ? documentsInMsg(bytes.value) : null;
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
