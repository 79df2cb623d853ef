import { namesAsSent } from './attachments.ts';
import type { Attachment } from './chat-data.ts';

const TITLE_CHARACTERS = 60;

/** The first line of the first question, cut at a word; for a question without text, its file names. */
export function conversationTitle(content: string, attachments: readonly Pick<Attachment, 'name'>[]): string {
  const said = content.trim() === '' ? namesAsSent(attachments).join(', ') : content;
  const line = said.trim().split('\n', 1)[0] ?? '';
  if (line.length <= TITLE_CHARACTERS) return line;
  // Do not end in half a surrogate pair.
  const cut = line.slice(0, TITLE_CHARACTERS).replace(/[\ud800-\udbff]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${space > TITLE_CHARACTERS / 2 ? cut.slice(0, space) : cut}…`;
}
