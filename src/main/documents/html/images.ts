import type { ShownSize } from '../drawings/embedded-pictures.ts';
import { lengthOf } from '../drawings/large-image.ts';
import { readDeclarations } from './css-declarations.ts';
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

/**
 * Classes of visual duplicates: of a MathML formula by KaTeX, and by MathJax while it loads; of the labels of a chart by
 * Highcharts, which draws their outlines apart.
 */
const drawnTwice = new Set(['katex-html', 'MathJax_Preview', 'highcharts-text-outline']);

/** The text an image stands for; '' for a picture. */
export function imageText(name: string, attributes: HtmlAttributes): string {
  if (name !== 'img' || !classesOf(attributes).some((one) => spokenImages.has(one))) return '';
  const text = attributes.alt ?? '';
  return /^\{\\displaystyle\s([\s\S]*)\}$/.exec(text)?.[1]?.trim() ?? text;
}

/** The size in which an image is shown, as far as it says it. */
export function shownSize({ width, height, style }: HtmlAttributes): ShownSize {
  const looks = readDeclarations(style);
  return {
    width: sideOf(looks.get('width')) ?? sideOf(width),
    height: sideOf(looks.get('height')) ?? sideOf(height),
  };
}

/** Null for a share of what is around it, and for what depends on it. */
function sideOf(written: string | undefined): number | null {
  const side = written?.trim().toLowerCase();
  return lengthOf(/^[\d.]+$/.test(side ?? '') ? `${side}px` : side) || null;
}

/** Longer than what stands before the bytes of a picture in an address (`data:image/png;base64,`). */
const longestHead = 200;

/** The bytes of a picture that its address holds; null of any other address. */
export function pictureInAddress(address: string): Buffer | null {
  const comma = address.indexOf(',');
  if (comma === -1 || comma > longestHead) return null;
  const [, isBase64] = /^\s*data:image\/[^;]*(?:;[^;]*)*?(;\s*base64\s*)?$/i.exec(address.slice(0, comma)) ?? [null];
  if (isBase64 === null) return null;
  return Buffer.from(withoutPercents(address.slice(comma + 1)), isBase64 === undefined ? 'utf8' : 'base64');
}

function withoutPercents(content: string): string {
  try {
    return content.includes('%') ? decodeURIComponent(content) : content;
  } catch {
    return content;
  }
}

/** Whether an element duplicates its neighbour. */
export function isRepeated(attributes: HtmlAttributes): boolean {
  return attributes.class !== undefined && classesOf(attributes).some((one) => drawnTwice.has(one));
}

function classesOf({ class: classes = '' }: HtmlAttributes): string[] {
  return classes.length > 500 ? [] : classes.split(/\s+/);
}
