import { namesAsSent } from '../../../shared/attachments.ts';
import type { Attachment } from '../../../shared/chat-data.ts';
import { isUnanswered } from './attachment-words.ts';
import { pathTo } from './message-tree.ts';
import type { Thread } from './thread.ts';

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
