import { extensionOf } from '../file-problems.ts';

/** Outlook's own messages (.msg) and mailboxes are told by their bytes before; some programs name a single mail so. */
const mailExtensions = new Set(['.eml', '.emlx', '.mht', '.mhtml', '.msg', '.mbox']);
/** What Apple's program writes before a mail (.emlx): its length. */
const lengthLine = /^(\d{1,10})[ \t]*\r?\n/;
/** What others leave there: a byte order mark, empty lines, and the line that begins a mail in a mailbox, quoted. */
const lead = /^(?:\xef\xbb\xbf)?(?:[ \t]{0,9}\r?\n){0,20}(?:>From [^\r\n]{0,500}\r?\n)?/;
const leadBytes = 2_000;
const headerBytes = 65_536;

const firstHeader = /^[!-9;-~]+:/;

/** Whether the beginning of a file may be that of a mail: it begins with a header. */
export function beginsLikeMail(head: Buffer): boolean {
  return firstHeader.test(mailIn(head).toString('latin1', 0, leadBytes));
}

/** A mail alone: without what programs write before it, and behind it (Apple's a list of properties), and in lines. */
export function mailIn(bytes: Buffer): Buffer {
  const head = bytes.toString('latin1', 0, leadBytes);
  const [line = '', digits] = lengthLine.exec(head) ?? [];
  const mail =
    digits === undefined
      ? bytes.subarray(lead.exec(head)?.[0].length ?? 0)
      : bytes.subarray(line.length, line.length + Number(digits));
  return isOfOldMac(mail) ? Buffer.from(mail.toString('latin1').replaceAll('\r', '\n'), 'latin1') : mail;
}

/** Its lines end in carriage returns alone. */
function isOfOldMac(mail: Buffer): boolean {
  const headers = mail.toString('latin1', 0, headerBytes);
  return firstHeader.test(headers) && headers.includes('\r') && !headers.includes('\n');
}

/**
 * Whether bytes are a mail, or a page that a browser saved as one (MHTML): they begin with headers, and either their name
 * says so or one of the headers that only programs write.
 */
export function isMail(bytes: Buffer, path: string): boolean {
  const [headers = ''] = mailIn(bytes)
    .toString('latin1', 0, headerBytes)
    .split(/\r?\n\r?\n/, 1);
  if (!firstHeader.test(headers)) return false;
  if (mailExtensions.has(extensionOf(path)))
    return /^(?:from|to|subject|date|received|content-type|mime-version):/im.test(headers);
  return /^MIME-Version:\s*\d/im.test(headers) && /^(?:From|Date|Subject|Content-Type):/im.test(headers);
}
