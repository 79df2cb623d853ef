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

export function toJson(sections: readonly Section[]): { readonly metrics: readonly MetricJson[] } {
  return { metrics: sections.flatMap((section) => section.metrics.map(metricJson)) };
}

function metricJson(metric: Metric): MetricJson {
  const { [DOCKET]: value, ...peers } = medians(metric);
  if (value === undefined) throw new Error(`${metric.name} has no value.`);
  return { name: metric.name, value, unit: metric.unit, better: metric.better, peers };
}

export interface RunFacts {
  readonly startedAt: number;
  /** The arguments of `npm run bench`, so that a table says which parts it covers. */
  readonly args: readonly string[];
}

export function toMarkdown(sections: readonly Section[], facts: RunFacts): string {
  const lines = [
    '# Benchmark results',
    '',
    `Made by \`npm run bench${facts.args.length === 0 ? '' : ` -- ${facts.args.join(' ')}`}\` on ${new Date(facts.startedAt).toISOString().slice(0, 10)} in ${Math.round((Date.now() - facts.startedAt) / 1000)} s. ${machine()}`,
    '',
    'Contenders take turns (A B C A B C), each in a fresh process that warms up first. A cell holds the median of the rounds, and the smallest and the largest in brackets.',
  ];
  for (const section of sections) lines.push('', ...sectionLines(section));
  return `${lines.join('\n')}\n`;
}

function machine(): string {
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB of memory`;
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  return `${platform()} ${release()} ${arch()}, ${cores}, ${memory}, Node ${process.versions.node}, Electron ${electronVersion()}.`;
}

/** Version of the runtime actually used; set-up provides its folder. */
function electronVersion(): string {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return folder === undefined ? 'unknown' : readFileSync(join(folder, 'version'), 'utf8').trim();
}

function sectionLines({ title, method, metrics }: Section): readonly string[] {
  return [
    `## ${title}`,
    '',
    ...method.map((sentence) => `- ${sentence}`),
    ...groupByContenders(metrics).flatMap((group) => ['', ...tableLines(group)]),
  ];
}

/** Metrics with the same contenders share a table. */
function groupByContenders(metrics: readonly Metric[]): readonly (readonly Metric[])[] {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const key = Object.keys(metric.series).join('|');
    groups.set(key, [...(groups.get(key) ?? []), metric]);
  }
  return [...groups.values()];
}

function tableLines(metrics: readonly Metric[]): readonly string[] {
  const { [DOCKET]: _ours, ...peers } = metrics[0]?.series ?? {};
  const names = [DOCKET, ...Object.keys(peers)];
  const header = ['Metric', ...names, 'Aim'];
  const rows = metrics.map((metric) => [
    `${metric.name}${metric.unit === 'ratio' ? '' : `, ${metric.unit}`}, ${metric.better} is better`,
    ...names.map((name) => cell(metric, name)),
    aimCell(metric),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)];
}

function cell(metric: Metric, name: string): string {
  const values = metric.series[name] ?? [];
  const median = medians(metric)[name];
  if (values.length < 2) return String(median);
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => rounded(value, metric.digits));
  return `${median} (${low}–${high})`;
}

function aimCell({ aim, ...metric }: Metric): string {
  if (aim === undefined) return '';
  return `${aim.text}: ${aim.met(medians(metric)) ? 'met' : 'missed'}`;
}
