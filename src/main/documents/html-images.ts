import type { HtmlAttributes } from './html-looks.ts';

/** Classes by which programs mark an image that stands for a sign or a formula; its `alt` is that sign or formula. */
const spokenImages = new Set(
  // Wikipedia, WordPress, QuickLaTeX, Moodle
  (
    'mwe-math-fallback-image-inline mwe-math-fallback-image-display latex tex ql-img-inline-formula ' +
    'ql-img-displayed-formula texrender ' +
    // Twemoji, WordPress, Gmail, Slack, Confluence
    'emoji wp-smiley twemoji goomoji emoticon'
  ).split(' '),
);

/** Classes of what is drawn for the eye beside the same formula in MathML: KaTeX, and MathJax while it loads. */
const drawnTwice = new Set(['katex-html', 'MathJax_Preview']);

/** The text that an image stands for; '' for a picture. */
export function imageText(name: string, attributes: HtmlAttributes): string {
  if (name !== 'img' || !classesOf(attributes).some((one) => spokenImages.has(one))) return '';
  const text = attributes.alt ?? '';
  return /^\{\\displaystyle\s([\s\S]*)\}$/.exec(text)?.[1]?.trim() ?? text;
}

/** Whether an element repeats what stands beside it. */
export function isRepeated(attributes: HtmlAttributes): boolean {
  return attributes.class !== undefined && classesOf(attributes).some((one) => drawnTwice.has(one));
}

function classesOf({ class: classes = '' }: HtmlAttributes): string[] {
  return classes.length > 500 ? [] : classes.split(/\s+/);
}
