import { describe, expect, it } from 'vitest';
import { type Problem, problem } from '../../src/shared/problem.ts';
import { actionOf, severityOf } from '../../src/shared/problem-action.ts';
import { exportedProblem, problemSentence, problemWords, whatHappened } from '../../src/shared/problem-words.ts';

const host = 'api.example.com';
const over = { tokens: 2_500, limitTokens: 1_000, model: 'gpt-4o-mini' };

/** One problem of each cause, in every variant of its wording. */
const all: readonly Problem[] = [
  problem('unauthorized', { host }),
  problem('forbidden', { host }),
  problem('model_not_found', { host }),
  problem('not_found', { host }),
  problem('rate_limited', { host }),
  problem('rate_limited', { host }, { retryAfterMs: 90_000 }),
  problem('quota_exhausted', { host }),
  problem('context_too_long', { what: 'request' }),
  problem('context_too_long', { what: 'file', ...over }),
  problem('context_too_long', { what: 'attached', files: 2, ...over }),
  problem('context_too_long', { what: 'conversation', fileTokens: 0, ...over }),
  problem('context_too_long', { what: 'conversation', fileTokens: 750, ...over }),
  problem('context_too_long', { what: 'message', fileTokens: 0, ...over }),
  problem('context_too_long', { what: 'message', fileTokens: 750, ...over }),
  ...(['text', 'reply', 'answer'] as const).map((what) => problem('content_refused', { host, what })),
  problem('bad_request', { host }, { httpStatus: 400 }),
  ...(['request', 'reply'] as const).map((during) => problem('server_error', { host, during })),
  ...(
    [
      'not_json',
      'not_http',
      'headers_too_large',
      'wrong_length',
      'redirect',
      'no_reply',
      'no_model_list',
      'web_page',
      'tool_call',
      'only_reasoning',
    ] as const
  ).map((reason) => problem('bad_response', { host, reason })),
  problem('bad_response', { host, reason: 'unasked_interim', status: 100 }),
  problem('bad_response', { host, reason: 'no_words', limitTokens: null }),
  ...(['closed', 'unreadable', 'stopped'] as const).map((reason) =>
    problem('incomplete', { host, reason }, { partialKept: true }),
  ),
  problem('read_in_part', { host, readTokens: 2_048, sentTokens: 10_000 }, { partialKept: true }),
  problem('response_too_large', { host, limitBytes: 16_000_000 }),
  ...(['refused', 'no_such_name', 'timed_out', 'broken', 'slept', 'builtin_not_started'] as const).map((reason) =>
    problem('connection_failed', { host, reason }),
  ),
  problem('connection_failed', { host, reason: 'no_answer', waitedMs: 15_000 }),
  ...(['not_tls', 'clock', 'wrong_name', 'no_agreement', 'untrusted'] as const).map((reason) =>
    problem('tls_failed', { host, reason }),
  ),
  ...[true, false].flatMap((wasAlive) => [
    problem('timeout_first_token', { host, waitedMs: 60_000, wasAlive }),
    problem('timeout_idle', { host, waitedMs: 60_000, wasAlive }),
  ]),
  ...(['file', 'link_target', 'attached_text', 'attached_file'] as const).map((what) =>
    problem('file_vanished', { what }),
  ),
  ...(['permission', 'path_too_long', 'locked', 'name_encoding', 'no_file_here'] as const).map((reason) =>
    problem('file_unreadable', { reason }),
  ),
  problem('file_unreadable', { reason: 'system', systemCode: 'EIO' }),
  ...(['disk_full', 'not_allowed', 'no_folder', 'other'] as const).map((reason) =>
    problem('file_unwritable', { name: 'results.csv', reason }),
  ),
  ...(['no_bytes', 'white_space', 'docx', 'workbook', 'presentation', 'document'] as const).map((what) =>
    problem('file_empty', { what }),
  ),
  problem('file_too_large', { what: 'file', bytes: 2e9, limitBytes: 5e7 }),
  problem('file_too_large', { what: 'unpacked', bytes: 2e9, limitBytes: 5e7 }),
  problem('file_too_large', { what: 'parts', count: 6_000, limit: 5_000 }),
  problem('file_too_large', { what: 'ratio', count: 2_000, limit: 200 }),
  problem('file_too_large', { what: 'cells', limit: 10_000_000 }),
  problem('file_too_large', { what: 'attached_text', characters: 8_000_005, limitCharacters: 8_000_000 }),
  problem('file_unsupported', { what: 'kind', kind: 'xlsb' }),
  problem('file_unsupported', { what: 'special', special: 'socket' }),
  ...(['xfa_form', 'docx_parts', 'docx_master'] as const).map((what) => problem('file_unsupported', { what })),
  problem('file_unsupported', { what: 'portfolio', files: 1 }),
  problem('file_binary', { named: null, kind: null }),
  problem('file_binary', { named: '.txt', kind: 'png' }),
  ...(['office', 'pdf', 'zip'] as const).map((format) => problem('file_encrypted', { format })),
  ...(['pdf', 'docx', 'workbook', 'presentation', 'document', 'zip'] as const).map((what) =>
    problem('file_damaged', { what }),
  ),
  problem('file_damaged', { what: 'pdf_page', page: 2, pages: 5 }),
  problem('file_damaged', { what: 'pdf_damaged_pages', damaged: [4], pages: 5 }),
  problem('file_damaged', { what: 'pdf_damaged_pages', damaged: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31], pages: 50 }),
  problem('file_damaged', { what: 'beginning', named: '.pdf' }),
  ...(['pdf_images', 'pdf_pages', 'not_recognised', 'no_words', 'images_inside'] as const).map((what) =>
    problem('file_no_text', { what, pages: 12 }),
  ),
  problem('file_no_text', { what: 'no_words', pages: 1 }),
  ...(['too_slow', 'too_large', 'not_drawn'] as const).map((lost) =>
    problem('file_no_text', { what: 'pages_lost', pages: 3, lost }),
  ),
  problem('file_too_large', { what: 'pixels', width: 100_000, height: 100_000, limit: 100_000_000 }),
  ...(
    [
      'pdf_fonts',
      'docx_images',
      'presentation_images',
      'presentation_drawings',
      'document_objects',
      'workbook_images',
      'workbook_objects',
      'workbook_drawings',
      'images',
      'html',
    ] as const
  ).map((what) => problem('file_no_text', { what })),
  problem('file_loop', {}),
  problem('page_not_drawn', { why: 'too_slow' }),
  problem('page_not_drawn', { why: 'too_large' }),
  problem('page_not_drawn', { why: 'not_drawn' }),
  problem('page_not_drawn', { why: 'changed' }),
  problem('page_not_drawn', { why: 'attached_changed' }),
  problem('page_not_drawn', { why: 'attached_before' }),
  problem('file_outside', { target: '/home/someone/keys.txt' }),
  problem('file_outside', { target: '/home/someone/keys.txt', replaced: true }),
  problem('extract_timeout', { limitMs: 60_000 }),
  problem('extract_timeout', { limitMs: 60_000, stalled: true }),
  problem('extract_memory', { limitBytes: 512_000_000 }),
  ...(['call', 'reading'] as const).map((what) => problem('cancelled', { what })),
  ...(['reply', 'reading', 'call', 'trial'] as const).map((what) => problem('interrupted', { what })),
  problem('in_doubt', { host }),
  ...(['model', 'address', 'key', 'provider'] as const).map((missing) => problem('not_configured', { missing })),
  problem('invalid_input', { what: 'schema', said: 'Write a message or attach a file.' }),
  ...(['too_many_attached', 'too_many_files'] as const).map((what) => problem('invalid_input', { what, limit: 20 })),
  ...(['conversation_gone', 'batch_gone', 'item_gone', 'call_gone', 'key_characters', 'one_by_one'] as const).map(
    (what) => problem('invalid_input', { what }),
  ),
  ...(
    [
      'route',
      'page',
      'reply_arriving',
      'batch_running',
      'batch_not_begun',
      'exporting',
      'files_unknown',
      'file_opened',
    ] as const
  ).map((what) => problem('not_allowed', { what })),
  ...(['attach', 'drop'] as const).map((use) => problem('not_allowed', { what: 'grant_expired', use })),
  problem('not_allowed', { what: 'provider_changed', begunWith: 'OpenAI', model: 'gpt-4o-mini', now: 'Ollama' }),
  ...(['call', 'results', 'reply', 'data'] as const).flatMap((what) =>
    (['disk_full', 'damaged', 'read_only', 'locked', 'other'] as const).map((cause) =>
      problem('store_failed', { what, cause }),
    ),
  ),
  ...(['docket', 'reply', 'reading', 'attaching'] as const).map((what) => problem('shutting_down', { what })),
  ...(['request', 'call', 'file', 'batch', 'reply', 'reader'] as const).map((where) =>
    problem('unexpected', { where }),
  ),
  problem('recorded', { code: 'rate_limited', message: 'Docket 0.1 said this.' }),
];

describe('the words for a problem', () => {
  it.each(all.map((each) => [JSON.stringify({ code: each.code, ...each.params }), each] as const))(
    'are whole sentences without gaps, in a window and at a terminal: %s',
    (_name, each) => {
      for (const edge of ['window', 'terminal'] as const) {
        const { what, advice } = problemWords(each, edge);
        expect(what).toMatch(/^\S.*[.?!]$/su);
        expect(advice).toMatch(/^(?:\S.*[.?!])?$/su);
        expect(`${what} ${advice}`).not.toMatch(/undefined|null|NaN|\[object|\s{2}|\.\./u);
      }
    },
  );

  it('call one thing by one name', () => {
    expect(all.map((each) => problemSentence(each)).filter((sentence) => /timeouts?\b/i.test(sentence))).toEqual([]);
  });

  it('distinguish every cause', () => {
    const sentences = all.map((each) => problemSentence(each));
    const twice = sentences.filter((sentence, place) => sentences.indexOf(sentence) !== place);
    // For the user, a file that was not read is the same whatever closed Docket.
    expect(twice).toEqual(['Docket closed before it had read this file.'].filter((same) => twice.includes(same)));
  });

  it('do not send anyone from a terminal to Settings for what is set in the terminal', () => {
    const key = problem('unauthorized', { host });
    expect(problemSentence(key)).toBe(`${host} does not accept the API key. Enter a valid key in Settings.`);
    expect(problemSentence(key, 'terminal')).toBe(
      `${host} does not accept the API key. Set a valid key in OPENAI_API_KEY.`,
    );
  });

  it('keep the advice separate, for when Docket retries by itself', () => {
    const failed = problem('server_error', { host, during: 'request' }, { httpStatus: 503 });
    expect(whatHappened(failed)).toBe(`${host} reported a server error (HTTP 503).`);
    expect(problemSentence(failed)).toBe(
      `${host} reported a server error (HTTP 503). Trying again later usually helps.`,
    );
  });

  it('say that part of the reply is kept, before the advice', () => {
    const cut = problem('connection_failed', { host, reason: 'timed_out' }, { partialKept: true });
    expect(problemSentence(cut)).toBe(
      `${host} did not answer in time. The part that arrived is kept. Check the network and any proxy or firewall.`,
    );
  });

  it('blame the disk only if the disk is the cause', () => {
    const causes = (['disk_full', 'damaged', 'read_only', 'locked', 'other'] as const).map((cause) =>
      problemSentence(problem('store_failed', { what: 'call', cause })),
    );
    expect(causes.filter((sentence) => /full/.test(sentence))).toHaveLength(1);
  });

  it('are exported with the code', () => {
    expect(exportedProblem(problem('file_loop', {}))).toMatchObject({
      code: 'file_loop',
      params: {},
      message: expect.stringContaining('leads back to itself'),
    });
  });
});

describe('what a person can do about a problem', () => {
  it.each([
    [problem('unauthorized', { host }), { kind: 'open_settings', field: 'key' }],
    [problem('not_configured', { missing: 'address' }), { kind: 'open_settings', field: 'baseUrl' }],
    [problem('not_configured', { missing: 'model' }), { kind: 'choose_model' }],
    [problem('file_damaged', { what: 'pdf' }), { kind: 'show_file' }],
    [problem('connection_failed', { host, reason: 'broken' }), { kind: 'retry' }],
    [problem('connection_failed', { host, reason: 'refused' }), { kind: 'open_settings', field: 'baseUrl' }],
    [problem('quota_exhausted', { host }), null],
  ] as const)('%o', (why, action) => {
    expect(actionOf(why)).toEqual(action);
  });

  it('is an error if it needs the user, and less if it is transient or intended', () => {
    expect(all.map(severityOf)).toContain('warning');
    expect(severityOf(problem('unauthorized', { host }))).toBe('error');
    expect(severityOf(problem('rate_limited', { host }))).toBe('warning');
    expect(severityOf(problem('cancelled', { what: 'call' }))).toBe('info');
  });
});
