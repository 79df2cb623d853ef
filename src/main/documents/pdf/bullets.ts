/** Signs that mark the items of a list; those with a meaning of their own, such as boxes to tick, are none. Word's own are private ones. */
const BULLETS = '•‣⁃◦●○▪▫■◆◇❖►▶▸➢➤\uf0b7\uf0a7\uf0d8\uf076';

const alone = new RegExp(`^\\s*[${BULLETS}]\\s*$`, 'u');
const marked = new RegExp(`^([${BULLETS}])\\s*(?=[^\\s|${BULLETS}])(?!.*\\s[${BULLETS}]\\s)`, 'u');

/** Whether a text is a bullet and no more. */
export function isBullet(text: string): boolean {
  return alone.test(text);
}

/** The bullet that a line begins with, and what follows it; null if it is no item of a list. */
export function itemOf(line: string): { readonly bullet: string; readonly text: string } | null {
  const found = marked.exec(line);
  return found === null ? null : { bullet: found[1] ?? '', text: line.slice(found[0].length) };
}
