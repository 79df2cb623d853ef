/** A number and the extension: the part of a name that tells files of a series apart. A narrow column has room for them. */
const END = 11;
/** How far the cut moves towards the end to fall between words: an extension remains. */
const SLACK = 7;

const ascii = /^[ -~]*$/;
const wordPart = /[\p{L}\p{M}]/u;
/** What closes a bracket stands by what it closes. */
const closing = /[)\]}]/;
/** Their letters change with their neighbours, and would look like others at a cut. */
const joined = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the end of a name begins that stays visible when its middle is cut; its length if it is only cut at its end. */
export function cutPlace(text: string): number {
  const letters = ascii.test(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment);
  const wanted = letters.length - Math.min(END, Math.floor(letters.length / 2));
  for (let away = 0; away <= SLACK; away += 1) {
    const place = wanted + away;
    if (isBetweenWords(letters[place - 1], letters[place])) return letters.slice(0, place).join('').length;
  }
  const splits = [letters[wanted - 1], letters[wanted]].every((letter) => joined.test(letter ?? ''));
  return splits ? text.length : letters.slice(0, wanted).join('').length;
}

function isBetweenWords(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined || closing.test(after)) return false;
  return !(wordPart.test(before) && wordPart.test(after));
}
