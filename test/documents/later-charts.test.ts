import { describe, expect, it } from 'vitest';
import { chartText, chartTitles } from '../../src/main/documents/drawings/charts.ts';

const chart = (
  data: string,
  series: string,
  title = '<cx:tx><cx:rich><a:p><a:r><a:t>Cash in </a:t></a:r><a:r><a:t>March</a:t></a:r></a:p></cx:rich></cx:tx>',
) =>
  `<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:chartData>${data}</cx:chartData>` +
  `<cx:chart><cx:title>${title}</cx:title><cx:plotArea><cx:plotAreaRegion>${series}</cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>`;

const points = (values: readonly string[]) => values.map((value, at) => `<cx:pt idx="${at}">${value}</cx:pt>`).join('');
const names = (...levels: readonly (readonly string[])[]) =>
  `<cx:strDim type="cat"><cx:f>A1</cx:f>${levels.map((one) => `<cx:lvl>${points(one)}</cx:lvl>`).join('')}</cx:strDim>`;
const numbers = (format: string, ...values: readonly string[]) =>
  `<cx:numDim type="val"><cx:f>B1</cx:f><cx:lvl formatCode="${format}">${points(values)}</cx:lvl></cx:numDim>`;
const series = (name: string, data: string) =>
  `<cx:series layoutId="waterfall"><cx:tx><cx:txData><cx:f>B1</cx:f><cx:v>${name}</cx:v></cx:txData></cx:tx><cx:dataId val="${data}"/></cx:series>`;

describe('a chart of a newer kind', () => {
  it('has its title, and a line for each series with its points as they are shown', () => {
    const data =
      `<cx:data id="0">${names(['Start', 'Sales'])}${numbers('0%', '0.25', '-0.5')}</cx:data>` +
      `<cx:data id="1">${names(['Start'])}${numbers('General', '40')}</cx:data>`;
    const xml = chart(data, series('Plan', '0') + series('Actual', '1'));
    expect(chartText(xml)).toBe('Cash in March\nPlan: Start = 25%; Sales = -50%\nActual: Start = 40');
    expect(chartTitles(xml)).toBe('Cash in March: Plan; Actual');
  });

  it('of several levels names them from the outermost', () => {
    const data = `<cx:data id="0">${names(['Oak', 'Ash'], ['Wood', 'Wood'])}${numbers('General', '40', '30')}</cx:data>`;
    expect(
      chartText(chart(data, series('Sales', '0'), '<cx:tx><cx:txData><cx:v>Stock</cx:v></cx:txData></cx:tx>')),
    ).toBe('Stock\nSales: Wood / Oak = 40; Wood / Ash = 30');
  });

  it('without words or points has no text', () => {
    expect(chartText('<x/>')).toBe('');
    expect(chartText(chart('', '', ''))).toBe('');
  });
});
