import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/main/documents/pdf/read-pdf.ts';
import { drawnPages, type PlacedText } from './raw-pdf.ts';

async function textOf(...pages: readonly (readonly PlacedText[])[]): Promise<string> {
  const read = await readPdf(drawnPages(pages));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.text;
}

type Look = Omit<PlacedText, 'x' | 'y'> & { readonly gap?: number };

/** Lines from the top of a page, 14 points below each other unless another gap is given before one. */
function down(...lines: readonly (string | Look)[]): readonly PlacedText[] {
  let y = 780;
  return lines.map((line) => {
    const { gap = 14, ...look } = typeof line === 'string' ? { text: line } : line;
    y -= gap;
    return { x: 50, y, ...look };
  });
}

const prose = [
  'The tenant pays the rent on the first working day of each month, to the',
  'account that the landlord names, and tells the landlord of all damages to',
  'the rooms as soon as they are known. Costs of repairs that the tenant has',
  'caused are borne by the tenant, all others are borne by the landlord alone',
  'as the law provides, whatever else the parties may have agreed elsewhere.',
];

describe('headings', () => {
  it('have marks by their sizes in the whole document', async () => {
    const text = await textOf(
      down(
        { text: 'Lease', size: 24 },
        { text: 'Rent', size: 16, gap: 40 },
        { text: prose[0] ?? '', gap: 30 },
        ...prose,
      ),
      down({ text: 'Repairs', size: 16 }, { text: prose[0] ?? '', gap: 30 }, ...prose),
    );
    expect(text.match(/^#.*$/gm)).toEqual(['# Lease', '## Rent', '## Repairs']);
    expect(text).toContain('# Lease\n\n## Rent\n\nThe tenant pays');
  });

  it('may be bold alone, in a line of their own', async () => {
    const text = await textOf(
      down(
        ...prose,
        { text: 'Duties of the tenant', isBold: true, gap: 28 },
        { text: prose[0] ?? '', gap: 20 },
        ...prose,
      ),
    );
    expect(text).toContain('elsewhere.\n\n# Duties of the tenant\n\nThe tenant');
  });

  it('that take two lines are one', async () => {
    const text = await textOf(
      down(
        { text: 'On the duties of those who', size: 18 },
        { text: "live in other people's houses", size: 18, gap: 22 },
        { text: prose[0] ?? '', gap: 30 },
        ...prose,
      ),
    );
    expect(text).toMatch(/^# On the duties of those who live in other people's houses\n\nThe tenant/);
  });
});

describe('headings of one look', () => {
  const section = (text: string, more: Omit<Look, 'text'>): readonly (string | Look)[] => [
    { text, gap: 28, ...more },
    { text: prose[0] ?? '', gap: 24 },
    ...prose,
  ];
  const marked = async (...lines: readonly (string | Look)[]) => (await textOf(down(...lines))).match(/^#.*$/gm);

  it('have the levels of their numbers (docling#652, docling#3633)', async () => {
    const titles = ['3 Rent', '3.1 Costs', '3.1.1 Heating', '4 Notice'];
    expect(await marked(...titles.flatMap((text) => section(text, { size: 16 })))).toEqual([
      '# 3 Rent',
      '## 3.1 Costs',
      '### 3.1.1 Heating',
      '# 4 Notice',
    ]);
  });

  it('are several if one directly follows the other by its number', async () => {
    const titles = [{ text: '2 Duties of the tenant', size: 16 }, ...section('2.1 Rent', { size: 16, gap: 22 })];
    expect(await marked(...titles)).toEqual(['# 2 Duties of the tenant', '## 2.1 Rent']);
  });

  it('are several if the second had room in the line of the first', async () => {
    const titles = [{ text: 'Duties', size: 16 }, ...section('Rent', { size: 16, gap: 22 })];
    expect(await marked(...titles)).toEqual(['# Duties', '# Rent']);
  });

  it('are one where the first says only which it is', async () => {
    const titles = [{ text: 'Article 5', size: 16 }, ...section('Duties of the tenant', { size: 16, gap: 22 })];
    expect(await marked(...titles)).toEqual(['# Article 5 Duties of the tenant']);
  });

  it('are one where the second line had no room', async () => {
    const titles = [
      { text: 'What the Tenant has to Pay and when, and of', size: 18 },
      ...section('Notice, Repairs and the End of the Lease', { size: 18, gap: 22 }),
    ];
    expect(await marked(...titles, ...prose, ...prose)).toEqual([
      '# What the Tenant has to Pay and when, and of Notice, Repairs and the End of the Lease',
    ]);
  });

  it('may end with a full stop behind a number (docling#887)', async () => {
    const bold = { isBold: true };
    expect(
      await marked(...prose, ...section('Sec. 28-1. - Short title.', bold), ...section('2. Purpose.', bold), ...prose),
    ).toEqual(['# Sec. 28-1. - Short title.', '# 2. Purpose.']);
  });

  it('are known in a document of few words (pymupdf4llm#261)', async () => {
    const titles = [1, 2, 3].flatMap((number) => [
      { text: `Heading ${number}`, size: 20, gap: 40 },
      { text: `This is some content under heading ${number}.`, gap: 30 },
    ]);
    expect(await marked(...titles)).toEqual(['# Heading 1', '# Heading 2', '# Heading 3']);
  });
});

describe('no headings are', () => {
  it.each<[string, readonly PlacedText[]]>([
    ['notes of music', down({ text: 'h hh a h h h h', size: 18 }, { text: prose[0] ?? '', gap: 40 }, ...prose)],
    [
      'larger lines of a table of contents',
      [{ x: 50, y: 800, text: 'Rent', size: 14 }, { x: 400, y: 800, text: '12', size: 14 }, ...down(...prose)],
    ],
    ['numbers in large print', down({ text: '4 711.00', size: 24 }, { text: prose[0] ?? '', gap: 40 }, ...prose)],
    ['single letters', down({ text: 'A', size: 24 }, { text: prose[0] ?? '', gap: 40 }, ...prose)],
    [
      'the first letter of a text',
      [{ x: 50, y: 752, text: 'T', size: 40 }, ...down(...prose).map((line) => ({ ...line, x: 80 }))],
    ],
    [
      'formulas',
      down(...prose, { text: 'E = mc + xyz', size: 16, gap: 30 }, { text: prose[0] ?? '', gap: 30 }, ...prose),
    ],
    [
      'lines of a table of contents',
      down(...prose, ...['Rent', 'Costs'].map((name) => ({ text: `${name} ............... 12`, size: 14, gap: 24 }))),
    ],
    [
      'paragraphs in larger print',
      down(...prose, ...prose, ...prose.map((text) => ({ text, size: 14, gap: 16 })), ...prose, ...prose, ...prose),
    ],
    [
      'larger lines of contents whose dots are few (pdf-inspector#129)',
      down({ text: 'Rent ... 3', size: 14 }, { text: prose[0] ?? '', gap: 30 }, ...prose),
    ],
    [
      'larger lines of contents without dots',
      down(
        ...['Rent 3', 'Costs 5', 'Notice 9'].map((text) => ({ text, size: 14, gap: 18 })),
        { text: prose[0] ?? '', gap: 30 },
        ...prose,
      ),
    ],
    [
      'paragraphs that are bold (pdf-inspector#100)',
      down(...prose, ...prose.map((text, at) => ({ text, isBold: true, gap: at === 0 ? 28 : 14 })), ...prose, ...prose),
    ],
    [
      'words with spaces between their letters',
      down({ text: 'C H A P T E R', size: 18 }, { text: prose[0] ?? '', gap: 30 }, ...prose),
    ],
    ['bold words that begin a text', down(...prose, { text: 'Note:', isBold: true, gap: 28 }, ...prose)],
    [
      'bold lines among others',
      down(...prose, { text: 'The landlord may not enter', isBold: true }, 'without notice of a day', ...prose),
    ],
    ['whole pages in large print', down(...prose.slice(0, 4).map((text) => ({ text, size: 24, gap: 40 })))],
    ['pages all in bold', down(...prose.map((text) => ({ text, isBold: true })))],
  ])('%s', async (_, page) => {
    expect(await textOf(page, down(...prose, ...prose, ...prose))).not.toMatch(/^#/m);
  });

  it('all lines of a title page: only the largest is one', async () => {
    const title = down({ text: 'Annual report', size: 36 }, { text: 'Lind GmbH, Utrecht', size: 20, gap: 50 });
    expect((await textOf(title, down(...prose, ...prose))).match(/^#.*$/gm)).toEqual(['# Annual report']);
  });
});
