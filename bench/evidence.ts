/** How long it takes to find a quotation in a long text. */
import { createQuotationFinder } from '../src/main/recipes/find-quotation.ts';
import { createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { quantile } from './statistics.ts';

const TEXT_CHARACTERS = 2_000_000;
const CHINESE = 'The same in Chinese';
/** A file in `peers/`. */
const PEER = 'approx-string-match';
const sentences: Readonly<Record<string, string>> = {
  [DOCKET]:
    'The “Tenant” of house # pays a rent of EUR 1,# — due each month, with-\nout notice, as the parties agreed.\n',
  [CHINESE]: '承租人按月支付房屋 # 的“租金”，共 # 元——双方同意\n本协议。\n',
};

type FindSimilar = (text: string, quote: string) => number;

export async function measureEvidence(plan: Plan): Promise<Section> {
  const { rounds, lookups } = plan.evidence;
  const { findSimilar }: { findSimilar: FindSimilar } = await import(`./peers/${PEER}.ts`);
  const series = createSeries();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, sentence] of Object.entries(sentences)) {
      const text = textOf(sentence);
      const take = (one: (quote: string) => number) => times(lookups, (index) => one(quoteOf(sentence, index * 97)));
      // A finder of its own for each: a file often has only one quotation, and folding the text is most of the work.
      series.add(
        name,
        quantile(
          take((quote) => createQuotationFinder(text).find(quote)?.start ?? -1),
          0.99,
        ),
      );
      if (name !== DOCKET) continue;
      series.add(
        PEER,
        quantile(
          take((quote) => findSimilar(text, quote)),
          0.99,
        ),
      );
    }
    plan.say(`evidence: ${JSON.stringify(series.values)}`);
  }
  return {
    title: 'Quotations',
    method: [
      `A quotation of one sentence in a text of ${TEXT_CHARACTERS / 1e6} million characters, copied with plain quotation marks and dashes, other line ends and a word joined that is parted at a line end; the text is prepared anew for each. ${PEER} finds what is similar, at most an eighth of it different.`,
    ],
    metrics: [{ name: 'evidence.lookupMs.p99', unit: 'ms', better: 'lower', series: series.values, digits: 0 }],
  };
}

function textOf(sentence: string): string {
  let text = '';
  for (let index = 0; text.length < TEXT_CHARACTERS; index += 1) text += sentence.replaceAll('#', String(index));
  return text;
}

/** A sentence as a model repeats it. */
function quoteOf(sentence: string, index: number): string {
  return sentence
    .replaceAll('#', String(index))
    .replaceAll(/[“”]/g, '"')
    .replaceAll('—', '-')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .trim();
}

/** Milliseconds of each. @throws if something is not found. */
function times(count: number, find: (index: number) => number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const startedAt = performance.now();
    if (find(index + 1) < 0) throw new Error(`Quotation ${index + 1} was not found.`);
    return performance.now() - startedAt;
  });
}
