import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { EvidencePlace } from '../../../shared/answer.ts';
import type { Attachment, Message } from '../../../shared/chat-data.ts';
import type { QuotedWords } from '../../../shared/quoted-words.ts';
import { request } from '../platform/bridge.ts';
import { chat } from './chat-instance.ts';
import { quotedFile } from './quotation.ts';
import type { Thread } from './thread.ts';

/** Words that a reply quotes, with where they are in a file; null if they are not in it. */
export interface PlacedQuote extends QuotedWords {
  readonly place: EvidencePlace | null;
}

const NONE: readonly PlacedQuote[] = [];

/**
 * What a finished reply quotes of a file. Of a model's quotations, many may be of another file, or of none.
 * @param follows whether another answer to the same question takes its place once that is the one in sight.
 */
export function useQuotedPlaces(
  attachment: Attachment,
  replyId: string | null,
  follows: boolean,
): readonly PlacedQuote[] {
  const reply = useStore(chat, ({ threads, selectedId }) => {
    const thread = selectedId === null ? undefined : threads.get(selectedId);
    if (replyId === null || thread === undefined) return undefined;
    return (follows ? answerInSight(thread, replyId) : undefined) ?? thread.messages.get(replyId);
  });
  const [placed, setPlaced] = useState(NONE);
  const finished = reply === undefined || reply.status === 'streaming' ? null : reply;
  useEffect(() => {
    setPlaced(NONE);
    if (finished === null) return undefined;
    let gone = false;
    void placesOf(attachment, finished).then((found) => {
      if (!gone) setPlaced(found);
    });
    return () => {
      gone = true;
    };
  }, [attachment, finished]);
  return placed;
}

/** The answer that is displayed to the question of a reply; undefined on another branch. */
function answerInSight({ messages, path }: Thread, replyId: string): Message | undefined {
  const asked = messages.get(replyId)?.parentId;
  const place = path.findIndex(({ id }) => id === asked);
  return place < 0 ? undefined : messages.get(path[place + 1]?.id ?? '');
}

async function placesOf(attachment: Attachment, reply: Message): Promise<readonly PlacedQuote[]> {
  const thread = chat.getState().threads.get(reply.conversationId);
  if (thread === undefined || reply.content === '') return NONE;
  const quoted = await quotedOf(thread, reply, attachment);
  if (quoted.length === 0) return NONE;
  const found = await request('chat.findQuoted', { attachmentId: attachment.id, quoted: [...quoted] });
  // Why the text cannot be shown is said where it would be.
  return found.ok ? quoted.map((one, at) => ({ ...one, place: found.value[at] ?? null })) : NONE;
}

/** The built-in engine names the file of each quotation; a model's are looked for in every file. */
async function quotedOf(
  thread: Thread,
  { id, llm, content }: Message,
  file: Attachment,
): Promise<readonly QuotedWords[]> {
  const { quotesIn } = await import('./markdown/quotes-in.ts');
  return quotesIn(content).flatMap(({ words, source }) => {
    if (llm !== false) return [{ words, line: null }];
    if (source === null || quotedFile(thread, id, source.file)?.id !== file.id) return [];
    return [{ words, line: source.line }];
  });
}
