/** What Hypothesis finds the quotations of its annotations with. */
import search from 'approx-string-match';

/** At most an eighth of the quotation may differ. @returns where it begins; -1 if nothing is similar. */
export function findSimilar(text: string, quote: string): number {
  return search(text, quote, Math.round(quote.length / 8))[0]?.start ?? -1;
}
