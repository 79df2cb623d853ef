import { extensionOf } from '../file-problems.ts';

const mailExtensions = new Set(['.eml', '.emlx', '.mht', '.mhtml']);
/** What Apple's program writes before a mail (.emlx): its length. */
export const lengthLine = /^(\d{1,10})[ \t]*\r?\n/;
const headerBytes = 65_536;

/**
 * Whether bytes are a mail, or a page that a browser saved as one (MHTML): they begin with headers, and either their name
 * says so or one of the headers that only programs write.
 */
export function isMail(bytes: Buffer, path: string): boolean {
  const [headers = ''] = bytes
    .toString('latin1', 0, headerBytes)
    .replace(lengthLine, '')
    .split(/\r?\n\r?\n/, 1);
  if (!/^[!-9;-~]+:/.test(headers)) return false;
  if (mailExtensions.has(extensionOf(path)))
    return /^(?:from|to|subject|date|received|content-type|mime-version):/im.test(headers);
  return /^MIME-Version:\s*\d/im.test(headers) && /^(?:From|Date|Subject|Content-Type):/im.test(headers);
}
