import { describe, expect, it } from 'vitest';
import { quotesIn } from '../../../src/renderer/src/chat/markdown/quotes-in.ts';
import { quoteSourceLink } from '../../../src/shared/quote-source.ts';

const words = (markdown: string) => quotesIn(markdown).map((quote) => quote.words);

describe('what a reply quotes', () => {
  it('is what the built-in engine sets apart, with the file and line that it names', () => {
    const source = { file: 'lease (2).pdf', line: 12 };
    const reply = [
      'These 2 match:',
      `> The rent is \\*due\\* in May.\n>\n> [— lease (2).pdf, line 12](<${quoteSourceLink(source)}>)`,
      `> Signed in June.\n>\n> [— other.pdf](<${quoteSourceLink({ file: 'other.pdf', line: null })}>)`,
      'To connect a model, open Settings.',
    ].join('\n\n');
    expect(quotesIn(reply)).toEqual([
      { words: 'The rent is *due* in May.', source },
      { words: 'Signed in June.', source: { file: 'other.pdf', line: null } },
    ]);
  });

  it('is what a model sets apart, each paragraph by itself and without its marks', () => {
    expect(
      words('As the lease says:\n\n> “The rent is due\n> in **May**.”\n>\n> Signed in June.\n\nSo in May.'),
    ).toEqual(['The rent is due\nin May.', 'Signed in June.']);
  });

  it('is what stands between quotation marks, if it is more than a name', () => {
    expect(
      words(
        'It says “the rent is due”, "signed in *June* again" and «le loyer est dû»; the "Landlord" pays.\n\n- „die Miete ist fällig“\n- 「賃料は毎月末日に支払う」\n\n| a | b |\n|---|---|\n| x | "in two equal parts" |',
      ),
    ).toEqual([
      'the rent is due',
      'signed in June again',
      'le loyer est dû',
      'die Miete ist fällig',
      '賃料は毎月末日に支払う',
      'in two equal parts',
    ]);
  });

  it('is nothing in code, and bounded in a reply made to be slow', () => {
    expect(words('```\nprint("one two three")\n```')).toEqual([]);
    expect(quotesIn('"one two three" '.repeat(5_000)).length).toBeLessThanOrEqual(200);
    expect(quotesIn(`${'> '.repeat(5_000)}"one two three"`).length).toBeLessThanOrEqual(200);
  });
});
