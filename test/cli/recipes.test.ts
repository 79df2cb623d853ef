import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, server, tempFolder } from '../support/workspace.ts';
import { runCli } from './run-cli.ts';

const terms = {
  format: 'docket-recipe',
  version: 1,
  name: 'Lease terms',
  questions: [{ title: 'Law', ask: 'Which law applies?', answer: { type: 'text' } }],
};

async function termsFile(): Promise<string> {
  const file = join(await tempFolder(), 'terms.json');
  await writeFile(file, JSON.stringify(terms));
  return file;
}

function columnsOf(csv: string): readonly string[] {
  return Papa.parse<readonly string[]>(csv.replace('\uFEFF', '')).data[0] ?? [];
}

describe('docket batch', () => {
  it('asks the questions of --ask, each a column, the document first', async () => {
    const model = await server();
    model.respond(text('German law'));
    const folder = await folderOf({ 'lease.txt': 'German law applies to this lease.' });
    const asks = ['--ask', 'Which law applies?', '--ask', 'Who pays?'];
    const env = { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: model.url };
    const { code, stdout } = await runCli(['batch', folder, ...asks, '--data-dir', await tempFolder()], { env });
    expect(code).toBe(0);
    expect(columnsOf(stdout)).toEqual(expect.arrayContaining(['Which law applies', 'Who pays']));
    expect(stdout).toContain('German law');
    expect(model.chatRequests.map(({ prompt }) => prompt.startsWith('<document'))).toEqual([true, true]);
  });

  it('asks the recipe of a file, which is no document itself', async () => {
    const model = await server();
    model.respond(text('German law'));
    const folder = await folderOf({ 'lease.txt': 'German law applies.', 'terms.json': JSON.stringify(terms) });
    const args = ['batch', folder, '--recipe', join(folder, 'terms.json'), '--data-dir', await tempFolder()];
    const { code, stdout, stderr } = await runCli(args, {
      env: { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: model.url },
    });
    expect(stderr).toContain('1 of 1 files finished');
    expect(columnsOf(stdout)).toContain('Law');
    expect(code).toBe(0);
  });

  it('asks a recipe by its name, whatever its case, and resumes no batch of another recipe', async () => {
    const dataDir = await tempFolder();
    const folder = await folderOf({ 'a.txt': 'The delivery was late again.' });
    await runCli(['batch', folder, '--data-dir', dataDir]);
    const { code, stdout, stderr } = await runCli([
      ...['batch', folder, '--recipe', 'five-WORD summary', '--retry-failed', '--data-dir', dataDir],
    ]);
    expect(stderr).not.toContain('Kept from the batch');
    expect(columnsOf(stdout).filter((title) => title === 'Word-list tone')).toEqual([]);
    expect(code).toBe(0);
  });

  it('names the nearest recipe when there is none of that name, and sends nothing', async () => {
    const folder = await folderOf({ 'a.txt': 'Text.' });
    const { code, stderr, stdout } = await runCli([
      ...['batch', folder, '--recipe', 'contract term', '--data-dir', await tempFolder()],
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('There is no recipe “contract term”. Did you mean “Contract terms”? Nothing was sent.\n');
  });

  it('does not write its results over its recipe', async () => {
    const file = await termsFile();
    const folder = await folderOf({ 'a.txt': 'Text.' });
    const args = ['batch', folder, '--recipe', file, '--out', file, '--data-dir', await tempFolder()];
    expect((await runCli(args)).code).toBe(2);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(terms);
  });
});

describe('docket recipes', () => {
  it('lists what comes with Docket, without a data folder', async () => {
    const { code, stdout } = await runCli(['recipes', 'list', '--data-dir', join(await tempFolder(), 'none')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Sentiment, topics, summary {2}\(3 questions, comes with Docket\)\nFive-word summary {2}\(1 /,
    );
  });

  it('imports a file, which is then listed, shown and exported as it was', async () => {
    const dataDir = await tempFolder();
    const imported = await runCli(['recipes', 'import', await termsFile(), '--data-dir', dataDir]);
    expect(imported.stderr).toContain('Imported as "Lease terms".');
    expect((await runCli(['recipes', 'list', '--data-dir', dataDir])).stdout).toContain('Lease terms  (1 question)\n');
    const shown = await runCli(['recipes', 'show', 'lease terms', '--data-dir', dataDir]);
    expect(shown.stdout).toBe('Lease terms, asked separately\n  Law: Which law applies?\n');
    const exported = await runCli(['recipes', 'export', 'Lease terms', '--data-dir', dataDir]);
    expect(JSON.parse(exported.stdout)).toMatchObject({
      name: 'Lease terms',
      questions: [{ id: 'law', title: 'Law' }],
    });
  });

  it('exports to a file beside a running app', async () => {
    const dataDir = await tempFolder();
    await docketAt({ dataDir });
    const file = join(await tempFolder(), 'cv.json');
    const { code, stderr } = await runCli(['recipes', 'export', 'CV screening', file, '--data-dir', dataDir]);
    expect([code, stderr]).toEqual([0, `The recipe is in ${file}.\n`]);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'docket-recipe', name: 'CV screening' });
  });

  it('says what is wrong with a file, and keeps nothing of it', async () => {
    const dataDir = await tempFolder();
    const file = join(await tempFolder(), 'bad.json');
    await writeFile(file, JSON.stringify({ ...terms, questions: [{ title: 'Law', ask: '' }] }));
    const { code, stderr } = await runCli(['recipes', 'import', file, '--data-dir', dataDir]);
    expect(code).toBe(1);
    expect(stderr).toContain('bad.json is not a recipe that Docket can read. Question 1: Write what is asked.');
    expect((await runCli(['recipes', 'list', '--data-dir', dataDir])).stdout).not.toContain('Lease terms');
  });
});
