import { z } from 'zod';
import { whyNotBaseUrl } from './base-url.ts';
import { effortChoices } from './efforts.ts';
import { languageCodes, SHIPPED_LANGUAGE } from './recognition-languages.ts';
import type { Settings } from './settings-data.ts';

export const MIN_CONCURRENCY = 1;
export const MAX_CONCURRENCY = 64;
/** Sockets a batch never uses, so that a chat message does not wait behind it. */
export const CHAT_RESERVED_CONNECTIONS = 2;

export const providerKinds = ['builtin', 'openai', 'ollama', 'lmstudio', 'llamacpp', 'other'] as const;

const httpUrl = z
  .string()
  .trim()
  .max(2000)
  .superRefine((text, context) => {
    const why = whyNotBaseUrl(text);
    if (why !== null) context.addIssue({ code: 'custom', message: why });
  });

export const settingsSchema = z.object({
  provider: z.enum(providerKinds),
  baseUrl: z.union([z.literal(''), httpUrl]),
  model: z.string().trim().max(200),
  temperature: z.number().min(0).max(2),
  concurrency: z.number().int().min(MIN_CONCURRENCY).max(MAX_CONCURRENCY),
  poolConnections: z.number().int().min(4).max(256),
  firstTokenTimeoutMs: z.number().int().min(1_000).max(3_600_000),
  idleTimeoutMs: z.number().int().min(1_000).max(3_600_000),
  hostWaitMs: z.number().int().min(3_600_000).max(604_800_000),
  contextTokens: z.number().int().min(512).max(10_000_000).nullable(),
  chatEffort: z.enum(effortChoices),
  batchEffort: z.enum(effortChoices),
  theme: z.enum(['system', 'light', 'dark']),
  notifyBatchEnd: z.boolean(),
  recognition: z.boolean(),
  recognitionLanguages: z
    .array(z.string().refine((code) => languageCodes(code)?.length === 1))
    .min(1)
    .max(10)
    .readonly(),
}) satisfies z.ZodType<Settings>;

export const defaultSettings: Settings = {
  provider: 'builtin',
  baseUrl: '',
  model: '',
  temperature: 0,
  concurrency: 5,
  poolConnections: 72,
  firstTokenTimeoutMs: 120_000,
  idleTimeoutMs: 60_000,
  hostWaitMs: 12 * 3_600_000,
  contextTokens: null,
  chatEffort: 'model',
  batchEffort: 'least',
  theme: 'system',
  notifyBatchEnd: true,
  recognition: true,
  recognitionLanguages: [SHIPPED_LANGUAGE],
};
