/** Error replies of servers: everything they say can be read, and is interpreted correctly. */
import { describe, expect, it } from 'vitest';
import { readErrorBody } from '../../src/main/llm/error-body.ts';
import { kindOfRefusal } from '../../src/main/llm/refusal-kinds.ts';
import type { RetryWait } from '../../src/shared/call-data.ts';
import { bytes, status, text } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf, testKey } from './workbench.ts';

setUpGateway();

const whole = chatCall('What did the committee decide?');
const ways = [
  ['whole', whole],
  ['streamed', { ...whole, stream: true }],
] as const;

const raw = { error: { type: 'invalid_request_error', message: 'At most 1 image per prompt.', request_id: 'req_9' } };
const openRouter = {
  error: {
    message: 'Provider returned error',
    code: 400,
    metadata: { raw: JSON.stringify(raw), provider_name: 'Crucible' },
  },
  user_id: 'user_1',
};

describe('the detail of a refusal', () => {
  it.each([
    [
      'OpenRouter, with the error behind it',
      openRouter,
      ['Provider returned error', 'At most 1 image', 'Crucible', 'req_9'],
    ],
    [
      'OpenRouter, with an event behind it',
      { error: { message: 'Provider returned error', metadata: { raw: `data: ${JSON.stringify(raw)}\n\n` } } },
      ['Provider returned error', 'At most 1 image'],
    ],
    [
      'Azure, with what its filter found',
      {
        error: {
          message: 'The response was filtered.',
          code: 'content_filter',
          innererror: {
            code: 'ResponsibleAIPolicyViolation',
            content_filter_result: { violence: { filtered: true, severity: 'high' } },
          },
        },
      },
      ['The response was filtered.', 'innererror.code: ResponsibleAIPolicyViolation', 'violence.severity: high'],
    ],
    [
      'Google, in a list',
      [
        {
          error: {
            code: 429,
            message: 'Quota exceeded.',
            status: 'RESOURCE_EXHAUSTED',
            details: [{ quotaMetric: 'free_tier_requests' }],
          },
        },
      ],
      ['Quota exceeded.', 'RESOURCE_EXHAUSTED', 'free_tier_requests'],
    ],
    [
      'FastAPI',
      { detail: [{ loc: ['body', 'top_k'], msg: 'Extra inputs are not permitted' }] },
      ['Extra inputs', 'top_k'],
    ],
    ['FastAPI, in words', { detail: 'Not authenticated' }, ['Not authenticated']],
    ['vLLM, old', { object: 'error', message: 'Too long.', code: 40303 }, ['Too long.', '40303']],
    [
      'MiniMax',
      { choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
      ['insufficient balance', '1008'],
    ],
    ['Baidu', { error_code: 336_003, error_msg: 'the length is too long' }, ['the length is too long', '336003']],
    ['Alibaba', { code: 'InvalidParameter', message: 'Range of input', request_id: 'r-1' }, ['Range of input', 'r-1']],
    [
      'Apigee',
      { fault: { faultstring: 'Spike arrest', detail: { errorcode: 'policies' } } },
      ['Spike arrest', 'policies'],
    ],
    ['AWS', { __type: 'ThrottlingException', Message: 'Rate exceeded' }, ['Rate exceeded', 'ThrottlingException']],
    [
      'problem+json',
      { type: 'about:blank', title: 'Forbidden', detail: 'No such tenant' },
      ['No such tenant', 'Forbidden'],
    ],
    [
      'Cloudflare',
      { success: false, errors: [{ code: 5_006, message: 'must have text' }] },
      ['must have text', '5006'],
    ],
    ['OAuth', { error: 'invalid_client', error_description: 'Unknown client.' }, ['invalid_client', 'Unknown client.']],
    ['a proxy, in words', { error: 'upstream gone' }, ['upstream gone']],
    ['a gateway, as a page', '<html>502 Bad Gateway</html>', ['502 Bad Gateway']],
  ])('from %s has everything it said', (_who, body, words) => {
    const { detail } = readErrorBody(body);
    for (const word of words) expect(detail).toContain(word);
    expect(detail.split('\n')[0], 'the sentence comes first').toBe(
      readErrorBody(body).message || detail.split('\n')[0],
    );
  });

  it.each(ways)('is bounded, with the reason before long lists, %s', async (_way, call) => {
    const ids = Array.from({ length: 500 }, (_, n) => `id-${n}-${'x'.repeat(400)}`);
    const body = { error: { ids, message: 'Refused.', inner: { why: 'Because of the moon.' } } };
    server.respond(status(400, { body }));
    const { detail } = failureOf(await bench.complete(call)).problem;
    expect(detail).toHaveLength(2_000);
    expect(detail).toContain('Refused.\ninner.why: Because of the moon.');
  });

  it.each(ways)('never contains the key, wherever the server repeats it, %s', async (_way, call) => {
    const body = { error: { message: 'No.', metadata: { raw: JSON.stringify({ auth: `Bearer ${testKey}` }) } } };
    server.respond(status(400, { body }));
    const { detail } = failureOf(await bench.complete(call)).problem;
    expect(detail).toContain('Bearer [key]');
  });

  it.each(ways)('is the same whether the status is 2xx or not, %s', async (_way, call) => {
    server.respond(status(200, { body: openRouter }));
    const good = failureOf(await bench.complete(call)).problem;
    server.respond(status(400, { body: openRouter }));
    const bad = failureOf(await bench.complete(call)).problem;
    expect([good.code, good.detail]).toEqual([bad.code, bad.detail]);
    expect(good.detail).toContain('At most 1 image per prompt.');
  });

  it('is the same in a stream event', async () => {
    server.respond(bytes([`data: ${JSON.stringify(openRouter)}\n\n`]));
    expect(failureOf(await bench.complete({ ...whole, stream: true })).problem).toMatchObject({
      code: 'too_many_pictures',
      detail: expect.stringContaining('At most 1 image per prompt.'),
    });
  });

  it.each(ways)('is reported if there is an error of the provider in place of a reply, %s', async (_way, call) => {
    const body = { id: '1', choices: null, base_resp: { status_code: 1_008, status_msg: 'insufficient balance' } };
    server.respond(status(200, { body }));
    expect(failureOf(await bench.complete(call)).problem).toMatchObject({
      code: 'quota_exhausted',
      detail: expect.stringContaining('insufficient balance'),
    });
    expect(server.chatRequestCount).toBe(1);
  });

  it.each(ways)('is the beginning of anything else that came, %s', async (_way, call) => {
    server.respond(status(200, { body: { choices: null, hint: 'The model sleeps.' } }));
    expect(failureOf(await bench.complete(call)).problem).toMatchObject({
      code: 'bad_response',
      detail: expect.stringContaining('The model sleeps.'),
    });
  });

  it.each([
    ['x-request-id', 'a'],
    ['request-id', 'b'],
    ['apim-request-id', 'c'],
    ['x-amzn-requestid', 'd'],
  ])('includes the id of %s', async (name, id) => {
    server.respond(
      status(400, { headers: { [name]: id, ...(name === 'x-request-id' ? {} : { 'x-request-id': '' }) } }),
    );
    expect(failureOf(await bench.complete(whole)).problem.requestId).toBe(id);
  });
});

describe('a refusal', () => {
  const named = (code: string, message = 'No.') => ({ error: { message, code } });
  it.each([
    // By name.
    [429, named('insufficient_quota'), 'quota_exhausted'],
    [429, named('exceeded_current_quota_error'), 'quota_exhausted'],
    [400, named('Arrearage'), 'quota_exhausted'],
    [403, { error: { type: 'insufficient_user_quota', message: 'No.' } }, 'quota_exhausted'],
    [400, named('context_length_exceeded'), 'context_too_long'],
    [400, { error: { code: 400, type: 'exceed_context_size_error', message: 'No.' } }, 'context_too_long'],
    [400, named('data_inspection_failed'), 'content_refused'],
    [400, { error: { innererror: { code: 'ResponsibleAIPolicyViolation' } } }, 'content_refused'],
    [404, named('DeploymentNotFound'), 'model_not_found'],
    [400, { error: { message: 'No.', details: [{ reason: 'API_KEY_INVALID' }] } }, 'unauthorized'],
    [403, named('rate_limit_exceeded'), 'rate_limited'],
    // By words.
    [400, named('x', 'the request exceeds the available context size'), 'context_too_long'],
    [400, named('x', 'Your credit balance is too low to access the API.'), 'quota_exhausted'],
    [
      400,
      { error: { message: 'Provider returned error', metadata: { raw: 'prompt is too long' } } },
      'context_too_long',
    ],
    [429, named('x', 'Too many tokens per minute, maximum context'), 'rate_limited'],
    [400, named('invalid_request_error', 'Model Not Exist'), 'model_not_found'],
    [400, named('InvalidParameter', 'Model not exist.'), 'model_not_found'],
    [400, { error: { message: 'qwen/qwen9 is not a valid model ID', code: 400 } }, 'model_not_found'],
    [404, { error: { message: 'No endpoints found for qwen/qwen9.', code: 404 } }, 'model_not_found'],
    [
      400,
      { error: { message: '/chat/completions: Invalid model name passed in model=gpt-9. Call `/v1/models` to view' } },
      'model_not_found',
    ],
    [400, { error: 'No models loaded. Please load a model in the developer page.' }, 'model_not_found'],
    [400, named('x', 'Invalid model identifier "o4". Please specify a valid downloaded model'), 'model_not_found'],
    [400, { object: 'error', message: 'Invalid model: mistral-9', type: 'invalid_model' }, 'model_not_found'],
    [404, { error: "model 'llama9' not found, try pulling it first" }, 'model_not_found'],
    [null, { error: "model 'llama9' not found, try pulling it first" }, 'model_not_found'],
    [400, named('model_decommissioned', 'The model `llama9` has been decommissioned.'), 'model_not_found'],
    [400, named('x', 'The requested model `gpt-4-1106` does not exist.'), 'model_not_found'],
    [400, named('x', 'Invalid model parameter: temperature'), 'bad_request'],
    // By status.
    [401, named('x'), 'unauthorized'],
    [402, named('x'), 'quota_exhausted'],
    [403, named('x'), 'forbidden'],
    [404, named('x', 'model "m" not found'), 'model_not_found'],
    [404, '404 page not found', 'not_found'],
    [408, '', 'server_error'],
    [413, named('x'), 'context_too_long'],
    [422, named('x'), 'bad_request'],
    [429, '', 'rate_limited'],
    [500, named('x'), 'server_error'],
    [529, named('overloaded_error'), 'server_error'],
    // By a field of the body, with a 2xx status.
    [null, { error: { code: 429, message: 'Slow down.' } }, 'rate_limited'],
    [null, { error: { status: 'RESOURCE_EXHAUSTED', message: 'Slow down.' } }, 'rate_limited'],
    [null, { error: { message: 'Rate limit exceeded' } }, 'rate_limited'],
    [null, { error: { code: '401', message: 'No.' } }, 'unauthorized'],
    [null, named('invalid_api_key'), 'unauthorized'],
    [null, { error: { code: 502, message: 'No.' } }, 'server_error'],
    [null, { error: 'overloaded' }, 'server_error'],
  ] as const)('%s with %j is %s', (httpStatus, body, code) => {
    expect(kindOfRefusal(httpStatus, readErrorBody(body))).toBe(code);
  });

  it('is waited out as long as its body says, and the wait is reported', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.3s' }];
    server.respond([status(429, { body: { error: { message: 'Quota.', details } } }), text('Fine.')]);
    const waits: RetryWait[] = [];
    expect(replyOf(await bench.complete(whole, { onRetry: (wait) => waits.push(wait) })).text).toBe('Fine.');
    expect(waits).toMatchObject([{ delayMs: 300, problem: { code: 'rate_limited', retryAfterMs: 300 } }]);
    const [first, second] = server.chatRequests;
    expect((second?.receivedAt ?? 0) - (first?.closedAt ?? 0)).toBeGreaterThanOrEqual(290);
  });

  it('is waited out as long as the headers of its limit say', async () => {
    const headers = { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '250ms' };
    server.respond([status(429, { headers }), text('Fine.')]);
    const waits: RetryWait[] = [];
    replyOf(await bench.complete(whole, { onRetry: (wait) => waits.push(wait) }));
    expect(waits).toMatchObject([{ delayMs: 250 }]);
  });
});
