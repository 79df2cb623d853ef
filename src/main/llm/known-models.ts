/** What is known about models before their server refuses anything. Each kind of model is a row of a table. */
import type { Effort } from '../../shared/efforts.ts';

/** The name of the token limit; null where none is accepted. */
export type LimitName = 'max_tokens' | 'max_completion_tokens' | null;

interface KnownModel {
  /** Matches the name, without the names of resellers before a slash. */
  readonly name: RegExp;
  /** The only name of the limit that is accepted. */
  readonly limit?: LimitName;
  /** False if only the default temperature is accepted. */
  readonly temperature?: false;
  /** The model reasons before it answers. */
  readonly reasons?: true;
  readonly efforts?: readonly Effort[];
}

/** The first match counts. */
const KNOWN: readonly KnownModel[] = [
  { name: /^gpt-[5-9][\d.]*-chat/, limit: 'max_completion_tokens' },
  {
    name: /^gpt-5(?:-(?:mini|nano))?(?:-\d{4}-\d\d-\d\d)?$/,
    limit: 'max_completion_tokens',
    temperature: false,
    reasons: true,
    efforts: ['minimal', 'low', 'medium', 'high'],
  },
  // Which efforts the newer ones accept differs; a refusal lists them.
  { name: /^gpt-(?:[5-9]|\d\d)(?:[.-]|$)/, limit: 'max_completion_tokens', temperature: false, reasons: true },
  {
    name: /^o\d+(?:-|$)/,
    limit: 'max_completion_tokens',
    temperature: false,
    reasons: true,
    efforts: ['low', 'medium', 'high'],
  },
  { name: /^gpt-oss/, reasons: true, efforts: ['low', 'medium', 'high'] },
  { name: /(?:^|[-_.])(?:r1|qwq|reasoner|reasoning|thinking|magistral)(?:[-_.:\d]|$)/, reasons: true },
];

export function knownModel(model: string): Omit<KnownModel, 'name'> {
  const name = model.toLowerCase().split('/').at(-1) ?? '';
  return KNOWN.find((known) => known.name.test(name)) ?? {};
}
