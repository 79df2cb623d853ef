import { extensionOf } from '../file-problems.ts';

/** Outlook's own messages (.msg) and mailboxes are told by their bytes before; some programs name a single mail so. */
const mailExtensions = new Set(['.eml', '.emlx', '.mht', '.mhtml', '.msg', '.mbox']);
/** What Apple's program writes before a mail (.emlx): its length. */
export const lengthLine = /^(\d{1,10})[ \t]*\r?\n/;
const headerBytes = 65_536;

const firstHeader = /^[!-9;-~]+:/;

/** Whether the beginning of a file may be that of a mail: it begins with a header. */
export function beginsLikeMail(head: Buffer): boolean {
  return firstHeader.test(head.toString('latin1').replace(lengthLine, ''));
}

/**
 * Whether bytes are a mail, or a page that a browser saved as one (MHTML): they begin with headers, and either their name
 * says so or one of the headers that only programs write.
 */
export function isMail(bytes: Buffer, path: string): boolean {
  const [headers = ''] = bytes
    .toString('latin1', 0, headerBytes)
    .replace(lengthLine, '')
    .split(/\r?\n\r?\n/, 1);
  if (!firstHeader.test(headers)) return false;
  if (mailExtensions.has(extensionOf(path)))
    return /^(?:from|to|subject|date|received|content-type|mime-version):/im.test(headers);
  return /^MIME-Version:\s*\d/im.test(headers) && /^(?:From|Date|Subject|Content-Type):/im.test(headers);
}
