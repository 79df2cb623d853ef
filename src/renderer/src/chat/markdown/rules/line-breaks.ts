import type { MarkdownIt, StateInline } from 'markdown-it';

const tag = /<br\s{0,4}\/?>/iy;

/** `<br>` is the only way to break a line in a cell, so models write it. All other HTML stays text. */
export function addLineBreaks(md: MarkdownIt): void {
  md.inline.ruler.before('autolink', 'line_break', (state: StateInline, silent) => {
    tag.lastIndex = state.pos;
    const found = tag.exec(state.src)?.[0];
    if (found === undefined || state.pos + found.length > state.posMax) return false;
    if (!silent) state.push('hardbreak', 'br', 0);
    state.pos += found.length;
    return true;
  });
}
