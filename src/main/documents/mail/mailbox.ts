/** The line that begins each mail of a mailbox: who sent it, and when it came (`From ana@example.org Tue Mar  4 10:15:00 2025`). */
const separator = /^From .*\d{1,2}:\d{2}.*\d{4}/;
/** Mozilla's programs leave out who sent it, and some versions the date; a header follows. */
const bareSeparator = /^From - *\r?$/;

const LINE_FEED = 0x0a;
const header = /^(?:[!-9;-~]+:|>?From )/;

/** Whether bytes are a mailbox: mails after one another, each behind a line of its own. */
export function isMailbox(bytes: Buffer): boolean {
  // Git writes patches like that, all with the same date.
  if (/^From [\da-f]{40} /.test(bytes.toString('latin1', 0, 46))) return false;
  const [first = '', second = ''] = bytes.toString('latin1', 0, 4_096).split(/\r?\n/, 2);
  return (separator.test(first) || bareSeparator.test(first)) && header.test(second);
}

/** The mails of a mailbox. */
export function mailsOf(mailbox: Buffer): Buffer[] {
  const starts = separatorsOf(mailbox);
  return starts.map(({ end }, at) => unquoted(mailbox.subarray(end, starts[at + 1]?.start ?? mailbox.length)));
}

/** Where a line lies that begins a mail. */
export interface Separator {
  readonly start: number;
  readonly end: number;
}

/** Behind an empty line or before a header, as some programs leave the empty line out; any other "From " is text. */
export function separatorsOf(mailbox: Buffer): Separator[] {
  const found: Separator[] = [];
  for (let start = mailbox.indexOf('From '); start !== -1; start = mailbox.indexOf('From ', start + 1)) {
    if (start > 0 && mailbox[start - 1] !== LINE_FEED) continue;
    const lineEnd = mailbox.indexOf('\n', start);
    const end = lineEnd === -1 ? mailbox.length : lineEnd + 1;
    const line = lineAt(mailbox, start);
    const isBeforeHeader = header.test(lineAt(mailbox, end));
    const isApart = start === 0 || isBehindEmptyLine(mailbox, start) || isBeforeHeader;
    if ((isApart && separator.test(line)) || (isBeforeHeader && bareSeparator.test(line))) found.push({ start, end });
  }
  return found;
}

/** Its beginning, if it is long. */
function lineAt(mailbox: Buffer, at: number): string {
  return mailbox.toString('latin1', at, at + 500).split('\n', 1)[0] ?? '';
}

function isBehindEmptyLine(mailbox: Buffer, at: number): boolean {
  const before = mailbox.toString('latin1', Math.max(0, at - 4), at);
  return /(?:^|\n)\r?\n$/.test(before);
}

/** A mail as it was: lines of the text that begin with "From " are marked in a mailbox. */
export function unquoted(mail: Buffer): Buffer {
  if (!mail.includes('\n>From ')) return mail;
  return Buffer.from(mail.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
