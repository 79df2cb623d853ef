/** Markdown as a model writes it, in pieces as a fast model sends them. */

/** Characters per piece: a few tokens. */
const PIECE_CHARACTERS = 24;

function section(n: number): string {
  return `## Section ${n}

The **delivery** of part ${n} was discussed at length, with [a link](https://example.com/${n}) and \`code ${n}\`. The
supplier answered that the price had risen by ${n} percent, and that a review would be possible before renewal.

- first point of ${n}
- second point of ${n}, which is *longer* than the first
  - nested

| Part | Price | Change |
|---|---:|---|
| P-${n} | ${n * 3} | +${n} % |
| Q-${n} | ${n * 7} | none |

\`\`\`ts
export function part${n}(price: number): number {
  return price * 1.0${n % 10}; // the review
}
\`\`\`

`;
}

/** @param characters the minimum length. */
export function longReply(characters: number): string {
  let text = '';
  for (let n = 1; text.length < characters; n += 1) text += section(n);
  return text;
}

export function inPieces(text: string): readonly string[] {
  return text.match(new RegExp(`[^]{1,${PIECE_CHARACTERS}}`, 'g')) ?? [];
}
