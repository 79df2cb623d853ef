/** How servers refuse a format of the reply: a strict schema, any JSON object, or both. */
import { kindOfFinish } from '../../shared/finish-reasons.ts';
import type { Reply } from './call-result.ts';
import type { ChatBody, FormatKind, Quirks } from './chat-body.ts';
import type { Lesson } from './lesson.ts';

const NAME = String.raw`response[_ ]format["'\x60]?`;

export const FORMAT_LESSONS: readonly Lesson[] = [
  {
    about: 'any format',
    applies: hasFormat,
    refusals: [
      new RegExp(
        `${NAME}(?: parameter)?(?: is| are)? ?(?:unsupported|not (?:supported|allowed|permitted|enabled))`,
        'i',
      ),
      new RegExp(`(?:unrecogni[sz]ed|unknown|unexpected|support parameters?)[^.\\n]{0,60}${NAME}`, 'i'),
      new RegExp(`${NAME}[\\s\\S]{0,80}?(?:extra inputs|extra fields|extra_forbidden)`, 'i'),
      new RegExp(`(?:extra inputs|extra fields|extra_forbidden)[\\s\\S]{0,80}?${NAME}`, 'i'),
      /(?:structured outputs?|json mode(?: response)?) (?:is|are) not (?:supported|enabled|available)/i,
    ],
    learn: (quirks) => {
      quirks.format = null;
      return true;
    },
  },
  {
    about: 'this format',
    applies: hasFormat,
    refusals: [
      new RegExp(NAME, 'i'),
      /json[_ ]?schema\b|\bgrammar\b/i,
      // A reply that the server itself could not make fit.
      /json_validate_failed|failed to (?:validate|generate) json/i,
    ],
    learn: stepDown,
  },
  {
    about: 'this format, by a server that says so with another status',
    // Ollama; OpenRouter.
    codes: ['server_error', 'not_found', 'model_not_found'],
    applies: hasFormat,
    refusals: [
      /invalid json schema in format|failed to parse grammar/i,
      /no endpoints found that (?:can handle|support) the requested parameters/i,
    ],
    learn: stepDown,
  },
];

/**
 * Held to a format, some models write white space until their limit: the format allows it, but not the word that they
 * mean to write. They are asked without one from then on.
 */
export function learnFromReply(quirks: Quirks, { text, finishReason }: Reply, body: ChatBody): void {
  if (!hasFormat(body) || finishReason === null || kindOfFinish(finishReason) !== 'length') return;
  if (text.length - text.trimEnd().length >= LONGEST_GAP) quirks.format = null;
}

const LONGEST_GAP = 40;

function hasFormat(body: ChatBody): boolean {
  return body.response_format != null;
}

const LOOSER: { readonly [Kind in FormatKind]: FormatKind | null } = { json_schema: 'json_object', json_object: null };

/** Another call may have learned this already. */
function stepDown(quirks: Quirks, _found: RegExpExecArray, { response_format: refused }: ChatBody): boolean {
  if (quirks.format !== null && quirks.format === refused?.type) quirks.format = LOOSER[quirks.format];
  return true;
}
