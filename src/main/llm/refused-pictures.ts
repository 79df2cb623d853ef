/** How servers refuse pictures: all, for a model that only reads, or more than it takes in one request. */
import type { Result } from '../../shared/result.ts';
import type { CallFailure, Reply } from './call-result.ts';
import { type ChatBody, picturesIn, type Quirks } from './chat-body.ts';

const PICTURES = '(?:images?|pictures?|vision|image_url|multi-?modal)';
/** Servers answer with any of these; LM Studio also with 200 and an error in the body. */
const STATUSES = [null, 400, 404, 413, 415, 422, 500, 501];

/** What says how many, each with the group `limit`, or without where the server does not say. The first match counts. */
const TOO_MANY: readonly RegExp[] = [
  // vLLM; with 0 for a model that takes none, which is another refusal.
  /at most (?<limit>[1-9]\d*) images?(?:\(s\))? may be provided/i,
  // Xinference.
  /you set image=(?<limit>[1-9]\d*) \(or defaulted to \d+\)/i,
  // GitHub; Azure.
  /model supports a maximum of (?<limit>\d+) images/i,
  // Groq.
  /too many images provided[^.]*\. this model supports up to (?<limit>\d+) images/i,
  // One API and those made from it.
  /too many images in the message, max allowed is (?<limit>\d+)/i,
  // Meta.
  /images, exceeding the maximum of (?<limit>\d+)/i,
  // Mistral.
  /(?:number of images|images? count)[^.\n]{0,60}?(?:exceeds?|above|more than|maximum|limit)[^\d\n]{0,40}(?<limit>[1-9]\d*)/i,
  /(?:max(?:imum)?|at most|up to|limit(?:ed)?(?: is| of| to)?)[^\d\n]{0,30}(?<limit>[1-9]\d*) (?:images?|pictures?)\b/i,
  /too many (?:images|pictures|image_urls?)/i,
];

/** How servers say that a model takes no pictures at all. */
const NOT_SEEN: readonly RegExp[] = [
  // OpenAI and Azure.
  /image_url is only supported by certain models/i,
  // vLLM: of a model that does not see, and of one that was started without pictures.
  /is not a multi-?modal model/i,
  /at most 0 images?(?:\(s\))? may be provided/i,
  // llama.cpp, in two versions; llama-cpp-python.
  /image input is not supported/i,
  /unsupported content part type: ?\\?"?image_url/i,
  /not configured with a mmproj|not compiled for multimodal/i,
  // Ollama.
  /missing data required for image input/i,
  // LM Studio, twice.
  /model does not support images/i,
  /vision add-on is not loaded/i,
  // DeepSeek.
  /unknown variant [`'"]?image_url/i,
  // OpenRouter and Xiaomi.
  /no endpoints found that support (?:image|vision)/i,
  // Mistral.
  /image input is not enabled/i,
  // Groq, older models; FastAPI servers with a content of text alone.
  /content['"`]? must be a string/i,
  /content -> (?:str|list\[TextContentPart\])[\s\S]{0,80}?(?:valid string|should be 'text')/i,
  new RegExp(
    `(?:does(?: not|n't)|do(?: not|n't)|cannot|can't|not able to|unable to) (?:currently )?(?:support|accept|take|process|handle|read|view|see)[^.\\n]{0,40}${PICTURES}`,
    'i',
  ),
  new RegExp(
    `${PICTURES}[^.\\n]{0,40}(?:(?:is|are) not (?:supported|accepted|allowed|enabled|available)|not supported|unsupported)`,
    'i',
  ),
  new RegExp(`unsupported[^.\\n]{0,40}${PICTURES}`, 'i'),
];

/** The first that matches counts: what names a number of pictures is not about all of them. */
export const PICTURE_REFUSALS = [
  ...TOO_MANY.map((words) => ({ code: 'too_many_pictures', words, statuses: STATUSES }) as const),
  ...NOT_SEEN.map((words) => ({ code: 'pictures_not_seen', words, statuses: STATUSES }) as const),
];

/** How many pictures a server says it takes; nothing if it does not. */
export function pictureLimitIn(detail: string): { readonly limit?: number } {
  for (const wording of TOO_MANY) {
    const found = wording.exec(detail);
    if (found === null) continue;
    const limit = Number(found.groups?.limit ?? 0);
    return limit > 0 ? { limit } : {};
  }
  return {};
}

/** What a call with pictures shows of its model: that it takes them, or what it refused. */
export function notePictures(quirks: Quirks, made: Result<Reply, CallFailure>, body: ChatBody): void {
  const sent = picturesIn(body);
  if (sent === 0) return;
  if (made.ok) {
    quirks.sees = true;
    if (quirks.mostPictures !== null && sent > quirks.mostPictures) quirks.mostPictures = null;
    return;
  }
  const { code, params } = made.error.problem;
  if (code === 'pictures_not_seen') quirks.sees = false;
  if (code !== 'too_many_pictures') return;
  const fewer = params.limit ?? Math.max(1, Math.floor(sent / 2));
  quirks.mostPictures = Math.min(quirks.mostPictures ?? fewer, fewer);
}
