/** What every format of an export carries of the answers, their proof and their coverage. */
import { createHash } from 'node:crypto';
import { parseDocument } from 'htmlparser2';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { exportBatch } from '../../src/main/batch/export/export-batch.ts';
import type { ExportChoice } from '../../src/main/batch/export/export-format.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import { contractRecipe, valued, writeContractBatch } from '../support/contract-batch.ts';
import { type TestDocket, xlsxWorker } from '../support/docket.ts';
import { pageOfItems } from '../support/items.ts';
import { storedRows, writeAnsweredBatch, writeFinishedBatch } from '../support/stored-batch.ts';
import { docketAt } from '../support/workspace.ts';

async function exported(docket: TestDocket, batch: Batch, choice: Partial<ExportChoice>): Promise<string> {
  let whole = '';
  const all: ExportChoice = { format: 'csv', only: 'all', ...choice };
  for await (const piece of exportBatch({ read: docket.store.read, xlsxWorker }, batch, all)) whole += piece;
  return whole;
}

function parseCsv(csv: string): readonly Readonly<Record<string, string>>[] {
  return Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true }).data;
}

function jsonLines(text: string): readonly Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function contracts() {
  const docket = await docketAt();
  return { docket, batch: await writeContractBatch(docket.store) };
}

describe('an export of answers with proof', () => {
  it('has value, unit, quotation, place and proof in columns of the CSV', async () => {
    const { docket, batch } = await contracts();

    const [proven, doubtful, failed] = parseCsv(await exported(docket, batch, { format: 'csv' }));

    expect(proven).toMatchObject({
      Parties: 'A, B',
      'Parties: quotation': 'between A & B <GmbH>',
      'Parties: place': 'page 2, line 4',
      'Parties: proof': 'found',
      Ends: '2026-03-31',
      Price: '-1200.5',
      'Price: unit': 'EUR',
      Renews: 'Yes',
      Coverage: 'all 84 pages, 3 parts, nothing cut',
    });
    expect(doubtful).toMatchObject({
      'Parties: quotation': 'between A & B <GmbH>\nand C Ltd',
      'Parties: place': 'page 2, line 4\nnot found in the document',
      'Parties: proof': 'not found in the document',
      Ends: '2026',
      Price: 'Not stated in the document',
      'Price: unit': '',
      Renews: '',
      Coverage:
        'Parties: 2 of 3 parts; Ends: all 84 pages, 3 parts, nothing cut; Price: all 84 pages, 3 parts, nothing cut',
      'Result notes': expect.stringMatching(/^Renews: This file is empty/),
    });
    expect(failed).toMatchObject({ Parties: '', 'Parties: proof': '', Coverage: '' });
  });

  it('has them below the value in Markdown', async () => {
    const { docket, batch } = await contracts();
    const markdown = await exported(docket, batch, { format: 'md' });
    expect(markdown).toContain('| A, B<br>“between A \\& B \\<GmbH\\>” (page 2, line 4) |');
    expect(markdown).toContain('“and C Ltd” (not found in the document) |');
  });

  it('has one file a line in JSON Lines, and the batch in the first', async () => {
    const { docket, batch } = await contracts();

    const [head, ...files] = jsonLines(await exported(docket, batch, { format: 'jsonl' }));

    expect(head).toMatchObject({ type: 'batch', id: batch.id, recipe: { name: 'Contracts & terms' }, files: 'all' });
    expect(files.map(({ type, name }) => [type, name])).toEqual([
      ['file', 'a.pdf'],
      ['file', 'b.pdf'],
      ['file', 'c.pdf'],
    ]);
    expect(files[0]?.answers).toMatchObject([
      {
        question: 'parties',
        raw: '{"type":"list","items":["A","B"]}',
        proof: 'found',
        evidence: [{ quote: 'between A & B <GmbH>', place: { line: 4, page: 2 } }],
        coverage: { parts: 3, partsRead: 3 },
      },
      { question: 'ends' },
      { question: 'price' },
      { question: 'renews' },
    ]);
  });

  it('writes text that holds line separators as one line of JSON Lines', async () => {
    const docket = await docketAt();
    const answers = [valued('parties', { type: 'list', items: ['a\nb\u2028c'] })];
    const batch = await writeAnsweredBatch(docket.store, 'odd', contractRecipe, [{ name: 'a\nb.txt', answers }]);
    expect(jsonLines(await exported(docket, batch, { format: 'jsonl' }))).toHaveLength(2);
  });
});

describe('an HTML report', () => {
  it('says what was asked, of whom, what came of it and what failed', async () => {
    const { docket, batch } = await contracts();

    const html = await exported(docket, batch, { format: 'html' });

    expect(html).toContain('<dd dir="auto">Contracts &amp; terms (all questions in one request)</dd>');
    expect(html).toContain('<dd dir="auto">2 of 3 files finished, 1 failed.</dd>');
    expect(html).toContain('<span dir="auto">“between A &amp; B &lt;GmbH&gt;”</span> <cite>page 2, line 4</cite>');
    expect(html).toContain('<blockquote class="doubtful"><span dir="auto">“and C Ltd”</span> <cite>not found in the');
    const outcome = cellsOfRow(html, 'Parties', 'What came of each question');
    expect(outcome).toEqual(['Parties', '2', '0', '0', '1', '1', '0', '1']);
    expect(
      cellsOfRow(html, 'This file contains only white space. Check that it was saved or copied completely.', 'Why'),
    ).toHaveLength(2);
  });

  it('stands alone: no script, nothing from outside, and no markup of a model or a file', async () => {
    const docket = await docketAt();
    const evil = '<img src=x onerror=alert(1)></td></table><script>alert(2)</script>"\'&\u0000\u0007';
    const answers = [
      valued(
        'parties',
        { type: 'list', items: [evil] },
        { proof: 'not_found', evidence: [{ quote: evil, place: null }], note: evil },
      ),
    ];
    const recipe = {
      ...contractRecipe,
      name: evil,
      questions: contractRecipe.questions.map((q) => ({ ...q, ask: evil })),
    };
    const batch = await writeAnsweredBatch(docket.store, evil, recipe, [{ name: evil, answers }]);

    const html = await exported(docket, batch, { format: 'html' });

    const names = new Set<string>();
    collect(parseDocument(html).children as readonly ParsedNode[], names);
    expect([...names].sort()).toEqual(
      'b blockquote body cite dd dl dt h1 h2 head html meta p span style table tbody td th thead title tr'.split(' '),
    );
    expect(html).not.toMatch(/(?![\t\n])\p{Cc}/u);
    expect(html).not.toMatch(/\b(?:src|href|style|on\w+)="/);
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'"`);
  });
});

describe('an export of chosen files', () => {
  it('has them in the given order, and says that they were chosen', async () => {
    const docket = await docketAt();
    const batch = await writeFinishedBatch(docket.store, 'notes', storedRows(450));
    const other = await writeFinishedBatch(docket.store, 'others', storedRows(1));
    const rows = await pageOfItems(docket.store.read, { batchId: batch.id, offset: 0, limit: 450 });
    const [foreign] = await pageOfItems(docket.store.read, { batchId: other.id, offset: 0, limit: 1 });
    const backwards = rows.map(({ id }) => id).reverse();

    const all = jsonLines(await exported(docket, batch, { format: 'jsonl', items: backwards }));
    const chosen: Partial<ExportChoice> = { items: [...backwards.slice(0, 2), foreign?.id ?? 0] };

    expect(all.slice(1).map(({ position }) => position)).toEqual(rows.map(({ position }) => position).reverse());
    expect(all[0]).toMatchObject({ files: 'chosen' });
    expect(parseCsv(await exported(docket, batch, chosen)).map(({ File }) => File)).toEqual([
      rows[449]?.name,
      rows[448]?.name,
    ]);
    expect(await exported(docket, batch, { ...chosen, format: 'md' })).toContain(
      'Only files chosen in the table are listed here (3 of 450), in its order.',
    );
  });
});

interface ParsedNode {
  readonly name?: string;
  readonly children?: readonly ParsedNode[];
}

function collect(nodes: readonly ParsedNode[], names: Set<string>): void {
  for (const { name, children } of nodes) {
    if (name !== undefined && !name.startsWith('!')) names.add(name);
    collect(children ?? [], names);
  }
}

/** The cells of the first row that begins so, after some words. */
function cellsOfRow(html: string, first: string, after: string): readonly string[] {
  const rest = html.slice(html.indexOf(after));
  const row = rest.split('<tr>').find((one) => one.startsWith(`<td><span dir="auto">${first}</span>`)) ?? '';
  return [...row.matchAll(/<td><span dir="auto">(.*?)<\/span><\/td>/g)].map((cell) => cell[1] ?? '');
}
