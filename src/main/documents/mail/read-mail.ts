import { isUtf8 } from 'node:buffer';
import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content, ReadInner } from '../content.ts';
import { damagedFile } from '../file-problems.ts';
import { decodeLabelled } from './decode-part.ts';
import { headerLines, subjectOf } from './mail-headers.ts';
import { mailParts } from './mail-parts.ts';
import { type MimePart, mimeTree } from './mime-tree.ts';
import { encryptedMail, writeMessages } from './write-messages.ts';

/**
 * The text of a mail: the headers that people read, the body, and what is attached. Of a page saved by a browser (MHTML),
 * the page alone.
 * @param read reads an attached document.
 */
export async function readMail(bytes: Buffer, read: ReadInner): Promise<Result<Content, Problem>> {
  const tree = await partsOf(bytes);
  if (!tree.ok) return tree;
  const { headers } = tree.value;
  const parts = mailParts(tree.value);
  if (isSavedPage(tree.value)) {
    return ok({ text: parts.body, notes: parts.notes, format: 'html', encoding: null, places: null });
  }
  if (parts.isEncrypted && parts.attachments.length === 0 && !holdsMore(parts.body)) return err(encryptedMail());
  const message = { headers: headerLines(headers), subject: subjectOf(headers), ...parts };
  return ok({ ...(await writeMessages([message], read)), format: 'eml', encoding: null });
}

/** Nobody sent it. */
function isSavedPage({ headers, type }: MimePart): boolean {
  const isPage = type === 'multipart/related' || type === 'text/html';
  return isPage && !headers.some(({ key }) => key === 'to' || key === 'received' || key === 'message-id');
}

/** Mails encrypted by PGP inside their text may say something around it. */
function holdsMore(body: string): boolean {
  return (
    body.replace(/^-----BEGIN PGP MESSAGE-----$[\s\S]*?(?:^-----END PGP MESSAGE-----$|$(?![\s\S]))/gm, '').trim() !== ''
  );
}

async function partsOf(bytes: Buffer): Promise<Result<MimePart, Problem>> {
  try {
    return ok(await mimeTree(withReadableHeaders(bytes)));
  } catch (error) {
    return err(damagedFile({ what: 'mail' }, String(error)));
  }
}

/** Old programs wrote headers in the encoding of the text; they are read as UTF-8, which has replaced that. */
function withReadableHeaders(bytes: Buffer): Buffer {
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, 1_000_000))?.index ?? bytes.length;
  const headers = bytes.subarray(0, end);
  if (isUtf8(headers)) return bytes;
  const [, label] = /charset="?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 100_000)) ?? [];
  return Buffer.concat([Buffer.from(decodeLabelled(headers, label).text), bytes.subarray(end)]);
}
