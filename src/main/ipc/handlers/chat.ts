import { problem } from '../../../shared/problem.ts';
import { err, ok } from '../../../shared/result.ts';
import type { chatRoutes } from '../../../shared/routes/chat.ts';
import { offerFiles } from '../../chat/attachments.ts';
import { findQuoted } from '../../chat/find-quoted.ts';
import type { Docket } from '../../compose.ts';
import type { Desktop } from '../desktop.ts';
import type { Grants } from '../grants.ts';
import type { HandlersOf } from '../router.ts';

export function createChatHandlers(
  { store, chat, attachments }: Docket,
  desktop: Desktop,
  grants: Grants,
): HandlersOf<typeof chatRoutes> {
  return {
    'chat.list': async () => ok(await chat.list()),
    'chat.find': async ({ text, limit }) => ok(await store.read.findMessages(text, limit)),
    'chat.open': ({ conversationId }) => chat.open(conversationId),
    'chat.rename': ({ conversationId, title }) => chat.rename(conversationId, title),
    'chat.remove': ({ conversationId }) => chat.remove(conversationId),
    'chat.restore': ({ conversationId }) => chat.restore(conversationId),
    'chat.select': ({ conversationId, leafId }) => chat.select(conversationId, leafId),
    'chat.send': (request) => chat.send(request),
    'chat.regenerate': (request) => chat.regenerate(request),
    'chat.pickAttachments': async () => ok(await offerFiles((await desktop.pickPaths('files')) ?? [], grants.give)),
    'chat.attach': async ({ grant }) => {
      const granted = grants.take(grant);
      const [path, ...others] = granted?.paths ?? [];
      if (granted === null || path === undefined)
        return err(problem('not_allowed', { what: 'grant_expired', use: 'attach' }));
      if (others.length > 0) return err(problem('invalid_input', { what: 'one_by_one' }));
      return attachments.attach(grant, path, granted.inside);
    },
    'chat.attachWithoutPages': ({ attachmentId }) => attachments.attachWithoutPages(attachmentId),
    'chat.detach': async ({ attachmentId }) => ok(await attachments.detach(attachmentId).then(() => null)),
    'chat.attachments': async ({ attachmentIds }) => ok(await attachments.kept(attachmentIds)),
    'chat.findQuoted': async ({ attachmentId, quoted }) => {
      const text = await attachments.files.text(attachmentId);
      return text.ok ? ok(await findQuoted(text.value, quoted)) : text;
    },
    'chat.stop': async ({ replyId }) => {
      chat.stop(replyId);
      return ok(null);
    },
  };
}
