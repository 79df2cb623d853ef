import { type Address, addressParser, decodeWords } from 'postal-mime';
import { mailDate } from './mail-date.ts';
import type { MimeHeader } from './mime-tree.ts';

/** The headers that people read, a line each: who wrote to whom, when, about what. */
export function headerLines(headers: readonly MimeHeader[]): string[] {
  const from = addresses(headers, 'from') || addresses(headers, 'sender');
  const replyTo = addresses(headers, 'reply-to');
  return [
    ['From', from],
    ['To', addresses(headers, 'to')],
    ['Cc', addresses(headers, 'cc')],
    ['Bcc', addresses(headers, 'bcc')],
    ['Reply-To', replyTo === from ? '' : replyTo],
    ['Date', mailDate(headerValue(headers, 'date'))],
    ['Subject', subjectOf(headers)],
  ].flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
}

/** '' if it has none. */
export function subjectOf(headers: readonly MimeHeader[]): string {
  return inOneLine(decodeWords(headerValue(headers, 'subject')));
}

/** The day on which a mail says that it was sent, where it was (`2025-03-04`); '' if it does not. */
export function dayOf(headers: readonly MimeHeader[]): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(mailDate(headerValue(headers, 'date')))?.[0] ?? '';
}

/** Without controls, and with single spaces. */
export function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function headerValue(headers: readonly MimeHeader[], key: string): string {
  return headers.find((header) => header.key === key)?.value ?? '';
}

function addresses(headers: readonly MimeHeader[], key: string): string {
  const found: string[] = [];
  for (const header of headers) {
    if (header.key === key) for (const address of addressParser(header.value)) found.push(addressText(address));
  }
  return inOneLine(found.filter((one) => one !== '').join(', '));
}

function addressText({ name, address, group }: Address): string {
  if (group !== undefined) return `${name}: ${group.map(addressText).join(', ')};`;
  if (name === '' || name === address) return address;
  return address === '' ? name : `${name} <${address}>`;
}
