/** Words for what a provider answered, or why it did not. */

import { countOf, sizeOf, thousands, waitOf } from '../amounts.ts';
import type { Problem } from '../problem.ts';
import { assertNever } from '../result.ts';
import { type Edge, type ProblemWords, setWith, type Wording, words } from './words.ts';

type ProviderCode =
  | 'unauthorized'
  | 'forbidden'
  | 'model_not_found'
  | 'not_found'
  | 'rate_limited'
  | 'quota_exhausted'
  | 'context_too_long'
  | 'pictures_not_seen'
  | 'too_many_pictures'
  | 'content_refused'
  | 'bad_request'
  | 'server_error'
  | 'bad_response'
  | 'incomplete'
  | 'read_in_part'
  | 'answer_unusable'
  | 'response_too_large'
  | 'connection_failed'
  | 'tls_failed'
  | 'timeout_first_token'
  | 'timeout_idle';

const CHECK_BASE_URL = 'Check that the base URL points to an OpenAI-compatible API; it usually ends in /v1.';
const PROXY = 'A proxy in between is often the cause.';

export const providerWording: Wording<ProviderCode> = {
  unauthorized: ({ params: { host } }, edge) =>
    words(
      `${host} does not accept the API key.`,
      setWith(edge, 'Enter a valid key in Settings.', 'Set a valid key in OPENAI_API_KEY.'),
    ),
  forbidden: ({ params: { host } }) =>
    words(
      `${host} does not allow this request (HTTP 403).`,
      'The key may lack permission, or a content filter may have blocked the text.',
    ),
  model_not_found: ({ params }, edge) =>
    words(
      `${params.host} does not know ${params.model === undefined ? 'this model' : `the model ${params.model}`}, or the key is not allowed to use it.${listedWords(params)}`,
      setWith(edge, 'Choose another in Settings.', 'Choose another with --model.'),
    ),
  not_found: ({ params: { host } }) =>
    words(
      `${host} found nothing to answer this with (HTTP 404).`,
      'If every request fails like this, check the base URL; it usually ends in /v1.',
    ),
  rate_limited: ({ params: { host }, retryAfterMs }) =>
    words(
      retryAfterMs === undefined || retryAfterMs === 0
        ? `${host} asks for fewer calls at a time (HTTP 429).`
        : `${host} asks to wait ${waitOf(retryAfterMs)} before the next call (HTTP 429).`,
    ),
  quota_exhausted: ({ params: { host } }) =>
    words(
      `${host} refuses further calls because the account's quota or credit is used up.`,
      'Check your plan and billing there; waiting will not help.',
    ),
  context_too_long: contextTooLong,
  pictures_not_seen: ({ params: { host } }, edge) =>
    words(
      `This model at ${host} does not see pictures, and the recipe sends pictures of pages.`,
      setWith(
        edge,
        'Choose a model that sees, or have the recipe send the text.',
        'Choose a model that sees with --model, or send the text with --send text.',
      ),
    ),
  too_many_pictures: ({ params: { host, limit } }) =>
    words(
      limit === undefined
        ? `${host} takes fewer pictures in one request.`
        : `${host} takes at most ${countOf(limit, 'picture')} in one request.`,
    ),
  content_refused: ({ params: { host, what } }) => words(refusedWords(host, what)),
  bad_request: ({ params: { host }, httpStatus }) =>
    words(`${host} refused the request${httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`}.`),
  server_error: ({ params: { host, during }, httpStatus }) =>
    during === 'reply'
      ? words(`${host} cut its reply short with a server error.`)
      : words(
          `${host} reported a server error${httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`}.`,
          'Trying again later usually helps.',
        ),
  bad_response: badResponse,
  incomplete: ({ params: { host, reason } }) => words(incompleteWords(host, reason)),
  read_in_part: ({ params: { host, readTokens, sentTokens } }) =>
    words(
      `${host} read only about ${thousands(readTokens)} of about ${thousands(sentTokens)} tokens, so its answer covers only part of the text.`,
      'Give the model a larger context on the server, or send less text at once.',
    ),
  answer_unusable: ({ params: { misfit } }) =>
    words(
      `The model's answer could not be used, although it was asked for twice: ${misfit}`,
      'Reword the question, ask it separately, or use another model. The reply is kept.',
    ),
  response_too_large: ({ params: { host, limitBytes } }) =>
    words(`${host} sent more than ${sizeOf(limitBytes)} for one reply; Docket stopped reading.`),
  connection_failed: connectionFailed,
  tls_failed: tlsFailed,
  timeout_first_token: ({ params: { host, waitedMs, wasAlive } }) =>
    words(
      wasAlive
        ? `${host} kept the connection alive for ${seconds(waitedMs)} but wrote nothing, so Docket stopped waiting.`
        : `${host} sent nothing for ${seconds(waitedMs)}, so Docket stopped waiting.`,
      'You can raise the time-out in Settings.',
    ),
  timeout_idle: ({ params: { host, waitedMs, wasAlive } }) =>
    words(
      wasAlive
        ? `${host} stopped in the middle of its reply: for ${seconds(waitedMs)} it kept the connection alive but wrote nothing.`
        : `${host} stopped in the middle of its reply and sent nothing for ${seconds(waitedMs)}.`,
    ),
};

function listedWords({ nearest = [], listed = 0 }: Problem<'model_not_found'>['params']): string {
  if (nearest.length === 0) return '';
  const names = nearest.join(', ');
  return listed > nearest.length
    ? ` Of the ${thousands(listed)} models it lists, the nearest are ${names}.`
    : ` It lists ${names}.`;
}

function contextTooLong({ params }: Problem<'context_too_long'>): ProblemWords {
  if (params.what === 'request') {
    const { limitTokens } = params;
    const most = limitTokens === undefined ? '' : `, which is ${countOf(limitTokens, 'token')}`;
    return words(
      `The text is longer than this model can read in one request${most}.`,
      'Choose a model with a larger context, or shorten the text.',
    );
  }
  const { tokens, limitTokens, model } = params;
  const about = `about ${countOf(tokens, 'token')} long`;
  const limit = `but ${model} reads at most ${thousands(limitTokens)} at once.`;
  const larger = 'choose a model with a larger context and set its size in Settings.';
  switch (params.what) {
    case 'file':
      if (params.parts !== undefined) {
        const most = `and Docket splits a file into at most ${countOf(params.parts, 'part')} of ${thousands(limitTokens)} tokens.`;
        return words(`This file is ${about}, ${most} Nothing was sent.`, `Split the file, or ${larger}`);
      }
      return words(`This file is ${about} ${limit} Nothing was sent.`, `Split the file, or ${larger}`);
    case 'answers':
      return words(
        `The answers about the parts of this file are ${about} together, ${limit} No answer was made of them.`,
        `Ask for shorter answers, or ${larger}`,
      );
    case 'attached':
      return words(
        `${params.files === 1 ? 'The attached file is' : 'The attached files are'} ${about} ${limit} Nothing was sent.`,
        `Remove a file, or ${larger}`,
      );
    case 'conversation':
    case 'message': {
      const files = params.fileTokens === 0 ? '' : `, about ${thousands(params.fileTokens)} of them in attached files,`;
      const isMessage = params.what === 'message';
      const doFirst =
        files !== ''
          ? 'Edit the message and remove a file'
          : isMessage
            ? 'Shorten it'
            : 'Start a new conversation, edit an earlier message';
      return words(`This ${params.what} is ${about}${files} ${limit} Nothing was sent.`, `${doFirst}, or ${larger}`);
    }
    default:
      return assertNever(params);
  }
}

function refusedWords(host: string, what: Problem<'content_refused'>['params']['what']): string {
  switch (what) {
    case 'text':
      return `${host} refused this text under its content policy.`;
    case 'reply':
      return `${host} withheld the reply under its content policy.`;
    case 'answer':
      return 'The model refused to answer this.';
    default:
      return assertNever(what);
  }
}

function incompleteWords(host: string, reason: Problem<'incomplete'>['params']['reason']): string {
  switch (reason) {
    case 'closed':
      return `The connection to ${host} ended before the reply was complete.`;
    case 'unreadable':
      return `Part of the reply from ${host} could not be read.`;
    case 'stopped':
      return `${host} ended the reply before it was complete.`;
    default:
      return assertNever(reason);
  }
}

function badResponse({ params, httpStatus }: Problem<'bad_response'>): ProblemWords {
  const { host } = params;
  switch (params.reason) {
    case 'not_json':
      return words(`${host} answered with something that is not valid JSON.`, CHECK_BASE_URL);
    case 'not_http':
      return words(`The server at ${host} does not speak HTTP.`, 'Is the port right?');
    case 'headers_too_large':
      return words(`${host} sent more than 16 KB of response headers, which is more than Docket accepts.`, PROXY);
    case 'wrong_length':
      return words(
        `The length of the reply from ${host} does not match what it announced, so the reply cannot be trusted.`,
        PROXY,
      );
    case 'unasked_interim':
      return words(
        `${host} answered “${params.status === 100 ? '100 Continue' : '101 Switching Protocols'}” without being asked to, and Docket cannot read that.`,
        PROXY,
      );
    case 'redirect':
      return words(
        `${host} redirects to another address (HTTP ${httpStatus ?? 'redirect'}), which Docket does not follow.`,
        'Enter the final address as the base URL.',
      );
    case 'no_reply':
      return words(`The answer from ${host} contains no reply.`, CHECK_BASE_URL);
    case 'no_model_list':
      return words(`${host} did not answer with a list of models.`, CHECK_BASE_URL);
    case 'web_page':
      return words(`${host} answered with a web page.`, CHECK_BASE_URL);
    case 'tool_call':
      return words('The model asked for a tool instead of answering, and Docket has no tools.');
    case 'only_reasoning':
      return words(
        'The model wrote its reasoning but no answer.',
        'Ask again, or choose a model that answers directly.',
      );
    case 'no_words': {
      const limit =
        params.limitTokens === null
          ? 'its token limit'
          : `the ${thousands(params.limitTokens)} tokens allowed for its answer`;
      return words(
        `The model used up ${limit} before it wrote anything, as reasoning models can.`,
        'Choose a model that answers directly.',
      );
    }
    default:
      return assertNever(params);
  }
}

function connectionFailed({ params }: Problem<'connection_failed'>): ProblemWords {
  const { host } = params;
  switch (params.reason) {
    case 'refused':
      return words(`Nothing answers at ${host}.`, 'Is the server running, and is the port right?');
    case 'no_such_name':
      return words(`The address ${host} could not be found.`, 'Check the network and the spelling.');
    case 'timed_out':
      return words(`${host} did not answer in time.`, 'Check the network and any proxy or firewall.');
    case 'no_answer':
      return words(
        `${host} did not answer within ${seconds(params.waitedMs)}.`,
        'Check the network and any proxy or firewall.',
      );
    case 'broken':
      return words(`The connection to ${host} broke before the reply was complete.`);
    case 'builtin_not_started':
      return words('The built-in text engine did not start.', 'Try again, or restart Docket.');
    case 'slept':
      return words(`The connection to ${host} was lost while this machine was asleep.`);
    default:
      return assertNever(params);
  }
}

function tlsFailed({ params: { host, reason } }: Problem<'tls_failed'>, edge: Edge): ProblemWords {
  const failed = `The secure connection to ${host} failed`;
  switch (reason) {
    case 'not_tls':
      return words(
        `${host} does not offer a secure connection.`,
        `If it does not use encryption, ${setWith(edge, 'its address', 'its OPENAI_BASE_URL')} must begin with http://.`,
      );
    case 'clock':
      return words(`${failed}: according to this machine's clock, its certificate is not valid now.`);
    case 'wrong_name':
      return words(`${failed}: its certificate is for another name.`, 'Check the address.');
    case 'no_agreement':
      return words(`${failed}: the two sides could not agree on an encryption method.`);
    case 'untrusted':
      return words(`${failed}: its certificate is not trusted on this machine.`);
    default:
      return assertNever(reason);
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
