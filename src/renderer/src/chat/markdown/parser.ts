import Markdown, { type MarkdownIt } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { addAutolinks } from './rules/autolinks.ts';
import { addFootnotes } from './rules/footnotes.ts';
import { addLineBreaks } from './rules/line-breaks.ts';
import { addMath } from './rules/math.ts';
import { boundNesting } from './rules/nesting.ts';

function createParser(): MarkdownIt {
  // Raw HTML is not read, so it stays the text that it is.
  const md = new Markdown({ html: false, linkify: false, typographer: false });
  cjkFriendly(md);
  boundNesting(md);
  addMath(md);
  addFootnotes(md);
  addLineBreaks(md);
  addAutolinks(md);
  return md;
}

/** CommonMark with tables, `~~struck~~`, footnotes and formulas; made at its first use. */
let made: MarkdownIt | undefined;
export function parser(): MarkdownIt {
  made ??= createParser();
  return made;
}
