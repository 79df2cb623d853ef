import { attributeOf, readXml } from '../packed/xml-events.ts';
import { numberWriter } from '../sheets/number-format.ts';
import type { ChartContent, Series } from './chart-content.ts';
import { readLaterChart } from './later-charts.ts';

/** The parts of a series that have points: its name, the categories and the values. */
const categoryParts = new Set(['c:cat', 'c:xVal']);
const valueParts = new Set(['c:val', 'c:yVal']);
const numberCaches = new Set(['c:numCache', 'c:numLit']);

/** The titles of a chart, the names of its series and what was typed at their points; their numbers are in the document already. */
export function chartTitles(xml: string | Uint8Array): string {
  const { titles, series } = readChart(xml);
  const names = series.flatMap(({ name, labels }) => [name, ...labels.values()]).filter((name) => name !== '');
  return [titles.filter((title) => title !== '').join(' / '), names.join('; ')]
    .filter((text) => text !== '')
    .join(': ');
}

/** The text of a chart: its titles, then a line per series with its stored numbers. '' if the chart has no text. */
export function chartText(xml: string | Uint8Array): string {
  const { titles, series } = readChart(xml);
  const lines = series.map(({ name, categories, values, labels }) => {
    const points = [...values].map(([at, value]) => {
      const label = labels.get(at);
      return `${categories.get(at) ?? Number(at) + 1} = ${value}${label === undefined ? '' : ` (${label})`}`;
    });
    return [name, points.join('; ')].filter((text) => text !== '').join(': ');
  });
  return [titles.filter((title) => title !== '').join(' / '), ...lines].filter((text) => text !== '').join('\n');
}

function readChart(xml: string | Uint8Array): ChartContent {
  const chart = readClassicChart(xml);
  return chart.titles.length === 0 && chart.series.length === 0 ? readLaterChart(xml) : chart;
}

function readClassicChart(xml: string | Uint8Array): ChartContent {
  const titles: string[] = [];
  const series: Series[] = [];
  const path: string[] = [];
  /** `null` outside the names and points of a series. */
  let part: 'name' | 'categories' | 'values' | null = null;
  let point = '';
  let pattern = '';
  let pointPattern: string | null = null;
  let is1904 = false;
  let text = '';
  /** Null outside the labels of points. */
  let label: string | null = null;

  function storeLabel(): void {
    // Values and names come from fields, with colons and line breaks around them.
    const typed = label?.replace(/\s+/g, ' ').replace(/^[\s:;,=]+|[\s:;,=]+$/g, '') ?? '';
    if (/[\p{L}\p{N}]/u.test(typed)) series.at(-1)?.labels.set(point, typed);
    label = null;
  }

  function store(): void {
    const one = series.at(-1);
    if (one === undefined || part === null) return;
    if (part === 'name') one.name = one.name === '' ? text : `${one.name} ${text}`;
    else one[part].set(point, [one[part].get(point), shown(text)].filter((known) => known !== undefined).join(' '));
  }

  /** Numbers are stored as they are counted; each has its format, or that of its series. */
  function shown(stored: string): string {
    const number = Number(stored);
    if (!numberCaches.has(path.at(-2) ?? '') || stored.trim() === '' || Number.isNaN(number)) return stored;
    return numberWriter(pointPattern ?? pattern, is1904)(number);
  }

  readXml(xml, {
    open(name, attributes) {
      path.push(name);
      if (name === 'c:title') titles.push('');
      else if (name === 'c:ser') series.push({ name: '', categories: new Map(), values: new Map(), labels: new Map() });
      else if (name === 'c:dLbl') label = '';
      else if (name === 'c:idx' && label !== null) point = attributeOf(attributes, 'val') ?? '';
      else if (name === 'c:tx' && path.at(-2) === 'c:ser') part = 'name';
      else if (categoryParts.has(name)) part = 'categories';
      else if (valueParts.has(name)) part = 'values';
      else if (name === 'c:pt') {
        point = attributeOf(attributes, 'idx') ?? '';
        pointPattern = attributeOf(attributes, 'formatCode');
      } else if (numberCaches.has(name)) pattern = '';
      else if (name === 'c:date1904') is1904 = !/^(?:0|false)$/.test(attributeOf(attributes, 'val') ?? '');
      text = '';
    },
    close(name) {
      path.pop();
      if (name === 'c:v') store();
      else if (name === 'c:formatCode') pattern = text;
      else if (name === 'c:dLbl') storeLabel();
      else if (label !== null && name === 'a:p') label += ' ';
      else if (label !== null && name === 'a:t') label += path.at(-1) === 'a:fld' ? '' : text;
      else if (name === 'a:p' && titles.length > 0 && path.includes('c:title')) titles.push(`${titles.pop() ?? ''} `);
      else if (name === 'a:t' && titles.length > 0 && path.includes('c:title'))
        titles.push((titles.pop() ?? '') + text);
      else if (name === 'c:tx' || categoryParts.has(name) || valueParts.has(name)) part = null;
    },
    text(piece) {
      text += piece;
    },
  });
  return { titles: titles.map((title) => title.trim()), series };
}
