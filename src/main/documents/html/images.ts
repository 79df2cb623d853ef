import type { HtmlAttributes } from './looks.ts';

/** Classes that mark an image standing for a symbol or formula, which is its `alt` text. */
const spokenImages = new Set(
  // Wikipedia, WordPress, QuickLaTeX, Moodle
  (
    'mwe-math-fallback-image-inline mwe-math-fallback-image-display latex tex ql-img-inline-formula ' +
    'ql-img-displayed-formula texrender ' +
    // Twemoji, WordPress, Gmail, Slack, Confluence
    'emoji wp-smiley twemoji goomoji emoticon'
  ).split(' '),
);

/** Classes of visual duplicates of a MathML formula: KaTeX, and MathJax while it loads. */
const drawnTwice = new Set(['katex-html', 'MathJax_Preview']);

/** The text an image stands for; '' for a picture. */
export function imageText(name: string, attributes: HtmlAttributes): string {
  if (name !== 'img' || !classesOf(attributes).some((one) => spokenImages.has(one))) return '';
  const text = attributes.alt ?? '';
  return /^\{\\displaystyle\s([\s\S]*)\}$/.exec(text)?.[1]?.trim() ?? text;
}

/** Whether an element duplicates its neighbour. */
export function isRepeated(attributes: HtmlAttributes): boolean {
  return attributes.class !== undefined && classesOf(attributes).some((one) => drawnTwice.has(one));
}

function classesOf({ class: classes = '' }: HtmlAttributes): string[] {
  return classes.length > 500 ? [] : classes.split(/\s+/);
}
