/** Results as JSON for programs and as a table for people. */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { DOCKET, type Metric, medians, type Section } from './metric.ts';
import { rounded } from './statistics.ts';

export interface MetricJson {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly peers: Readonly<Record<string, number>>;
}

/** What a part measured the last time that it was run: kept as JSON, a file a part. */
export interface MeasuredPart {
  readonly title: string;
  readonly method: readonly string[];
  /** In ISO 8601. */
  readonly measuredOn: string;
  readonly seconds: number;
  readonly machine: string;
  readonly metrics: readonly MeasuredMetric[];
}

interface MeasuredMetric extends Omit<Metric, 'aim'> {
  /** "≤ 34 ms: met"; empty if there is none. */
  readonly aim: string;
}

export function measuredPart({ title, method, metrics }: Section, startedAt: number): MeasuredPart {
  return {
    title,
    method,
    measuredOn: new Date(startedAt).toISOString().slice(0, 10),
    seconds: Math.round((Date.now() - startedAt) / 1000),
    machine: machine(),
    metrics: metrics.map((metric) => ({ ...metric, aim: aimWords(metric) })),
  };
}

export function toJson(parts: readonly MeasuredPart[]): { readonly metrics: readonly MetricJson[] } {
  return { metrics: parts.flatMap((part) => part.metrics.map(metricJson)) };
}

function metricJson(metric: MeasuredMetric): MetricJson {
  const { [DOCKET]: value, ...peers } = medians(metric);
  if (value === undefined) throw new Error(`${metric.name} has no value.`);
  return { name: metric.name, value, unit: metric.unit, better: metric.better, peers };
}

export function toMarkdown(parts: readonly MeasuredPart[]): string {
  const lines = [
    '# Benchmark results',
    '',
    'Made by `npm run bench`. Each part says when and where it was measured: a run of some parts (`--only NAME`) replaces those alone.',
    '',
    'Contenders take turns (A B C A B C), each in a fresh process that warms up first. A cell holds the median of the rounds, and the smallest and the largest in brackets.',
  ];
  for (const part of joined(parts)) lines.push('', ...partLines(part));
  return `${lines.join('\n')}\n`;
}

/** Parts of one title are one to readers: each kind of document is measured by itself. */
function joined(parts: readonly MeasuredPart[]): readonly MeasuredPart[] {
  const byTitle = new Map<string, MeasuredPart>();
  for (const part of parts) {
    const before = byTitle.get(part.title);
    byTitle.set(part.title, before === undefined ? part : joinedWith(before, part));
  }
  return [...byTitle.values()];
}

function joinedWith(one: MeasuredPart, other: MeasuredPart): MeasuredPart {
  return {
    title: one.title,
    method: [...new Set([...one.method, ...other.method])],
    measuredOn: [...new Set([...one.measuredOn.split(', '), other.measuredOn])].join(', '),
    seconds: one.seconds + other.seconds,
    machine: [...new Set([...one.machine.split('; '), other.machine])].join('; '),
    metrics: [...one.metrics, ...other.metrics],
  };
}

function machine(): string {
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB of memory`;
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  return `${platform()} ${release()} ${arch()}, ${cores}, ${memory}, Node ${process.versions.node}, Electron ${electronVersion()}`;
}

/** Version of the runtime actually used; set-up provides its folder. */
function electronVersion(): string {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return folder === undefined ? 'unknown' : readFileSync(join(folder, 'version'), 'utf8').trim();
}

function partLines({ title, method, metrics, measuredOn, seconds, machine: where }: MeasuredPart): readonly string[] {
  return [
    `## ${title}`,
    '',
    `Measured on ${measuredOn} in ${seconds} s: ${where}.`,
    '',
    ...method.map((sentence) => `- ${sentence}`),
    ...groupByContenders(metrics).flatMap((group) => ['', ...tableLines(group)]),
  ];
}

/** Metrics with the same contenders share a table. */
function groupByContenders(metrics: readonly MeasuredMetric[]): readonly (readonly MeasuredMetric[])[] {
  const groups = new Map<string, MeasuredMetric[]>();
  for (const metric of metrics) {
    const key = Object.keys(metric.series).join('|');
    groups.set(key, [...(groups.get(key) ?? []), metric]);
  }
  return [...groups.values()];
}

function tableLines(metrics: readonly MeasuredMetric[]): readonly string[] {
  const { [DOCKET]: _ours, ...peers } = metrics[0]?.series ?? {};
  const names = [DOCKET, ...Object.keys(peers)];
  const header = ['Metric', ...names, 'Aim'];
  const rows = metrics.map((metric) => [
    `${metric.name}${metric.unit === 'ratio' ? '' : `, ${metric.unit}`}, ${metric.better} is better`,
    ...names.map((name) => cell(metric, name)),
    metric.aim,
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)];
}

function cell(metric: MeasuredMetric, name: string): string {
  const values = metric.series[name] ?? [];
  const median = medians(metric)[name];
  if (values.length < 2) return String(median);
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => rounded(value, metric.digits));
  return `${median} (${low}–${high})`;
}

function aimWords({ aim, ...metric }: Metric): string {
  if (aim === undefined) return '';
  return `${aim.text}: ${aim.met(medians(metric)) ? 'met' : 'missed'}`;
}
