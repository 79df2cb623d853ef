/** How much to measure: everything, or a quick look during development. */
export interface Plan {
  readonly quick: boolean;
  readonly batch: {
    readonly calls: number;
    readonly loads: readonly { readonly concurrency: number; readonly rounds: number }[];
  };
  /** Two sizes of a batch, and how many files of either are waited for. */
  readonly batchMemory: {
    readonly rounds: number;
    readonly small: number;
    readonly large: number;
    readonly watched: number;
  };
  readonly outage: { readonly rounds: number; readonly files: number; readonly awayMs: number };
  readonly poison: { readonly rounds: number; readonly files: number };
  readonly auditCost: { readonly rounds: number; readonly pairs: number };
  readonly auditRate: { readonly rounds: number; readonly calls: number };
  readonly eventLoop: { readonly rounds: number; readonly files: number; readonly idleMs: number };
  readonly hostileDocuments: { readonly rounds: number };
  /** How many of something the smallest document has. */
  readonly growth: { readonly least: number };
  /** At most so many files and so long, from this number of a mutant on. */
  readonly fuzz: { readonly from: number; readonly files: number; readonly longestMs: number };
  /** At most so many documents of each of Debian's packages. */
  readonly pdf: { readonly perPackage: number };
  /** At most so many real documents of each format; what was read of them is kept in the folder, if there is one. */
  readonly documents: { readonly perFormat: number; readonly keep: string | null };
  /** `megabytes` of each kind of text. */
  readonly split: { readonly rounds: number; readonly megabytes: number };
  /** `lookups`: quotations looked up in a round. */
  readonly evidence: { readonly rounds: number; readonly lookups: number };
  readonly frames: {
    readonly rounds: number;
    readonly rows: number;
    readonly watchMs: number;
    readonly scrollSteps: number;
  };
  /** Of a batch with twelve questions. */
  readonly tableFrames: {
    readonly rounds: number;
    readonly rows: number;
    readonly watchMs: number;
    readonly scrollSteps: number;
  };
  /** Of a batch with three questions. */
  readonly tableActions: { readonly rounds: number; readonly rows: number };
  readonly replyFrames: { readonly rounds: number; readonly characters: number; readonly idleMs: number };
  /** `texts`: the first so many of them. */
  readonly hostileFrames: { readonly rounds: number; readonly texts: number };
  readonly start: { readonly rounds: number };
  readonly xlsx: { readonly rounds: number; readonly files: number };
  readonly history: {
    readonly calls: number;
    /** How often to run each kind of query; fewer times for the peer, which takes seconds for some. */
    readonly questions: number;
    readonly plainQuestions: number;
  };
  /** Reports progress in the terminal. */
  readonly say: (text: string) => void;
}

export function createPlan(quick: boolean, keep: string | null, say: (text: string) => void): Plan {
  if (quick) {
    return {
      quick,
      batch: { calls: 100, loads: [5, 20, 64].map((concurrency) => ({ concurrency, rounds: 1 })) },
      batchMemory: { rounds: 1, small: 1_000, large: 10_000, watched: 2_000 },
      outage: { rounds: 1, files: 200, awayMs: 2_000 },
      poison: { rounds: 1, files: 100 },
      auditCost: { rounds: 1, pairs: 200 },
      auditRate: { rounds: 1, calls: 2_000 },
      eventLoop: { rounds: 1, files: 200, idleMs: 3_000 },
      hostileDocuments: { rounds: 1 },
      growth: { least: 500 },
      fuzz: { from: 1_000_000, files: 500, longestMs: 60_000 },
      pdf: { perPackage: 1 },
      documents: { perFormat: 5, keep },
      split: { rounds: 1, megabytes: 2 },
      evidence: { rounds: 1, lookups: 20 },
      frames: { rounds: 1, rows: 2_000, watchMs: 3_000, scrollSteps: 200 },
      tableFrames: { rounds: 1, rows: 2_000, watchMs: 3_000, scrollSteps: 200 },
      tableActions: { rounds: 1, rows: 20_000 },
      replyFrames: { rounds: 1, characters: 16_000, idleMs: 2_000 },
      hostileFrames: { rounds: 1, texts: 6 },
      start: { rounds: 2 },
      xlsx: { rounds: 1, files: 5_000 },
      history: { calls: 50_000, questions: 10, plainQuestions: 3 },
      say,
    };
  }
  return {
    quick,
    batch: {
      calls: 500,
      loads: [5, 20, 64].map((concurrency) => ({ concurrency, rounds: 3 })),
    },
    batchMemory: { rounds: 2, small: 1_000, large: 100_000, watched: 10_000 },
    outage: { rounds: 3, files: 600, awayMs: 10_000 },
    poison: { rounds: 2, files: 1_000 },
    auditCost: { rounds: 3, pairs: 1_000 },
    auditRate: { rounds: 3, calls: 3_000 },
    eventLoop: { rounds: 3, files: 1_000, idleMs: 3_000 },
    hostileDocuments: { rounds: 3 },
    growth: { least: 5_000 },
    fuzz: { from: 0, files: 20_000, longestMs: 600_000 },
    pdf: { perPackage: 6 },
    documents: { perFormat: 125, keep },
    split: { rounds: 5, megabytes: 8 },
    evidence: { rounds: 3, lookups: 100 },
    frames: { rounds: 2, rows: 10_000, watchMs: 5_000, scrollSteps: 250 },
    tableFrames: { rounds: 2, rows: 20_000, watchMs: 6_000, scrollSteps: 250 },
    tableActions: { rounds: 1, rows: 100_000 },
    replyFrames: { rounds: 2, characters: 48_000, idleMs: 3_000 },
    hostileFrames: { rounds: 1, texts: Number.POSITIVE_INFINITY },
    start: { rounds: 5 },
    xlsx: { rounds: 3, files: 50_000 },
    history: { calls: 1_000_000, questions: 40, plainQuestions: 3 },
    say,
  };
}
