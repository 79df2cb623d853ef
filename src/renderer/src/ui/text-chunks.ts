/** What is shown of a long text before the user asks for more. */
export const SHOWN_AT_FIRST = 200_000;
const CHUNK = 16_000;
/** How far back a chunk looks for a line's end. */
const SLACK = 2_000;

/** Never between the two halves of a character. */
export function cutAt(text: string, length: number): number {
  if (length >= text.length) return text.length;
  const code = text.charCodeAt(length - 1);
  return code >= 0xd800 && code <= 0xdbff ? length - 1 : length;
}

/** Cuts a text into pieces that are drawn by themselves, at line ends where there are any. Joined they are the text. */
export function chunkText(text: string): readonly string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = cutAt(text, Math.min(text.length, start + CHUNK));
    if (end < text.length) {
      const line = text.lastIndexOf('\n', end - 1);
      if (line >= end - SLACK && line >= start) end = line + 1;
    }
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}
