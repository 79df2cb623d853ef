/** What is measured of documents that were read. */
import type { DocumentFormat, Parts, PeerReading } from './document-peers.ts';
import type { DocumentsReport } from './documents-child.ts';
import { createSeries, DOCKET, type Metric, type Series } from './metric.ts';
import { compareWords, wordsOf } from './word-measures.ts';

/** What was read of each file by Docket and by each of the peers. */
export interface ReadFiles {
  readonly format: DocumentFormat;
  readonly files: readonly string[];
  readonly docket: DocumentsReport & { readonly texts: readonly string[] };
  /** The first one is the one that times are compared with. */
  readonly peers: readonly PeerReading[];
  /** The words that stand in the files' XML. */
  readonly parts: readonly (Parts | null)[];
}

/** What one program read of a document, beside what the others read. */
export interface Compared {
  /** The file's place in the list. */
  readonly at: number;
  readonly recall: number;
  readonly precision: number;
  readonly order: number;
}

type Measure = 'recall' | 'precision' | 'order';

/** With fewer words in common, one would weigh as much as a book. */
export const LEAST_WORDS = 10;
const mails: ReadonlySet<DocumentFormat> = new Set(['eml', 'mbox', 'msg'] as const);
const withNumbers = new Set(['xlsx', 'ods', 'xls', 'pptx', 'odp', 'ppt']);
const higher = { unit: '', better: 'higher', digits: 4 } as const;
const lower = { unit: '', better: 'lower', digits: 2 } as const;

/** @param real those nobody here wrote; @param known those whose text is known. */
export function documentMetrics(
  real: ReadFiles,
  compared: ReadonlyMap<string, readonly Compared[]>,
  known: ReadFiles & { readonly known: readonly string[] },
): readonly Metric[] {
  return [...realMetrics(real, compared), ...(known.known.length === 0 ? [] : knownMetrics(known))];
}

function realMetrics(
  { format, docket, peers }: ReadFiles,
  compared: ReadonlyMap<string, readonly Compared[]>,
): readonly Metric[] {
  if ((compared.get(DOCKET) ?? []).length === 0) return [];
  const of = (measure: Measure) => series([...compared], measure);
  const metrics: readonly Metric[] = [
    { name: `extract.recall.${format}`, ...higher, series: of('recall'), aim: atLeast(0.998) },
    { name: `extract.precision.${format}`, ...higher, series: of('precision'), aim: atLeast(0.995) },
    { name: `extract.order.${format}`, ...higher, series: of('order') },
  ];
  const [first] = peers;
  const ratios = docket.ms.flatMap((ms, at) => {
    const peer = first?.texts[at]?.ms ?? null;
    return ms === null || peer === null ? [] : [ms / peer];
  });
  const peaks = first?.texts.flatMap((text) => text?.peakMb ?? []) ?? [];
  if (first === undefined || ratios.length === 0) return metrics;
  const time: Metric = { name: `extract.timeOverPeer.${format}`, ...lower, series: { [DOCKET]: ratios } };
  if (peaks.length === 0) return [...metrics, time];
  const memory = createSeries();
  memory.add(DOCKET, docket.peakMb);
  memory.add(first.name, Math.max(...peaks));
  return [
    ...metrics,
    time,
    { name: `extract.memoryMb.${format}`, ...lower, unit: 'MB', digits: 0, series: memory.values },
  ];
}

/** Of a single other reading, the same comparison from its side would say nothing new: it is left out. */
export function comparedReadings(read: ReadFiles): ReadonlyMap<string, readonly Compared[]> {
  const all = read.files.map((_, at) => readingsOf(read, at));
  const hasParts = read.parts.some((parts) => parts !== null);
  // The same program that reads a file in two ways is one.
  const programs = new Set(read.peers.map(({ name }) => name.split(' ')[0]));
  const names = programs.size < 2 && !hasParts ? [DOCKET] : [DOCKET, ...read.peers.map(({ name }) => name)];
  return new Map(names.map((name) => [name, all.flatMap((readings, at) => comparedOf(name, readings, at))] as const));
}

interface Reading {
  readonly name: string;
  readonly text: string;
  readonly counts: Counts;
  /** Without what only some programs give. */
  readonly wanted: Counts;
}

const PARTS = 'parts';

function readingsOf({ format, docket, peers, parts }: ReadFiles, at: number): readonly Reading[] {
  const refused = docket.problems[at] ?? null;
  const reading = (name: string, text: string, more = ''): Reading => {
    const wanted = countsOf(countedWords(text, format));
    const counts = more === '' ? wanted : countsOf(countedWords(`${text}\n${more}`, format));
    return { name, text, counts, wanted };
  };
  const theirs = peers.flatMap(({ name, texts }) => {
    const read = texts[at];
    return read === null || read === undefined ? [] : [reading(name, read.text)];
  });
  const inXml = parts[at] ?? null;
  if (inXml !== null) theirs.push(reading(PARTS, inXml.text, inXml.more));
  // What Docket refuses with a reason (a password, no text of its own) is no text that was read badly.
  if (refused !== null && reasons.has(refused)) return theirs;
  return [reading(DOCKET, withoutMarks(docket.texts[at] ?? '', format)), ...theirs];
}

/** What a cell shows where its formula has no result. */
const errors = /#(?:NAME\?|REF!|VALUE!|DIV\/0!|N\/A|NUM!|NULL!)/g;

/** The words that count in a text of a format: where a word may be parted is no part of it. */
export function countedWords(text: string, format: string): readonly string[] {
  return wordsOf(text.replace(/\u00ad/g, '').replace(withNumbers.has(format) ? errors : '', '')).filter(
    (word) => !withNumbers.has(format) || /^\p{L}/u.test(word),
  );
}

function comparedOf(name: string, readings: readonly Reading[], at: number): readonly Compared[] {
  const own = readings.find((reading) => reading.name === name);
  const others = readings.filter((reading) => reading.name !== name);
  const [first] = others.filter((reading) => reading.name !== PARTS).toSorted((one) => (one.name === DOCKET ? 1 : -1));
  if (own === undefined || first === undefined) return [];
  const common = merged(
    others.map((reading) => reading.wanted),
    Math.min,
  );
  const wanted = total(common);
  if (wanted < LEAST_WORDS) return [];
  const given = merged(
    others.map((reading) => reading.counts),
    Math.max,
  );
  const words = total(own.counts);
  return [
    {
      at,
      recall: shared(own.counts, common) / wanted,
      precision: words === 0 ? 1 : shared(own.counts, given) / words,
      order: compareWords(own.text, first.text).order,
    },
  ];
}

const reasons = new Set(['file_encrypted', 'file_unsupported', 'file_binary']);

/** Documents of other formats that are attached to a mail, with their names. */
const attachedDocuments =
  /^\[Attachment\] .*\.(?:docx?|docm|dotx?|rtf|od[tsp]|xls[xmb]?|csv|pptx?|pps|pdf|epub|zip|gz)$[\s\S]*?(?=^\[Attachment\] |$(?![\s\S]))/gim;

/** What Docket adds to say what something is. */
function withoutMarks(text: string, format: DocumentFormat): string {
  const unmarked = text
    .replaceAll('<br>', '\n')
    .replace(attachedDocuments, '')
    .replace(/^\[Attachment\].*$/gm, '')
    .replace(/^\[(?:Header|Footer|Chart|Diagram|Notes|Text box|Attachment|Content|Page|Picture)[^\]]*\]/gm, ' ')
    .replace(/\[Comment[^\]]*\]/g, ' ')
    .replace(/^#+ (?:Slide \d+(?: \(hidden\))?:? ?|Sheet: .*)/gm, '');
  if (format === 'epub') return unmarked.replace(/^(?:Title|Author): /gm, '');
  if (!mails.has(format)) return unmarked;
  return unmarked
    .replace(/^(?:Date|Start|End): \d{4}-\d\d.*$/gm, '')
    .replace(/^(?:From|To|Cc|Bcc|Reply-To|Subject|Attachments): /gm, '')
    .replace(/\bunnamed(?: \d+)?(?:\.\w+)?/g, '');
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

function knownMetrics({
  format,
  docket,
  peers,
  known,
}: ReadFiles & { readonly known: readonly string[] }): readonly Metric[] {
  const texts = [
    { name: DOCKET, texts: docket.texts.map((text) => withoutMarks(text, format)) },
    ...peers.map((peer) => ({ name: peer.name, texts: peer.texts.map((read) => read?.text ?? '') })),
  ];
  const compared = texts.map(({ name, texts: read }) => {
    const measures = known.map((text, at) => ({ at, ...compareWords(read[at] ?? '', text) }));
    return [name, measures] as const;
  });
  return [
    { name: `extract.recall.${format}.known`, ...higher, series: series(compared, 'recall'), aim: atLeast(0.998) },
    {
      name: `extract.precision.${format}.known`,
      ...higher,
      series: series(compared, 'precision'),
      aim: atLeast(0.995),
    },
    { name: `extract.order.${format}.known`, ...higher, series: series(compared, 'order') },
  ];
}

function series(compared: readonly (readonly [string, readonly Compared[]])[], measure: Measure): Series {
  return Object.fromEntries(compared.map(([name, files]) => [name, [average(files.map((file) => file[measure]))]]));
}

function atLeast(limit: number): NonNullable<Metric['aim']> {
  return { text: `≥ ${limit}`, met: (medians) => (medians[DOCKET] ?? Number.NaN) >= limit };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
