import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

const definition = /^\[\^([^\]\s]{1,100})\]:/;
const reference = /\[\^([^\]\s]{1,100})\]/y;

/** Numbers of the notes that a text has, by their labels. */
export type NoteNumbers = ReadonlyMap<string, number>;

/** `[^1]: note` at the top level, and `[^1]` wherever a note of that label is known (`env.notes`). */
export function addFootnotes(md: MarkdownIt): void {
  md.block.ruler.before('reference', 'footnote', note, { alt: ['paragraph', 'reference'] });
  md.inline.ruler.before('link', 'footnote_ref', noteReference);
}

function note(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (state.level > 0 || (state.sCount[startLine] ?? 0) >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const found = definition.exec(state.src.slice(start, Math.min(start + 110, state.eMarks[startLine] ?? start)));
  if (found === null) return false;
  if (silent) return true;
  const end = endOfNote(state, startLine, endLine);
  const token = state.push('footnote', '', 0);
  token.map = [startLine, end];
  token.info = found[1] ?? '';
  const first = state.src.slice(start + found[0].length, state.eMarks[startLine]).trim();
  token.content = `${first}\n${state.getLines(startLine + 1, end, 4, false)}`.trim();
  state.line = end;
  return true;
}

/** Its paragraph, and what is indented behind blank lines. */
function endOfNote(state: StateBlock, startLine: number, endLine: number): number {
  let line = startLine + 1;
  let end = line;
  for (; line < endLine; line += 1) {
    if (state.isEmpty(line)) continue;
    const goesOn = line === end ? !interrupts(state, line, endLine) : (state.sCount[line] ?? 0) >= 4;
    if (!goesOn) break;
    end = line + 1;
  }
  return end;
}

function interrupts(state: StateBlock, line: number, endLine: number): boolean {
  if ((state.sCount[line] ?? 0) >= 4) return false;
  const parent = state.parentType;
  state.parentType = 'paragraph';
  const ends = state.md.block.ruler.getRules('paragraph').some((rule) => rule(state, line, endLine, true));
  state.parentType = parent;
  return ends;
}

function noteReference(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '[' || state.src[state.pos + 1] !== '^') return false;
  reference.lastIndex = state.pos;
  const label = reference.exec(state.src)?.[1];
  const notes = state.env.notes as NoteNumbers | undefined;
  const number = label === undefined ? undefined : notes?.get(label);
  if (label === undefined || number === undefined) return false;
  if (!silent) {
    const token = state.push('footnote_ref', '', 0);
    token.info = label;
    token.content = String(number);
  }
  state.pos += label.length + 3;
  return true;
}
