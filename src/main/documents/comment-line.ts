/** A comment as it stands in a text, on a line of its own: "[Comment by Anna] Is this right?"; '' if it says nothing. */
export function commentLine(author: string, text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const by = author.replace(/\s+/g, ' ').trim();
  return words === '' ? '' : `[Comment${by === '' ? '' : ` by ${by}`}] ${words}`;
}
