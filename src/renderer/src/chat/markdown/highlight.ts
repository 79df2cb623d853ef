import type { HLJSApi } from 'highlight.js';

/** A run of code in one colour. */
export interface CodeSpan {
  readonly text: string;
  /** Class names of highlight.js, innermost last; empty for plain text. */
  readonly classes: string;
}

/** Colouring a longer text would hold the window up for longer than a frame. */
const longestCode = 16_000;

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/** Reads the markup that highlight.js writes (spans and five entities, nothing else) as data, so that none is ever injected. */
export function readSpans(markup: string): readonly CodeSpan[] {
  const spans: CodeSpan[] = [];
  const open: string[] = [];
  for (const [part, classes] of markup.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/g)) {
    if (classes !== undefined) open.push(classes);
    else if (part === '</span>') open.pop();
    else
      spans.push({
        text: part.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity),
        classes: open.at(-1) ?? '',
      });
  }
  return spans;
}

let highlighter: Promise<HLJSApi> | undefined;

/** Colours a finished piece of code; null when its language is not known or it is too long. Loaded at first use. */
export async function highlight(code: string, language: string): Promise<readonly CodeSpan[] | null> {
  if (language === '' || code.length > longestCode) return null;
  highlighter ??= import('highlight.js/lib/common').then((module) => module.default);
  const hljs = await highlighter;
  if (hljs.getLanguage(language) === undefined) return null;
  return readSpans(hljs.highlight(code, { language, ignoreIllegals: true }).value);
}
