/** What is measured of documents that were read. */
import type { DocumentsReport } from './documents-child.ts';
import { createSeries, DOCKET, type Metric, type Series } from './metric.ts';
import type { PeerTexts } from './peer-programs.ts';
import { compareWords, wordsOf } from './word-measures.ts';

/** What was read of each file by Docket and by each of the peers. */
export interface ReadFormat {
  readonly format: string;
  readonly files: readonly string[];
  readonly docket: DocumentsReport & { readonly texts: readonly string[] };
  /** The first one is the one that times are compared with. */
  readonly peers: readonly { readonly name: string; readonly texts: PeerTexts }[];
}

/** With fewer words in common, one would weigh as much as a book. */
const LEAST_WORDS = 10;
const workbooks = new Set(['xlsx', 'ods', 'xls']);
const higher = { unit: '', better: 'higher', digits: 4 } as const;
const lower = { unit: '', better: 'lower', digits: 2 } as const;

export function realMetrics(read: ReadFormat): readonly Metric[] {
  const { format, docket, peers } = read;
  const compared = docket.texts.flatMap((text, at) => comparedWith(read, text, at));
  if (compared.length === 0) return [];
  const [first] = peers;
  const name = first?.name ?? '';
  const mean = (measure: (file: Compared) => number): Series => one(DOCKET, average(compared.map(measure)));
  const ratios = docket.ms.flatMap((ms, at) => {
    const peer = first?.texts[at]?.ms ?? null;
    return ms === null || peer === null ? [] : [ms / peer];
  });
  const peaks = first?.texts.flatMap((text) =>
    text?.peakMb === undefined || text.peakMb === null ? [] : [text.peakMb],
  );
  const metrics: readonly Metric[] = [
    { name: `extract.recall.${format}`, ...higher, series: mean(({ recall }) => recall), aim: atLeast(0.998) },
    { name: `extract.precision.${format}`, ...higher, series: mean(({ precision }) => precision), aim: atLeast(0.995) },
    { name: `extract.order.${format}`, ...higher, series: mean(({ order }) => order) },
  ];
  if (ratios.length === 0 || peaks === undefined || peaks.length === 0) return metrics;
  const memory = createSeries();
  memory.add(DOCKET, docket.peakMb);
  memory.add(name, Math.max(...peaks));
  return [
    ...metrics,
    { name: `extract.timeOverPeer.${format}`, ...lower, series: { [DOCKET]: ratios } },
    { name: `extract.memoryMb.${format}`, ...lower, unit: 'MB', digits: 0, series: memory.values },
  ];
}

interface Compared {
  readonly recall: number;
  readonly precision: number;
  readonly order: number;
}

function comparedWith({ format, peers, docket }: ReadFormat, text: string, at: number): readonly Compared[] {
  const counted = (of: string) => countsOf(wordsOf(of).filter((word) => !workbooks.has(format) || /\p{L}/u.test(word)));
  const theirs = peers.flatMap(({ texts }) => {
    const read = texts[at];
    return read === null || read === undefined ? [] : [read.text];
  });
  const [first] = theirs;
  // What Docket refuses with a reason (a password, no text of its own) is no text that was read badly.
  const refused = docket.problems[at];
  if (first === undefined || (refused !== null && refused !== undefined && reasons.has(refused))) return [];
  const read = withoutMarks(text);
  const own = counted(read);
  const counts = theirs.map(counted);
  const common = merged(counts, Math.min);
  const wanted = total(common);
  if (wanted < LEAST_WORDS) return [];
  return [
    {
      recall: shared(own, common) / wanted,
      precision: total(own) === 0 ? 1 : shared(own, merged(counts, Math.max)) / total(own),
      order: compareWords(read, first).order,
    },
  ];
}

const reasons = new Set(['file_encrypted', 'file_unsupported', 'file_binary']);

/** What Docket adds to say what something is. */
function withoutMarks(text: string): string {
  return text
    .replace(/^\[(?:Header|Footer|Chart|Diagram|Notes|Text box|Attachment|Image)[^\]]*\]/gm, ' ')
    .replace(/\[Comment[^\]]*\]/g, ' ')
    .replace(/^#+ (?:Slide \d+(?: \(hidden\))?:? ?|Sheet: .*)/gm, '')
    .replace(/^(?:From|To|Cc|Bcc|Reply-To|Date|Subject|Attachments): /gm, '');
}

type Counts = ReadonlyMap<string, number>;

function countsOf(words: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function merged(all: readonly Counts[], how: (...counts: number[]) => number): Counts {
  const words = new Set(all.flatMap((counts) => [...counts.keys()]));
  return new Map([...words].map((word) => [word, how(...all.map((counts) => counts.get(word) ?? 0))]));
}

function total(counts: Counts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function shared(own: Counts, other: Counts): number {
  return [...own].reduce((sum, [word, count]) => sum + Math.min(count, other.get(word) ?? 0), 0);
}

/** @param formats what was read of each known document, and its text. */
export function writtenMetrics(
  formats: ReadonlyMap<string, readonly { readonly read: string; readonly text: string }[]>,
): readonly Metric[] {
  return [...formats].flatMap(([format, documents]): Metric[] => {
    const measures = documents.map(({ read, text }) => compareWords(withoutMarks(read), text));
    const mean = (measure: 'recall' | 'precision' | 'order') =>
      one(DOCKET, average(measures.map((each) => each[measure])));
    return [
      { name: `extract.recall.${format}.known`, ...higher, series: mean('recall'), aim: atLeast(0.998) },
      { name: `extract.precision.${format}.known`, ...higher, series: mean('precision'), aim: atLeast(0.995) },
      { name: `extract.order.${format}.known`, ...higher, series: mean('order') },
    ];
  });
}

function atLeast(limit: number): NonNullable<Metric['aim']> {
  return { text: `≥ ${limit}`, met: (medians) => (medians[DOCKET] ?? Number.NaN) >= limit };
}

function one(name: string, value: number): Series {
  return { [name]: [value] };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
