import { namesAsSent } from '../../../shared/attachments.ts';
import type { Attachment } from '../../../shared/chat-data.ts';
import { isUnanswered } from './attachment-words.ts';
import { pathTo } from './message-tree.ts';
import type { Thread } from './thread.ts';

/** Words that the built-in engine quoted from a file, with white space collapsed. */
export interface Quotation {
  readonly words: string;
  /** 1-based; null if the engine named only the file. */
  readonly line: number | null;
}

/** A span of a text; `end` is exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Finds the quoted words, starting at the line that the engine named. */
export function findQuotation(text: string, { words, line }: Quotation): TextSpan | null {
  const parts = words.split(/\s+/u).filter((word) => word !== '');
  if (parts.length === 0) return null;
  const escaped = parts.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&'));
  const pattern = new RegExp(escaped.join('\\s+'), 'gu');
  for (const from of [startOfLine(text, line ?? 1), 0]) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match !== null) return { start: match.index, end: match.index + match[0].length };
  }
  return null;
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return 0;
    start = end + 1;
  }
  return start;
}

/** The file with this name that the engine received for a reply; the latest, if there are several. */
export function quotedFile(thread: Thread, replyId: string, name: string): Attachment | undefined {
  const branch = pathTo(thread.messages, replyId).flatMap(({ id }) => thread.messages.get(id) ?? []);
  const asked = branch.filter(({ role }, place) => role === 'user' && !isUnanswered(branch[place + 1]));
  const files = asked.flatMap(({ attachments }) => {
    const names = namesAsSent(attachments).map(oneLine);
    return attachments.map((attachment, place) => ({ attachment, name: names[place] }));
  });
  return files.findLast((file) => file.name === name)?.attachment;
}

/** A name as Markdown shows it. */
function oneLine(name: string): string {
  return name.replace(/\s+/gu, ' ').trim();
}
