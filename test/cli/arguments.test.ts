import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/main/cli/arguments.ts';
import { tempFolder } from '../support/workspace.ts';
import { runCli } from './run-cli.ts';

describe('--help', () => {
  it.each([
    [['--help'], 'open the window'],
    [['-h'], 'open the window'],
    [['help'], 'open the window'],
    [[], 'open the window'],
    [['batch', '--help'], '--concurrency N'],
    [['batch', 'some/path', '-h'], '--concurrency N'],
    [['history', '--help'], '--search TEXT'],
    [['recipes', '--help'], 'recipes import FILE'],
  ])('of %j explains it on stdout', async (args, expected) => {
    const { code, stdout, stderr } = await runCli(args);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(expected);
  });
});

describe('invalid arguments', () => {
  it.each([
    [['frobnicate'], 'Unknown command "frobnicate".'],
    [['batch'], 'Name at least one file or folder.'],
    [['batch', ''], 'Name at least one file or folder.'],
    [['batch', 'a', '--out', 'b.ods'], '--out must end in .xlsx, .csv, .html, .md, .json or .jsonl.'],
    [['batch', 'a', '--send', 'images'], '--send must be one of text, pages, both.'],
    [['batch', 'a', '--concurrency', '0'], '--concurrency must be a whole number from 1 to 64.'],
    [['batch', 'a', '--concurrency', '65'], '--concurrency must be a whole number from 1 to 64.'],
    [['batch', 'a', '--concurrency', 'many'], '--concurrency must be a whole number from 1 to 64.'],
    [['batch', 'a', '--concurrency', '2.5'], '--concurrency must be a whole number from 1 to 64.'],
    ...['', ' ', '10', '-1s', 'soon', '1.5h', '30 s', 's', '2h1d', '10M', '1e9s', '٣s'].map(
      (wait): [string[], string] => [
        ['batch', 'a', `--wait=${wait}`],
        '--wait must be a duration such as 30s, 10m, 2h, 1h30m or 0.',
      ],
    ),
    [['batch', 'a', '--model', ' '], '--model needs the name of a model.'],
    [['batch', 'a', '--recipe', ' '], '--recipe needs the name or the file of a recipe.'],
    [['batch', 'a', '--ask', ' '], '--ask needs a question.'],
    [['batch', 'a', '--ask', 'b?', '--recipe', 'c'], 'Use either --recipe or --ask.'],
    [['batch', 'a', '--files-per-day', '5'], '--files-per-day and --tokens-per-day need --watch.'],
    [
      ['batch', 'a', '--watch', '--files-per-day', '0'],
      '--files-per-day must be a whole number from 1 to 1000000, or none.',
    ],
    [
      ['batch', 'a', '--watch', '--tokens-per-day', 'few'],
      '--tokens-per-day must be a whole number from 1000 to 1000000000, or none.',
    ],
    [['recipes'], 'Say what to do with recipes: list, show, export or import.'],
    [['recipes', 'burn'], 'Say what to do with recipes: list, show, export or import.'],
    [['recipes', 'show'], 'Name a recipe'],
    [['recipes', 'show', 'Contract', 'terms'], 'Put a name of several words in quotes.'],
    [['batch', 'a', '--data-dir='], '--data-dir needs a folder.'],
    [['batch', 'a', '--out', 'a.csv', '-o', 'b.csv'], '--out is given more than once.'],
    [['history', '--search', 'a', '--search', 'b'], '--search is given more than once.'],
    [['--data-dir', 'a', 'history', '--data-dir', 'b'], '--data-dir is given more than once.'],
    [['batch', 'a', '--colour'], "Unknown option '--colour'"],
    [['batch', 'a', '--out'], "Option '-o, --out <value>' argument missing"],
    [['history', '--kind', 'gossip'], '--kind must be one of chat, analysis, probe.'],
    [['history', '--status', 'fine'], '--status must be one of ok, error, cancelled, in_doubt, open.'],
    [['--data-dir', 'batch'], 'Unknown command "--data-dir".'],
    [['--data-dir=', 'history'], '--data-dir needs a folder.'],
    [['history', '--limit', '0'], '--limit must be a whole number of at least 1.'],
    [['history', '--limit', '-5'], "Option '--limit' argument is ambiguous"],
    [['history', 'stray'], "Unexpected argument 'stray'"],
  ])('%j are explained in a sentence', (argv, message) => {
    const command = parseCommand(argv);

    expect(command).toMatchObject({ name: 'wrong', message: expect.stringContaining(message) });
  });

  it('exit 2 with a sentence on stderr, without doing anything', async () => {
    const cwd = await tempFolder();

    const { code, stdout, stderr } = await runCli(['batch', 'a', '--concurrency', 'many', '--data-dir', 'data'], {
      cwd,
    });

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('--concurrency must be a whole number from 1 to 64.\nTry --help.\n');
    expect(await readdir(cwd)).toEqual([]);
  });
});

describe('valid arguments', () => {
  it.each([[['--data-dir', 'd', 'history']], [['--data-dir=d', 'history']], [['history', '--data-dir', 'd']]])(
    '%j name the data folder',
    (argv) => {
      expect(parseCommand(argv)).toMatchObject({ name: 'history', dataDir: 'd' });
    },
  );

  it.each([
    ['0', 0],
    ['0s', 0],
    ['30s', 30_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['1h30m', 5_400_000],
    ['1d2h3m4s', 93_784_000],
    ['90m', 5_400_000],
  ])('can say how long to wait: %s', (wait, waitMs) => {
    expect(parseCommand(['batch', 'a', '--wait', wait])).toMatchObject({ waitMs });
  });

  it('can ask for as many calls as a history can have', () => {
    expect(parseCommand(['history', '--limit', '2000000'])).toMatchObject({ limit: 2_000_000 });
  });

  it('are passed on unchanged', () => {
    expect(parseCommand(['batch', 'a', 'b c', '-o', 'OUT.CSV', '--concurrency', '64', '--model', ' m '])).toEqual({
      name: 'batch',
      paths: ['a', 'b c'],
      recipe: null,
      ask: [],
      send: null,
      out: { file: 'OUT.CSV', format: 'csv' },
      concurrency: 64,
      model: 'm',
      retryFailed: false,
      withoutDamagedPages: false,
      recognition: true,
      watch: null,
      waitMs: null,
      dataDir: null,
    });
    expect(parseCommand(['history', '--search', 'a b', '--status', 'in_doubt', '--json', '--limit', '7'])).toEqual({
      name: 'history',
      search: 'a b',
      kind: null,
      status: 'in_doubt',
      json: true,
      limit: 7,
      dataDir: null,
    });
    expect(parseCommand(['batch', '--', '--odd-name.txt'])).toMatchObject({ name: 'batch', paths: ['--odd-name.txt'] });
  });
});
