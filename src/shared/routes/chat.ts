import { z } from 'zod';
import type { EvidencePlace } from '../answer.ts';
import type { Attachment, Conversation, ConversationWithMessages, FoundMessage, PickedFile } from '../chat-data.ts';
import { MOST_MARKS } from '../page-picture.ts';
import { MAX_QUOTED_CHARACTERS } from '../quoted-words.ts';
import { attachmentIds, id, model, nothing } from './inputs.ts';
import { route } from './route.ts';

const oneConversation = z.object({ conversationId: id });
const oneAttachment = z.object({ attachmentId: id });
const messageText = z
  .string()
  .max(2_000_000, 'A message can have at most 2,000,000 characters. Attach longer text as a file.');

/** Model and temperature for one message; the settings apply when they are left out. */
const replyOptions = { model: model.optional(), temperature: z.number().min(0).max(2).optional() };

export const chatRoutes = {
  'chat.list': route(nothing).returns<readonly Conversation[]>(),
  /** Conversations with a message that contains all the words, each with its newest such message. */
  'chat.find': route(z.object({ text: z.string().max(500), limit: z.number().int().min(1).max(500) })).returns<
    readonly FoundMessage[]
  >(),
  'chat.open': route(oneConversation).returns<ConversationWithMessages>(),
  'chat.rename': route(
    z.object({
      conversationId: id,
      title: z.string().trim().min(1).max(200, 'A title can have at most 200 characters.'),
    }),
  ).returns<Conversation>(),
  /** Hides a conversation and stops its replies; `chat.restore` brings it back. Its calls stay in the history. */
  'chat.remove': route(oneConversation).returns<null>(),
  'chat.restore': route(oneConversation).returns<Conversation>(),
  /** Shows another branch. */
  'chat.select': route(z.object({ conversationId: id, leafId: id })).returns<Conversation>(),
  /** Creates the conversation if it is new. Resolves once the question and the empty reply are stored. */
  'chat.send': route(
    z
      .object({
        conversationId: id,
        messageId: id,
        replyId: id,
        parentId: id.nullable(),
        content: messageText,
        attachmentIds: attachmentIds.default([]),
        ...replyOptions,
      })
      .refine(({ content, attachmentIds: files }) => content !== '' || files.length > 0, {
        message: 'Write a message or attach a file.',
        path: ['content'],
      }),
  ).returns<ConversationWithMessages>(),
  /** Adds another reply to the question `messageId`. */
  'chat.regenerate': route(
    z.object({ conversationId: id, messageId: id, replyId: id, ...replyOptions }),
  ).returns<ConversationWithMessages>(),
  /** Opens the system's file picker; empty if the user cancels. */
  'chat.pickAttachments': route(nothing).returns<readonly PickedFile[]>(),
  /** Reads the one file that `grant` stands for; resolves once it is read. The attachment takes the grant's id. */
  'chat.attach': route(z.object({ grant: id })).returns<Attachment>(),
  /** Reads a file that could not be attached for its damaged pages without these. */
  'chat.attachWithoutPages': route(oneAttachment).returns<Attachment>(),
  /** Stops reading a file, or discards one that was read but not sent. */
  'chat.detach': route(oneAttachment).returns<null>(),
  /** Which of these are still stored; a window asks this for drafts from an earlier session. */
  'chat.attachments': route(z.object({ attachmentIds: z.array(id).max(1_000) })).returns<readonly Attachment[]>(),
  /** Where each of these is in the text of a file; null for what is not in it. */
  'chat.findQuoted': route(
    z.object({
      attachmentId: id,
      quoted: z
        .array(
          z.object({
            words: z.string().max(MAX_QUOTED_CHARACTERS),
            line: z.number().int().min(1).nullable(),
          }),
        )
        .max(MOST_MARKS),
    }),
  ).returns<readonly (EvidencePlace | null)[]>(),
  'chat.stop': route(z.object({ replyId: id })).returns<null>(),
} as const;
