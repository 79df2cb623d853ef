/** How much of a long text is shown before the user asks for more. */
export const SHOWN_AT_FIRST = 200_000;
const CHUNK = 16_000;
/** The most lines laid out together. */
const CHUNK_LINES = 200;
/** Height of a line in a window of the usual width. */
const LINE_PX = 22;
const LINE_CHARACTERS = 90;
/** How far back to look for a line end. */
const SLACK = 2_000;

/** Never splits a surrogate pair. */
export function cutAt(text: string, length: number): number {
  if (length >= text.length) return text.length;
  const code = text.charCodeAt(length - 1);
  return code >= 0xd800 && code <= 0xdbff ? length - 1 : length;
}

/** Cuts a text into chunks that are drawn separately, at line ends if possible. Joined, they are the text. */
export function chunkText(text: string): readonly string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = cutAt(text, Math.min(text.length, start + CHUNK));
    if (end < text.length) {
      const line = text.lastIndexOf('\n', end - 1);
      if (line >= end - SLACK && line >= start) end = line + 1;
    }
    end = Math.min(end, endOfLines(text, start, end));
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}

function endOfLines(text: string, start: number, end: number): number {
  let at = start;
  for (let lines = 0; lines < CHUNK_LINES; lines += 1) {
    const line = text.indexOf('\n', at);
    if (line < 0 || line >= end) return end;
    at = line + 1;
  }
  return at;
}

/** The approximate height of a text that is not laid out yet. */
export function guessHeightPx(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return LINE_PX * Math.max(lines, Math.ceil(text.length / LINE_CHARACTERS) + lines / 2);
}
