import { CircleStop, Files, Replace, RotateCcw, ScrollText, SquarePen } from 'lucide-react';
import { type ContextType, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Message } from '../../../shared/chat-data.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { withoutQuoteLinks } from '../../../shared/quote-source.ts';
import { assertNever } from '../../../shared/result.ts';
import { navigate } from '../platform/navigation-store.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { ProviderBadge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { cx } from '../ui/cx.ts';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { formatCount } from '../ui/format.ts';
import { askInNewChat, askOfBatch, chooseModel, currentOptions } from './chat-actions.ts';
import { chat } from './chat-instance.ts';
import styles from './message-item.module.css';
import { messageLabel } from './message-label.ts';
import { quotedFile } from './quotation.ts';
import { QuotationContext } from './quotation-context.ts';
import { finishNote, isReasoningOnly, keptWords, replyFacts } from './reply-facts.ts';
import { ReplyProgress } from './reply-progress.tsx';
import { ReplyReasoning } from './reply-reasoning.tsx';
import { expectText, ReplyText } from './reply-text.tsx';
import { openFile } from './side-pane.ts';
import { wayOutOfTooLong } from './too-long.ts';
import { VersionSwitch } from './version-switch.tsx';

interface ReplyProps {
  readonly reply: Message;
  readonly siblings: readonly string[];
  readonly last: boolean;
}

/** A reply: its text, how it ended, and what it took. */
export function Reply({ reply, siblings, last }: ReplyProps) {
  const writing = reply.status === 'streaming';
  useEffect(expectText, []);
  const openerOf = useMemo(
    () => (reply.llm === false ? quotationOpener(reply.conversationId, reply.id) : null),
    [reply.llm, reply.conversationId, reply.id],
  );
  return (
    <article className={styles.reply} aria-label={messageLabel(reply.role, reply.llm)} aria-busy={writing}>
      {reply.llm === false && (
        <div className={styles.engine}>
          <ProviderBadge name={reply.providerName ?? ''} llm={false} />
        </div>
      )}
      {reply.reasoning !== '' && <ReplyReasoning reply={reply} />}
      {reply.content !== '' && (
        <div data-selectable className={cx(reply.llm === false && styles.quotes)}>
          <QuotationContext value={openerOf}>
            <ReplyText text={reply.content} finished={!writing} />
          </QuotationContext>
        </div>
      )}
      <Outcome reply={reply} />
      <footer className={cx(styles.foot, !last && styles.older)}>
        {writing ? <ReplyProgress reply={reply} /> : <Facts reply={reply} />}
        <VersionSwitch message={reply} siblings={siblings} />
        {!writing && <Actions reply={reply} />}
      </footer>
    </article>
  );
}

/** Reads the questions when a quotation is drawn, because those before a reply never change. */
function quotationOpener(conversationId: string, replyId: string): ContextType<typeof QuotationContext> {
  return (name, quoted) => {
    const thread = chat.getState().threads.get(conversationId);
    const file = thread === undefined ? undefined : quotedFile(thread, replyId, name);
    return file === undefined ? null : () => openFile(file, replyId, quoted);
  };
}

function Facts({ reply }: { readonly reply: Message }) {
  return (
    <span className={styles.facts} data-selectable>
      {reply.status === 'stopped' && (
        <span className={styles.stopped}>
          <CircleStop aria-hidden />
          {isReasoningOnly(reply) ? 'Stopped before its answer' : 'Stopped'}
        </span>
      )}
      {replyFacts(reply).map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </span>
  );
}

function Actions({ reply }: { readonly reply: Message }) {
  const { callId } = reply;
  return (
    <span className={styles.actions}>
      {reply.content !== '' && <CopyButton text={() => withoutQuoteLinks(reply.content)} label="Copy as Markdown" />}
      <IconButton
        label="Regenerate"
        icon={<RotateCcw />}
        size="small"
        onClick={() => void chat.regenerate(reply, currentOptions())}
      />
      {callId !== null && (
        <IconButton
          label="Show the call in the history"
          icon={<ScrollText />}
          size="small"
          onClick={() => navigate({ surface: 'history', callId })}
        />
      )}
    </span>
  );
}

/** Asks the model that the server lists instead of one that is gone; later messages go to it, too. */
function UseNearestButton({ reply, problem: failure }: { readonly reply: Message; readonly problem: Problem }) {
  const nearest = failure.code === 'model_not_found' ? failure.params.nearest?.[0] : undefined;
  if (nearest === undefined) return null;
  return (
    <Button
      size="small"
      icon={<Replace />}
      onClick={() => {
        chooseModel(nearest);
        void chat.regenerate(reply, currentOptions());
      }}
    >
      Use {nearest}
    </Button>
  );
}

/** What helps if the question, with what came before it, is too long for the model. */
function TooLongButton({ reply, problem: failure }: { readonly reply: Message; readonly problem: Problem }) {
  const thread = useStore(chat, ({ threads }) => threads.get(reply.conversationId));
  const wayOut = thread === undefined ? null : wayOutOfTooLong(thread, reply, failure);
  switch (wayOut?.kind) {
    case undefined:
      return null;
    case 'batch':
      return (
        <Button
          size="small"
          icon={<Files />}
          title={`A batch reads a long file in parts, to its end: ${formatCount(wayOut.files.length, 'file')} of this conversation`}
          onClick={() => void askOfBatch(wayOut.question, wayOut.files)}
        >
          Ask it of a batch
        </Button>
      );
    case 'new_chat':
      return (
        <Button
          size="small"
          icon={<SquarePen />}
          title="Without what came before, the question may fit"
          onClick={() => askInNewChat(wayOut.question)}
        >
          Ask it in a new chat
        </Button>
      );
    default:
      return assertNever(wayOut);
  }
}

/** How the reply ended, unless it is simply done. */
function Outcome({ reply }: { readonly reply: Message }) {
  const retry = (
    <Button size="small" icon={<RotateCcw />} onClick={() => void chat.regenerate(reply, currentOptions())}>
      Try again
    </Button>
  );
  const kept = keptWords(reply);
  switch (reply.status) {
    case 'streaming':
      return null;
    case 'done': {
      const note = finishNote(reply);
      return note === null ? null : <Note tone="amber">{note}</Note>;
    }
    // The line under the reply says so.
    case 'stopped':
      return null;
    case 'interrupted':
      return (
        <Note tone="amber" actions={retry}>
          Interrupted when Docket closed. {kept}
        </Note>
      );
    case 'failed': {
      const failure = reply.problem ?? problem('unexpected', { where: 'reply' }, { partialKept: reply.content !== '' });
      return (
        <ErrorNote
          problem={failure}
          actions={
            <>
              <UseNearestButton reply={reply} problem={failure} />
              <TooLongButton reply={reply} problem={failure} />
              <ProblemButton problem={failure} />
              {retry}
            </>
          }
        />
      );
    }
    default:
      return assertNever(reply.status);
  }
}
