/** How servers say that a model sees no pictures, or takes fewer: each sentence is one that a server was seen to send. */
import { describe, expect, it } from 'vitest';
import { notSent } from '../../src/main/llm/call-result.ts';
import { firstQuirks, toChatBody } from '../../src/main/llm/chat-body.ts';
import { readErrorBody } from '../../src/main/llm/error-body.ts';
import { kindOfRefusal } from '../../src/main/llm/refusal-kinds.ts';
import { notePictures, pictureLimitIn } from '../../src/main/llm/refused-pictures.ts';
import { problem } from '../../src/shared/problem.ts';
import { err, ok } from '../../src/shared/result.ts';
import { chatCall } from './workbench.ts';

const error = (message: string, more: object = {}) => ({ error: { message, ...more } });
const kindOf = (status: number | null, body: unknown) => kindOfRefusal(status, readErrorBody(body));

describe('a model that sees no pictures', () => {
  it.each([
    [
      'OpenAI',
      400,
      error('Invalid content type. image_url is only supported by certain models.', { type: 'invalid_request_error' }),
    ],
    [
      'vLLM',
      400,
      { object: 'error', message: '/models/DeepSeek-V3 is not a multimodal model', type: 'BadRequestError', code: 400 },
    ],
    [
      'vLLM, started without pictures',
      400,
      { object: 'error', message: 'At most 0 image(s) may be provided in one request.', code: 400 },
    ],
    [
      'llama.cpp',
      500,
      error('image input is not supported - hint: if this is unexpected, you may need to provide the mmproj', {
        type: 'server_error',
      }),
    ],
    [
      'an older llama.cpp',
      500,
      error('Failed to parse messages: Unsupported content part type: "image_url"; messages = ['),
    ],
    [
      'llama-cpp-python',
      500,
      error('Image input detected, but the loaded model is not configured with a mmproj module.'),
    ],
    ['Ollama', 400, error('this model does not support image input (ref: b8bd630e)')],
    ['an older Ollama', 500, error('this model is missing data required for image input')],
    ['LM Studio', 400, { error: 'Model does not support images. Please use a model that does.' }],
    [
      'LM Studio, with 200',
      null,
      error(
        'Error in iterating prediction stream: ValueError: Vision add-on is not loaded, but images were provided for processing',
      ),
    ],
    [
      'DeepSeek',
      400,
      error(
        'Failed to deserialize the JSON body into the target type: messages[1]: unknown variant `image_url`, expected `text` at line 1 column 679289',
      ),
    ],
    ['OpenRouter', 404, error('No endpoints found that support image input', { code: 404 })],
    ['Mistral', 400, { object: 'error', message: 'Image input is not enabled for this model', code: '3051' }],
    ['Groq', 400, error('messages[0].content must be a string', { type: 'invalid_request_error' })],
    [
      'FastAPI',
      422,
      {
        detail: 'Validation Error',
        errors: [
          {
            loc: 'body -> messages -> 0 -> content -> list[TextContentPart] -> 0 -> type',
            msg: "Input should be 'text'",
          },
        ],
      },
    ],
    ['a proxy', 400, error('The model gpt-3.5-turbo cannot process images.')],
  ])('is told from the words of %s', (_server, status, body) => {
    expect(kindOf(status, body)).toBe('pictures_not_seen');
  });
});

describe('too many pictures', () => {
  it.each([
    ['vLLM', 400, 'At most 1 image(s) may be provided in one request.', 1],
    [
      'GitHub',
      400,
      'The request contains too many images: 11 images were provided, but the model supports a maximum of 10 images.',
      10,
    ],
    ['Groq', 400, 'Too many images provided. This model supports up to 5 images', 5],
    ['Meta', 400, 'Request contains 52 images, exceeding the maximum of 50 allowed per request', 50],
    ['One API', 500, 'too many images in the message, max allowed is 16', 16],
    [
      'Xinference',
      500,
      'You set image=2 (or defaulted to 1) in `--limit-mm-per-prompt`, but passed 3 image items in the same prompt.',
      2,
    ],
    ['a proxy', 400, 'Too many images.', undefined],
  ])('are told from the words of %s, and how many it takes', (_server, status, message, limit) => {
    expect(kindOf(status, error(message))).toBe('too_many_pictures');
    expect(pictureLimitIn(message)).toEqual(limit === undefined ? {} : { limit });
  });
});

describe('what is not about pictures', () => {
  it.each([
    [404, 'No endpoints found for some/model', 'model_not_found'],
    [404, 'The model `visionary-7b` does not exist', 'model_not_found'],
    [400, "This model's maximum context length is 4096 tokens", 'context_too_long'],
    [400, 'Unsupported parameter: max_tokens', 'bad_request'],
    [500, 'Internal server error', 'server_error'],
    [429, 'Rate limit reached for images per minute: limit 50 images', 'rate_limited'],
  ])('stays what it is: %i %s', (status, message, kind) => {
    expect(kindOf(status, error(message))).toBe(kind);
  });
});

const image = { type: 'image/png', base64: 'AAAA' };
const pictures = Array.from({ length: 6 }, (_, page) => ({ label: `Page ${page + 1}:`, image }));
const call = { ...chatCall('What is it?'), turns: [{ role: 'user' as const, content: 'What is it?', pictures }] };

describe('what is learned of a model', () => {
  it('from what it took and refused', () => {
    const quirks = firstQuirks('some-model');
    const body = toChatBody(call, quirks, 'model');
    const fails = (why: ReturnType<typeof problem>) => notePictures(quirks, err(notSent(why)), body);
    fails(problem('pictures_not_seen', { host: 'host' }));
    expect(quirks).toMatchObject({ sees: false, mostPictures: null });
    fails(problem('too_many_pictures', { host: 'host' }));
    expect(quirks.mostPictures, 'half, where the server does not say').toBe(3);
    fails(problem('too_many_pictures', { host: 'host', limit: 2 }));
    expect(quirks.mostPictures).toBe(2);
    notePictures(quirks, ok({} as never), body);
    expect(quirks, 'it has taken more since').toMatchObject({ sees: true, mostPictures: null });
  });

  it('only from calls with pictures', () => {
    const quirks = firstQuirks('some-model');
    notePictures(quirks, ok({} as never), toChatBody(chatCall('Hello'), quirks, 'model'));
    expect(quirks.sees).toBeNull();
  });
});
