import type { MarkdownIt, StateBlock } from 'markdown-it';

/** A quotation is one level, a list and its item are two. Nobody reads deeper, and the parser recurses. */
export const DEEPEST_LEVEL = 32;

/** What stands deeper than is read becomes one token, as far as its container reaches, and nothing of it is lost. */
export function boundNesting(md: MarkdownIt): void {
  md.block.ruler.before('table', 'too_deep', tooDeep);
}

function tooDeep(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || state.level < DEEPEST_LEVEL) return false;
  let line = startLine + 1;
  while (line < endLine && (state.isEmpty(line) || (state.sCount[line] ?? 0) >= state.blkIndent)) line += 1;
  state.push('too_deep', '', 0).map = [startLine, line];
  state.line = line;
  return true;
}
