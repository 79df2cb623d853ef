/**
 * Joins the lines that a mail program broke for width (RFC 3676): those that end in a space flow into the next one, if
 * both are quoted alike.
 * @param dropsSpace whether the space at the break was added with it.
 */
export function unflowed(text: string, dropsSpace: boolean): string {
  const paragraphs: string[] = [];
  let open: { quotes: string; pieces: string[] } | null = null;
  for (const line of text.split(/\r?\n/)) {
    const quotes = /^>*/.exec(line)?.[0] ?? '';
    const rest = line.slice(quotes.length);
    const content = rest.startsWith(' ') ? rest.slice(1) : rest;
    if (open !== null && (open.quotes !== quotes || content === SIGNATURE)) {
      paragraphs.push(paragraph(open.quotes, open.pieces));
      open = null;
    }
    const flows = content.endsWith(' ') && content !== SIGNATURE;
    const piece = flows && dropsSpace ? content.slice(0, -1) : content;
    open ??= { quotes, pieces: [] };
    open.pieces.push(piece);
    if (flows) continue;
    paragraphs.push(paragraph(quotes, open.pieces));
    open = null;
  }
  if (open !== null) paragraphs.push(paragraph(open.quotes, open.pieces));
  return paragraphs.join('\n');
}

const SIGNATURE = '-- ';

function paragraph(quotes: string, pieces: readonly string[]): string {
  const text = pieces.join('');
  return quotes === '' || text === '' ? `${quotes}${text}` : `${quotes} ${text}`;
}
