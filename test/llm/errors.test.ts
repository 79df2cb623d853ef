import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/main/common/sleep.ts';
import { toProblem } from '../../src/main/llm/errors.ts';
import { MAX_ATTEMPTS, MAX_RETRY_AFTER_MS, retryDelay } from '../../src/main/llm/retry.ts';
import type { Problem, ProblemCode } from '../../src/shared/problem.ts';
import { exportedProblem, problemSentence } from '../../src/shared/problem-words.ts';

const coded = (code: string) => Object.assign(new Error(`failed: ${code}`), { code });

describe('a failure of the network', () => {
  it.each([
    ['ECONNREFUSED', 'connection_failed', 'Nothing answers at host:1'],
    ['ENOTFOUND', 'connection_failed', 'could not be found'],
    ['EAI_AGAIN', 'connection_failed', 'could not be found'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connection_failed', 'did not answer in time'],
    ['ECONNRESET', 'connection_failed', 'broke before the reply was complete'],
    ['UND_ERR_SOCKET', 'connection_failed', 'broke before the reply was complete'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_failed', 'certificate is not trusted'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failed', 'certificate is not trusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_failed', 'certificate is not trusted'],
    ['CERT_HAS_EXPIRED', 'tls_failed', 'not valid now'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed', 'for another name'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failed', 'must begin with http://'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls_failed', 'could not agree on an encryption'],
    ['UND_ERR_DESTROYED', 'shutting_down', 'closed the connection'],
    ['UND_ERR_INVALID_ARG', 'unexpected', 'could not be sent'],
  ] as const)('%s is %s', (code, expected, words) => {
    const wrapped = new OpenAI.APIConnectionError({ cause: new TypeError('fetch failed', { cause: coded(code) }) });
    for (const error of [coded(code), wrapped]) {
      expect(exportedProblem(toProblem(error, 'host:1'))).toMatchObject({
        code: expected,
        message: expect.stringContaining(words),
        detail: `failed: ${code}`,
      });
      expect(problemSentence(toProblem(error, 'host:1'))).not.toContain(code);
    }
  });

  it('has its code in the detail if the message does not contain it', () => {
    const error = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
    expect(toProblem(error, 'host').detail).toBe('other side closed (UND_ERR_SOCKET)');
  });

  it('without a code is a bug, so the text is not sent again', () => {
    const found = toProblem(new TypeError('x is not a function'), 'host');
    expect(found.code).toBe('unexpected');
    expect(retryDelay(found, 1)).toBeNull();
  });
});

describe('the wait before the next attempt', () => {
  const failed = (code: ProblemCode, retryAfterMs?: number) =>
    ({ code, params: { host: 'host:1' }, retryAfterMs }) as Problem;
  const most = () => 0.999_999;

  it('is random up to a limit that doubles', () => {
    const ceilings = [1, 2, 3, 4].map((attempt) => retryDelay(failed('server_error'), attempt, most));
    expect(ceilings.map((ms) => Math.round(ms ?? 0))).toEqual([500, 1_000, 2_000, 4_000]);
    expect(retryDelay(failed('server_error'), 4, () => 0)).toBe(0);
  });

  it('is never shorter than the server asks', () => {
    expect(retryDelay(failed('rate_limited', 7_000), 1, () => 0)).toBe(7_000);
    expect(retryDelay(failed('rate_limited', 7_000), 1, most)).toBeLessThanOrEqual(7_500);
    expect(retryDelay(failed('rate_limited', MAX_RETRY_AFTER_MS), 1, () => 0)).toBe(MAX_RETRY_AFTER_MS);
    expect(retryDelay(failed('rate_limited', MAX_RETRY_AFTER_MS + 1), 1, () => 0)).toBeNull();
  });

  it('also grows if the server asks for no wait, or for a time in the past', () => {
    expect(Math.round(retryDelay(failed('rate_limited', 0), 4, most) ?? 0)).toBe(4_000);
    expect(retryDelay(failed('rate_limited', 1_000), 1, most)).toBeGreaterThanOrEqual(1_000);
  });

  it('does not follow the last attempt', () => {
    expect(retryDelay(failed('server_error'), MAX_ATTEMPTS - 1, most)).not.toBeNull();
    expect(retryDelay(failed('server_error'), MAX_ATTEMPTS, most)).toBeNull();
  });

  it.each([
    'quota_exhausted',
    'unauthorized',
    'timeout_first_token',
    'timeout_idle',
    'incomplete',
    'bad_response',
    'cancelled',
    'tls_failed',
  ] as const)('does not come after %s', (code) => {
    expect(retryDelay(failed(code), 1, most)).toBeNull();
  });

  it('ends at once when the call is cancelled', async () => {
    await sleep(1_000_000, AbortSignal.abort());
    const stop = new AbortController();
    const waited = sleep(1_000_000, stop.signal);
    stop.abort();
    await expect(waited).resolves.toBeUndefined();
  });
});
