import { attributeOf, readXml } from '../packed/xml-events.ts';
import { numberWriter } from '../sheets/number-format.ts';
import type { ChartContent, Series } from './chart-content.ts';

/** The points that series refer to. */
type Points = Pick<Series, 'categories' | 'values'>;

/** The charts of 2016 and later (funnels, waterfalls, trees, maps), which keep their points apart from their series. */
export function readLaterChart(xml: string | Uint8Array): ChartContent {
  const titles: string[] = [];
  const series: (Series & { data: string })[] = [];
  const points = new Map<string, Points>();
  const path: string[] = [];
  let current: Points = { categories: new Map(), values: new Map() };
  let part: Map<string, string> | null = null;
  let point = '';
  let pattern = '';
  let text = '';

  function store(): void {
    if (part === null) return;
    const number = Number(text);
    const isNumber = part === current.values && text.trim() !== '' && !Number.isNaN(number);
    const shown = isNumber ? numberWriter(pattern, false)(number) : text;
    // Trees have levels: those above come behind.
    part.set(point, [shown, part.get(point)].filter((known) => known !== undefined && known !== '').join(' / '));
  }

  readXml(xml, {
    open(name, attributes) {
      path.push(name);
      text = '';
      if (name === 'cx:title') titles.push('');
      else if (name === 'cx:series') {
        series.push({ name: '', data: '', categories: new Map(), values: new Map(), labels: new Map() });
      } else if (name === 'cx:data') {
        current = { categories: new Map(), values: new Map() };
        points.set(attributeOf(attributes, 'id') ?? '', current);
      } else if (name === 'cx:strDim') part = current.categories;
      else if (name === 'cx:numDim') part = current.values;
      else if (name === 'cx:lvl') pattern = attributeOf(attributes, 'formatCode') ?? '';
      else if (name === 'cx:pt') point = attributeOf(attributes, 'idx') ?? '';
      else if (name === 'cx:dataId') {
        const last = series.at(-1);
        if (last !== undefined) last.data = attributeOf(attributes, 'val') ?? '';
      }
    },
    close(name) {
      path.pop();
      const last = series.at(-1);
      if (name === 'cx:pt') store();
      else if (name === 'cx:strDim' || name === 'cx:numDim') part = null;
      else if (name === 'a:t' || name === 'cx:v') {
        if (path.includes('cx:title')) titles.push((titles.pop() ?? '') + text);
        else if (name === 'cx:v' && last !== undefined && path.at(-3) === 'cx:series') last.name = text;
      }
    },
    text(piece) {
      text += piece;
    },
  });
  return { titles, series: series.map(({ data, ...one }) => ({ ...one, ...points.get(data) })) };
}
