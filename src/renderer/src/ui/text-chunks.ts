/** What is shown of a long text before the user asks for more. */
export const SHOWN_AT_FIRST = 200_000;
const CHUNK = 16_000;
/** More lines than this are not laid out together. */
const CHUNK_LINES = 200;
/** Of the text that is read, in a window of usual width. */
const LINE_PX = 22;
const LINE_CHARACTERS = 90;
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

/** About how high a text will be, for what is not laid out yet. */
export function guessHeightPx(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return LINE_PX * Math.max(lines, Math.ceil(text.length / LINE_CHARACTERS) + lines / 2);
}
