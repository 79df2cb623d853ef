import { proseInCode } from './comments.ts';
import { linesOf, type Span } from './span.ts';
import { scanTable, sniffDelimiter, type Table } from './table.ts';

/**
 * What kind of text it is, and where its prose is. Only prose has sentences; a table or program has them only in its
 * cells or comments.
 */
export type Layout =
  | { readonly kind: 'prose'; readonly prose: readonly Span[] }
  | { readonly kind: 'code'; readonly prose: readonly Span[] }
  | { readonly kind: 'table'; readonly prose: readonly Span[]; readonly table: Table };

/** @param name the file name, if known: its extension is better evidence than the text's appearance. */
export function layoutOf(text: string, name = ''): Layout {
  const extension = extensionOf(name);
  const delimiter = sniffDelimiter(text, extension);
  if (delimiter !== null) {
    const table = scanTable(text, delimiter);
    return { kind: 'table', prose: table.prose, table };
  }
  if (codeExtensions.has(extension) || (!proseExtensions.has(extension) && looksLikeCode(text))) {
    return { kind: 'code', prose: proseInCode(text) };
  }
  return { kind: 'prose', prose: [{ start: 0, end: text.length }] };
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

const proseExtensions = new Set(
  'txt text md markdown rst adoc tex pdf docx doc odt rtf epub html htm eml log'.split(' '),
);

const codeExtensions = new Set(
  (
    'js mjs cjs jsx ts mts cts tsx json jsonc json5 yaml yml toml ini cfg conf xml svg css scss less sql py rb go rs ' +
    'java kt kts scala c h cc cpp cxx hpp cs fs vb php pl lua r jl swift m mm dart sh bash zsh fish ps1 bat cmd ' +
    'vue svelte astro graphql proto tf gradle groovy clj ex exs erl hs ml asm s'
  ).split(' '),
);

/** How much to look at to tell code from prose: enough to be sure, little enough to cost nothing. */
const SNIFFED_LINES = 200;
const SNIFFED_CHARACTERS = 64_000;

const codeLine =
  /[{}[\];]\s*,?$|^\s*(?:import|export|from|const|let|var|function|class|def|public|private|return|if|for|while|#include|package|use|fn|func)\b[^.!?]*[({;:=].*$|^\s*(?:\/\/|\/\*|\*\s|\*\/|<\/?[a-z!?])|^\s*"[^"]{0,200}":\s/i;

function looksLikeCode(text: string): boolean {
  let seen = 0;
  let code = 0;
  for (const line of linesOf(text, 0, Math.min(text.length, SNIFFED_CHARACTERS))) {
    if (seen >= SNIFFED_LINES) break;
    // A very long line is not hand-written code, and matching the pattern is not free.
    const content = text.slice(line.start, Math.min(line.end, line.start + 400));
    if (content.trim() === '') continue;
    seen += 1;
    if (codeLine.test(content)) code += 1;
  }
  return seen >= 3 && code / seen > 0.4;
}
