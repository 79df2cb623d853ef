import { useMemo, useState } from 'react';
import type { CallDetail } from '../../../shared/call-data.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { LongText } from '../ui/long-text.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './call-detail.module.css';
import { noReplyWords, readMessages } from './call-words.ts';
import { takeOutPictures } from './request-pictures.ts';
import { SentPicture } from './sent-picture.tsx';

const roleNames: Readonly<Record<string, string>> = {
  system: 'System',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
};

const DAMAGED =
  'The stored text is missing or does not match its checksum, so it is not shown. The disk may be failing.';

/** What was sent: its messages, or the body byte for byte. */
export function CallRequest({ call }: { readonly call: CallDetail }) {
  const { requestBody, requestBytes } = call;
  const [view, setView] = useState<'messages' | 'body'>('messages');
  const inWords = useMemo(() => takeOutPictures(requestBody), [requestBody]);
  const messages = useMemo(() => readMessages(inWords), [inWords]);
  const asMessages = view === 'messages' && messages !== null;
  if (call.damagedTexts.includes('request')) {
    return (
      <section className={styles.section}>
        <h3 className={styles.title}>Request</h3>
        <p className={styles.none}>{DAMAGED}</p>
      </section>
    );
  }
  if (requestBody === '') {
    return (
      <section className={styles.section}>
        <h3 className={styles.title}>Request</h3>
        <p className={styles.none}>
          <code>{call.message}</code>, without a body.
        </p>
      </section>
    );
  }
  return (
    <section className={styles.section}>
      <div className={styles.heading}>
        <h3 className={styles.title}>Request · {formatBytes(requestBytes)}</h3>
        {messages !== null && (
          <Segmented
            label="Request as"
            value={view}
            onChange={setView}
            options={[
              { value: 'messages', label: 'Messages' },
              { value: 'body', label: 'Exact body' },
            ]}
          />
        )}
        <CopyButton label="Copy the exact body" text={() => requestBody} />
      </div>
      {asMessages ? (
        <ol className={styles.messages}>
          {messages.map(({ role, text, parts }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a recorded request never changes
            <li key={place} className={styles.message}>
              <div className={styles.heading}>
                <h4 className={styles.role}>{roleNames[role] ?? role}</h4>
                <CopyButton label="Copy this message" text={() => text} />
              </div>
              {parts.map((part, index) =>
                part.kind === 'text' ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a recorded request never changes
                  <LongText key={index} text={part.text} />
                ) : (
                  <SentPicture key={part.picture.number} picture={part.picture} />
                ),
              )}
            </li>
          ))}
        </ol>
      ) : (
        <div className={styles.box}>
          {inWords.pictures.length > 0 && (
            <p className={styles.none}>
              {`${formatCount(inWords.pictures.length, 'picture')} ${inWords.pictures.length === 1 ? 'is' : 'are'} named and not shown as letters here. The copy of the exact body has all of it.`}
            </p>
          )}
          <LongText text={inWords.text} code />
        </div>
      )}
    </section>
  );
}

/** The reply as far as it arrived. It is untrusted, so it is shown as plain text. */
export function CallReply({ call }: { readonly call: CallDetail }) {
  const { replyBody, status } = call;
  return (
    <section className={styles.section}>
      <div className={styles.heading}>
        <h3 className={styles.title}>Reply</h3>
        {replyBody !== null && replyBody !== '' && <CopyButton label="Copy the reply" text={() => replyBody} />}
      </div>
      {replyBody === null || replyBody === '' ? (
        <p className={styles.none}>{call.damagedTexts.includes('reply') ? DAMAGED : noReplyWords(status)}</p>
      ) : (
        <div className={styles.box}>
          <LongText text={replyBody} />
        </div>
      )}
    </section>
  );
}
