import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { mappedPdf } from './raw-pdf.ts';

/** Codes of the font, and the signs that they mean. */
const signs = { '~': '•', '{': '◦', '}': '○', '^': '●', '`': '☐', '<': '\uf0b7', '>': '▪' };
const codes = new Map(Object.entries(signs).map(([code, sign]) => [sign, code]));

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

async function textOf(...drawn: readonly Placed[]): Promise<string> {
  const coded = (text: string) =>
    text.replace(/[()]/g, '\\$&').replace(/[^\x20-\x7e]/gu, (sign) => codes.get(sign) ?? sign);
  const operators = drawn.map(({ x, y, text }) => `1 0 0 1 ${x} ${y} Tm (${coded(text)}) Tj`).join('\n');
  const read = await readPdf(mappedPdf(`BT /F1 11 Tf ${operators} ET`, signs));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  expect(read.value.notes).toEqual([]);
  return read.value.text;
}

/** Lines at distances from the left, 14 points below each other. */
const lines = (...all: readonly (readonly [x: number, text: string])[]) =>
  all.map(([x, text], row) => ({ x, y: 700 - row * 14, text }));

describe('items of a list', () => {
  it.each(['•', '▪', '\uf0b7'])('with %s have the mark of Markdown', async (bullet) => {
    expect(
      await textOf(...lines([50, 'You pay:'], [60, `${bullet} the rent`], [60, `${bullet} -5 % for heating`])),
    ).toBe('You pay:\n- the rent\n- -5 % for heating');
  });

  it('are indented by their levels (pymupdf4llm#81, docling#1448)', async () => {
    const text = await textOf(
      ...lines(
        [60, '• Costs'],
        [80, '◦ of heating,'],
        [90, 'and of water'],
        [100, '▪ hot and cold'],
        [80, '◦ of repairs'],
        [60, '• Rent'],
        [50, 'And what the law says:'],
        [80, '• Notice'],
      ),
    );
    expect(text).toBe(
      '- Costs\n  - of heating,\nand of water\n    - hot and cold\n  - of repairs\n- Rent\nAnd what the law says:\n- Notice',
    );
  });

  it('have their bullets although these stand far from them (pdf-inspector#55)', async () => {
    const marks = [60, 60, 60].map((x, row) => ({ x, y: 700 - row * 14, text: '•' }));
    const items = ['the rent', 'the heating', 'the garage'].map((text, row) => ({ x: 90, y: 700 - row * 14, text }));
    const marked = '- the rent\n- the heating\n- the garage';
    expect(await textOf(...marks.flatMap((mark, row) => [mark, ...items.slice(row, row + 1)]))).toBe(marked);
  });

  it('have their bullets although these are drawn apart (WeasyPrint#2715)', async () => {
    const marks = [60, 60, 60].map((x, row) => ({ x, y: 700 - row * 14, text: '•' }));
    const items = ['the rent', 'the heating', 'the garage'].map((text, row) => ({ x: 80, y: 700 - row * 14, text }));
    expect(await textOf(...marks, ...items)).toBe('- the rent\n- the heating\n- the garage');
  });

  it('may be rows of a table', async () => {
    const rows = ['Rent', 'Heating', 'Garage'].flatMap((name, row) => [
      { x: 60, y: 700 - row * 14, text: '•' },
      { x: 90, y: 700 - row * 14, text: name },
      { x: 300, y: 700 - row * 14, text: `${row + 5}0.00` },
    ]);
    expect(await textOf(...rows)).toBe('• Rent | 50.00\n• Heating | 60.00\n• Garage | 70.00');
  });
});

describe('signs that stay as they are', () => {
  it.each<[string, readonly (readonly [number, string])[]]>([
    [
      'what is chosen and what is not',
      [
        [60, '● Yes'],
        [60, '○ No'],
      ],
    ],
    [
      'boxes to tick',
      [
        [60, '☐ Yes'],
        [60, '☐ No'],
      ],
    ],
    [
      'several in a line',
      [
        [60, 'Lind GmbH • Oudegracht 5 • Utrecht'],
        [60, '• Lind • Utrecht •'],
      ],
    ],
    [
      'marks of notes',
      [
        [60, '* Prices without tax'],
        [60, '1 See the annex'],
      ],
    ],
    [
      'numbers and letters',
      [
        [60, '1. the rent'],
        [60, '2) the heating'],
        [60, '(a) the garage'],
      ],
    ],
  ])('%s', async (_, all) => {
    expect(await textOf(...lines(...all))).toBe(all.map(([, text]) => text).join('\n'));
  });
});
