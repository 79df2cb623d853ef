import type { ReactNode } from 'react';
import type { CallDetail } from '../../../shared/call-data.ts';
import { neverSetOut } from '../../../shared/never-set-out.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatDuration, formatExactTime, formatNumber, formatTokens } from '../ui/format.ts';
import styles from './call-detail.module.css';
import { readParameters } from './call-words.ts';

/** Times, tokens, parameters and ids of a call. Says so if a value is unknown. */
export function CallFacts({ call }: { readonly call: CallDetail }) {
  const { model, modelAnswered, requestId, finishReason, timeToFirstTokenMs } = call;
  const parameters = readParameters(call);
  const answeredByOther = modelAnswered !== null && modelAnswered !== model;
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>Details</h3>
      <dl className={styles.facts}>
        <Fact name={call.sent ? 'Sent' : 'Recorded'}>{formatExactTime(call.createdAt)}</Fact>
        <Fact name="To">{call.host}</Fact>
        <Fact name="Model">
          {model}
          {answeredByOther && `, answered by ${modelAnswered}`}
        </Fact>
        {call.fileName !== null && <Fact name="File">{call.fileName}</Fact>}
        <Fact name="Time taken">{timeWords(call)}</Fact>
        {timeToFirstTokenMs !== null && <Fact name="First token">{exactDuration(timeToFirstTokenMs)}</Fact>}
        <Fact name="Tokens">{tokenWords(call)}</Fact>
        {call.cachedTokens !== null && (
          <Fact name="Cached tokens">{formatNumber(call.cachedTokens)} of the prompt</Fact>
        )}
        {call.reasoningTokens !== null && <Fact name="Reasoning tokens">{formatNumber(call.reasoningTokens)}</Fact>}
        {call.usage !== null && (
          <Fact name="Usage" copy={call.usage}>
            <code className={styles.usage}>{call.usage}</code>
          </Fact>
        )}
        {parameters.length > 0 && (
          <Fact name="Parameters">
            <span className={styles.parameters}>
              {parameters.map((parameter) => (
                <code key={parameter}>{parameter}</code>
              ))}
            </span>
          </Fact>
        )}
        <Fact name="Attempt">{call.attempt}</Fact>
        {call.httpStatus !== null && <Fact name="HTTP status">{call.httpStatus}</Fact>}
        {finishReason !== null && <Fact name="Ended by">{finishReason}</Fact>}
        {requestId !== null && (
          <Fact name="Request ID" copy={requestId}>
            <code>{requestId}</code>
          </Fact>
        )}
        <Fact name="User">{call.userId}</Fact>
        <Fact name="Row">{call.id}</Fact>
      </dl>
    </section>
  );
}

const ON_ITS_WAY = 'not known yet';

function timeWords(call: CallDetail): string {
  const { status, latencyMs } = call;
  if (neverSetOut(call)) return 'none: it was not sent';
  if (latencyMs !== null) return exactDuration(latencyMs);
  return status === 'open' ? ON_ITS_WAY : 'unknown';
}

function tokenWords({ task, status, llm, promptTokens, completionTokens, totalTokens }: CallDetail): string {
  if (task === 'models') return 'n/a: asking a server about its models takes none';
  if (!llm) return 'n/a: the built-in engine has none';
  if (status === 'open') return ON_ITS_WAY;
  const total = formatTokens(totalTokens, llm);
  if (promptTokens === null && completionTokens === null) return total;
  return `${total} (${formatTokens(promptTokens, llm)} in, ${formatTokens(completionTokens, llm)} out)`;
}

/** Shown as precisely as it is stored: tenths of a millisecond below a second. */
function exactDuration(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(1)} ms` : formatDuration(ms);
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly copy?: string;
}

function Fact({ name, children, copy }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span data-selectable>{children}</span>
        {copy !== undefined && <CopyButton label={`Copy ${name}`} text={() => copy} />}
      </dd>
    </>
  );
}
