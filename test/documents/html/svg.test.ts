import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../src/main/documents/html/html-to-text.ts';

const textOf = (html: string): string => htmlToText(html).text;

describe('a drawing in a page', () => {
  it('has a line for each of its texts, and nothing that is not drawn', () => {
    const drawing =
      '<svg viewBox="0 0 9 9"><title>Chart</title><desc>A chart</desc><metadata>m</metadata><style>text{fill:red}</style>' +
      '<script>run()</script>loose<g><text x="1">Revenue <tspan>2024</tspan><title>tip</title></text>' +
      '<a href="#x"><text>4,200</text></a></g><path d="M0 0"/></svg>';
    expect(textOf(`<p>Before</p>${drawing}<p>After</p>`)).toBe('Before\n\nRevenue 2024\n4,200\n\nAfter');
  });

  it('separates the lines of a text, and not the pieces of a word', () => {
    const wrapped = '<text><tspan x="0" dy="0">Costs of</tspan><tspan x="0" dy="1.2em">energy</tspan></text>';
    const placed =
      '<text><tspan x="0" y="0">T</tspan><tspan x="5.3" y="0">otal</tspan><tspan x="0" y="14">2024</tspan></text>';
    const raised = '<text>m<tspan dy="-4">2</tspan></text>';
    expect(textOf(`<svg>${wrapped}${placed}${raised}</svg>`)).toBe('Costs of energy\nTotal 2024\nm2');
  });

  it('has the parts of a page in it, once, as mermaid and draw.io write them', () => {
    const node = (label: string) =>
      `<g><foreignObject><div><span class="nodeLabel"><p>${label}</p></span></div></foreignObject></g>`;
    expect(textOf(`<svg>${node('Start')}${node('End')}</svg>`)).toBe('Start\n\nEnd');
    const drawn =
      '<svg><switch><foreignObject requiredFeatures="x"><div>Order received</div></foreignObject><text>Order rec...</text></switch>' +
      '<switch><g requiredFeatures="x"/><a href="#"><text>Text is not SVG - cannot display</text></a></switch></svg>';
    expect(textOf(drawn)).toBe('Order received');
  });

  it('leaves out what is hidden or only kept for use elsewhere, and says so if it is much', () => {
    const hidden =
      '<text display="none">a</text><g visibility="hidden"><text>b</text></g><defs><text>c</text></defs><symbol><title>s</title><text>d</text></symbol>';
    expect(textOf(`<p>Much that is shown.</p><svg>${hidden}<text>Shown</text></svg>`)).toBe(
      'Much that is shown.\n\nShown',
    );
    const much = `<p>${'Shown. '.repeat(100)}</p><svg><defs><text>${'kept '.repeat(60)}</text></defs></svg>`;
    expect(htmlToText(much).notes).toEqual([{ code: 'hidden_text_left_out', params: { characters: 240 } }]);
  });

  it('is read once where a label or formula is drawn twice', () => {
    const label =
      '<text><tspan class="highcharts-text-outline" stroke="#fff">43<tspan x="0" y="0"></tspan></tspan>43</text>';
    const formula =
      '<mjx-container><svg width="2.3ex" aria-hidden="true"><text>ж</text></svg><mjx-assistive-mml><math><mi>ж</mi></math></mjx-assistive-mml></mjx-container>';
    expect(textOf(`<svg>${label}</svg><p>${formula}</p>`)).toBe('43\n\nж');
  });

  it('ends with the paragraph that follows it, if it is not closed, and is read with a prefix in XML', () => {
    expect(textOf('<svg><path d="M0"><p>After an icon</p><div>More</div>')).toBe('After an icon\n\nMore');
    const page =
      '<?xml version="1.0"?><html><svg:svg><svg:title>t</svg:title><svg:text>Drawn</svg:text></svg:svg></html>';
    expect(textOf(page)).toBe('Drawn');
  });

  it('in a table or list stays in its cell or item', () => {
    expect(textOf('<table><tr><td>A</td><td><svg><text>1</text><text>2</text></svg></td></tr></table>')).toBe(
      'A | 1<br>2',
    );
    expect(textOf('<ul><li><svg><text>one</text></svg></li><li>two</li></ul>')).toBe('- one\n- two');
  });
});
