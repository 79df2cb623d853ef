import { describe, expect, it } from 'vitest';
import { askedWait } from '../../src/main/llm/asked-wait.ts';
import { readErrorBody } from '../../src/main/llm/error-body.ts';

const now = Date.parse('2026-03-01T10:00:00Z');

function wait(headers: Record<string, string>, body: unknown = '', isLimit = true): number | undefined {
  return askedWait(new Headers(headers), readErrorBody(body), isLimit, now);
}

describe('the wait that a server asks for in a header', () => {
  it.each([
    [{ 'retry-after': '90' }, 90_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '20s' }, 20_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 10:00:20 GMT' }, 20_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 1_500],
    [{ 'retry-after-ms': 'x', 'retry-after': '2' }, 2_000],
    [{ 'x-ms-retry-after-ms': '700' }, 700],
    [{ 'x-retry-after': '3' }, 3_000],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
    // OpenAI and Groq send both limits with each reply; one of them is used up.
    [
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '8.64s',
        'x-ratelimit-remaining-tokens': '149000',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      8_640,
    ],
    [{ 'x-ratelimit-reset-requests': '2m59.56s', 'x-ratelimit-reset-tokens': '7.66s' }, 7_660],
    [{ 'x-ratelimit-reset-tokens': '12ms' }, 12],
    // Anthropic.
    [
      {
        'anthropic-ratelimit-requests-remaining': '40',
        'anthropic-ratelimit-requests-reset': '2026-03-01T10:00:01Z',
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': '2026-03-01T10:00:33Z',
      },
      33_000,
    ],
    // The IETF drafts.
    [{ 'ratelimit-reset': '50' }, 50_000],
    [{ ratelimit: 'limit=100, remaining=0, reset=17' }, 17_000],
    [{ ratelimit: '"default";r=0;t=30' }, 30_000],
    // OpenRouter; GitHub; others.
    [{ 'x-ratelimit-reset': String(now + 4_000) }, 4_000],
    [{ 'x-ratelimit-reset': String(now / 1_000 + 9) }, 9_000],
    [{ 'x-ratelimit-reset': '25' }, 25_000],
    [{ 'x-ratelimit-reset-after': '1.5' }, 1_500],
    [{ 'x-ratelimit-reset': 'tomorrow' }, undefined],
    // An explicit wait takes precedence over a guess.
    [{ 'retry-after': '1', 'x-ratelimit-reset': '25' }, 1_000],
  ])('%j is %s ms', (headers, expected) => {
    expect(wait(headers as Record<string, string>)).toBe(expected);
  });

  it('ignores a limit that is not used up', () => {
    expect(wait({ 'x-ratelimit-reset-tokens': '6m0s' }, '', false)).toBeUndefined();
    expect(wait({ 'retry-after': '3' }, '', false)).toBe(3_000);
  });
});

describe('the wait that a server asks for in the body', () => {
  const said = (message: string) => ({ error: { message, code: 'rate_limit_exceeded' } });
  it.each([
    // Google, three ways.
    [{ error: { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '12s' }] } }, 12_000],
    [[{ error: { details: [{ retryDelay: '36.5s' }] } }], 36_500],
    [{ error: { details: [{ retryDelay: { seconds: '7', nanos: 0 } }] } }, 7_000],
    // OpenRouter: the headers of the limit, and the upstream error as text or as an event.
    [{ error: { metadata: { headers: { 'X-RateLimit-Reset': String(now + 3_000) } } } }, 3_000],
    [{ error: { metadata: { raw: '{"error":{"message":"Please try again in 4.2s."}}' } } }, 4_200],
    [{ error: { metadata: { raw: 'data: {"error":{"retry_after":5}}\n\n' } } }, 5_000],
    [{ error: { metadata: { raw: 'Busy upstream. Please retry after 6 seconds.' } } }, 6_000],
    // Hugging Face; ChatGPT; proxies.
    [{ error: 'Model is currently loading', estimated_time: 20 }, 20_000],
    [{ error: { type: 'usage_limit_reached', resets_in_seconds: 42 } }, 42_000],
    [{ error: 'Too many requests', retryAfter: 8 }, 8_000],
    [{ detail: { retry_after_ms: 250 } }, 250],
    [{ error: { retry_at: '2026-03-01T10:00:15Z' } }, 15_000],
    // OpenAI, Groq.
    [said('Limit 7000, Used 0, Requested ~12903. Please try again in 50.597142857s. Visit https://x.'), 50_597.142857],
    [said('Limit 300000, Used 286751. Please try again in 579ms. Visit https://x to learn more.'), 579],
    [said('Please try again in 1m9.696s. Visit'), 69_696],
    [said('Please try again in 6m0s.'), 360_000],
    [said('Please try again in 1h2m3s.'), 3_723_000],
    // Azure; Firecrawl; others.
    [said('Please retry after 20 seconds. Please contact Azure support'), 20_000],
    [said('Requests have exceeded call rate limit. Retry your request after 3 seconds.'), 3_000],
    [said('Upgrade your plan or please retry after 25s, resets at Wed Oct 23 2024'), 25_000],
    [said('Slow down: wait 1.5 minutes before the next request.'), 90_000],
    [said('You must wait for 10 sec.'), 10_000],
    [said('The limit resets in 30 secs'), 30_000],
    [said('Please try again in 2 hours 5 min.'), 7_500_000],
    [said('Please try again in 7 days'), 604_800_000],
    // Words without a time.
    [said('Please try again later.'), undefined],
    [said('Please try again in a moment.'), undefined],
    [said('You may send 10 requests in 60 s.'), undefined],
    [said('Wait for version 2 s.v.p.'), undefined],
    ['<html>429 Too Many Requests</html>', undefined],
  ])('%j is %s ms', (body, expected) => {
    const found = wait({}, body);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(expected, 3);
  });

  it('is found quickly in a hostile body', () => {
    const hostile = [`try again in ${'1'.repeat(100_000)}`, 'try '.repeat(50_000), `wait ${'1 s '.repeat(50_000)}`];
    const before = process.cpuUsage().user;
    for (const message of hostile) wait({}, said(message));
    let deep: unknown = 'x';
    for (let n = 0; n < 5_000; n += 1) deep = { error: deep };
    wait({}, deep);
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(500);
  });
});
