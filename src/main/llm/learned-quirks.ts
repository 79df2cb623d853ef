/** What was learned of models at their hosts: what they refuse, and how much they read. It is kept for a month. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { efforts } from '../../shared/efforts.ts';
import { firstQuirks, type Quirks } from './chat-body.ts';

export interface LearnedQuirks {
  /** What is known of a model. A change to it counts at once, and is kept once `changed` is called. */
  of(place: ModelPlace): Quirks;
  changed(): void;
  /**
   * A host told its models, and what it says of them. What was learned there is forgotten unless it was learned with the
   * same list: another server may answer now, or the same with other settings.
   */
  listed(host: string, list: unknown): void;
}

export interface ModelPlace {
  readonly host: string;
  readonly model: string;
  /** False for the built-in engine, of which nothing is learned. */
  readonly llm: boolean;
}

export interface LearnedQuirksParts {
  /** What was kept last, unparsed; null if there is nothing. */
  readonly saved: unknown;
  readonly save: (learned: unknown) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
  readonly now: () => number;
}

/** Servers and models change, and nobody says so. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

interface Known extends ModelPlace {
  readonly quirks: Quirks;
  /** When it last changed. */
  at: number;
  /** As it was then. */
  written: string;
}

/** Without parts, what is learned is known as long as this is. */
export function createLearnedQuirks(parts: LearnedQuirksParts | null = null): LearnedQuirks {
  const known = new Map<string, Known>();
  const lists = new Map<string, string>();
  let kept = JSON.stringify(parts?.saved ?? { models: [], lists: [] });
  for (const entry of parts === null ? [] : entriesIn(parts.saved, parts.now())) add(entry);
  for (const { host, list } of parts === null ? [] : listsIn(parts.saved)) lists.set(host, list);

  function add(entry: Known): Known {
    known.set(keyOf(entry), entry);
    return entry;
  }

  function first({ host, model, llm }: ModelPlace): Known {
    const quirks = firstQuirks(model, llm);
    return { host, model, llm, quirks, at: 0, written: JSON.stringify(toStored(quirks)) };
  }

  function changed(): void {
    if (parts === null) return;
    for (const entry of known.values()) {
      const written = JSON.stringify(toStored(entry.quirks));
      if (written !== entry.written) Object.assign(entry, { written, at: parts.now() });
    }
    const models = [...known.values()]
      .filter(({ llm, at }) => llm && at > 0)
      .map(({ host, model, at, quirks }) => ({ host, model, at, quirks: toStored(quirks) }));
    const hosts = new Set(models.map(({ host }) => host));
    const told = [...lists].filter(([host]) => hosts.has(host)).map(([host, list]) => ({ host, list }));
    const all = { models, lists: told };
    if (JSON.stringify(all) === kept) return;
    kept = JSON.stringify(all);
    parts.save(all).catch(parts.onTrouble);
  }

  return {
    of: (place) => (known.get(keyOf(place)) ?? add(first(place))).quirks,
    changed,
    listed: (host, list) => {
      const print = createHash('sha256').update(JSON.stringify(list)).digest('hex');
      const before = lists.get(host);
      lists.set(host, print);
      if (before === print) return;
      const learned = [...known].filter(([, entry]) => entry.host === host && entry.at > 0);
      if (before !== undefined) for (const [key] of learned) known.delete(key);
      if (learned.length > 0) changed();
    },
  };
}

function keyOf({ host, model }: ModelPlace): string {
  return JSON.stringify([host, model]);
}

const limitSchema = z.enum(['max_tokens', 'max_completion_tokens']);

const quirksSchema = z.object({
  format: z.enum(['json_schema', 'json_object']).nullable(),
  streamOptions: z.boolean(),
  temperature: z.boolean(),
  leastTemperature: z.number(),
  limit: limitSchema.nullable(),
  refusedLimits: z.array(limitSchema),
  leastTokens: z.number(),
  /** Null for any number. */
  mostTokens: z.number().nullable(),
  streamOnly: z.boolean(),
  roomForReasoning: z.number(),
  efforts: z.array(z.enum(efforts)).nullable(),
  effortRefused: z.boolean(),
  thinking: z.boolean().nullable(),
  contextTokens: z.number().nullable(),
  // What earlier versions kept has neither.
  sees: z.boolean().nullable().default(null),
  mostPictures: z.number().nullable().default(null),
});

const entrySchema = z.object({ host: z.string(), model: z.string(), at: z.number(), quirks: quirksSchema });
const listSchema = z.object({ host: z.string(), list: z.string() });
const savedSchema = z.object({ models: z.array(z.unknown()), lists: z.array(z.unknown()) });

/** Another version may have kept something else: what cannot be read is learned again. */
function entriesIn(saved: unknown, now: number): readonly Known[] {
  const parsed = savedSchema.safeParse(saved);
  return (parsed.success ? parsed.data.models : []).flatMap((one): readonly Known[] => {
    const entry = entrySchema.safeParse(one);
    if (!entry.success || now - entry.data.at > KEPT_MS) return [];
    const { quirks: stored, ...place } = entry.data;
    const quirks = fromStored(stored);
    return [{ ...place, llm: true, quirks, written: JSON.stringify(toStored(quirks)) }];
  });
}

function listsIn(saved: unknown): readonly z.infer<typeof listSchema>[] {
  const parsed = savedSchema.safeParse(saved);
  return (parsed.success ? parsed.data.lists : []).flatMap((one) => {
    const list = listSchema.safeParse(one);
    return list.success ? [list.data] : [];
  });
}

type Stored = z.infer<typeof quirksSchema>;

function toStored({ refusedLimits, mostTokens, efforts: accepted, ...quirks }: Quirks): Stored {
  return {
    ...quirks,
    refusedLimits: [...refusedLimits].filter((limit) => limit !== null),
    mostTokens: Number.isFinite(mostTokens) ? mostTokens : null,
    efforts: accepted === null ? null : [...accepted],
  };
}

function fromStored({ refusedLimits, mostTokens, ...quirks }: Stored): Quirks {
  return {
    ...quirks,
    refusedLimits: new Set(refusedLimits),
    mostTokens: mostTokens ?? Number.POSITIVE_INFINITY,
  };
}
