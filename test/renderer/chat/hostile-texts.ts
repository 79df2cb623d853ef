/** Hostile texts, generated from a number alone. */

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Each of these, repeated, has hung, crashed or blown up some Markdown parser. */
export const units = [
  '- ',
  '> ',
  '>',
  '1. ',
  '* - + ',
  '> - ',
  '- > ',
  '1) - > ',
  '    ',
  '\t',
  '- a\n  ',
  '> a\n',
  '>\n',
  '-\n',
  '1.\n',
  '- \n\n',
  'a\n',
  'a*',
  'a**',
  '*a ',
  '_a ',
  '*_',
  '**a_',
  'a_*',
  '***',
  '~~',
  '~a',
  '~~a ',
  'a~~b',
  '`',
  '``',
  '` ``',
  '`a',
  '```\n',
  '~~~\n',
  '[',
  ']',
  '[]',
  '[a',
  '[a](',
  '[a][',
  '[a](b',
  '[[a]](b)',
  '![',
  '![[]()',
  '![a](',
  '[](',
  '[a](<',
  '[a](b "',
  '](',
  '[a]: b\n',
  '[a]: ',
  '[a]: x "\n',
  '[a]: x (\n',
  '[^a]',
  '[^a]: ',
  '[^a]: b\n',
  '[^a]:\n',
  '<',
  '<!--',
  '<a ',
  '<a href="',
  '</',
  '<?',
  '<![CDATA[',
  '<br>',
  '<b>',
  '<a@b.c>',
  '<http://a',
  '&',
  '&amp',
  '&#',
  '&#x',
  '\\',
  '\\\n',
  '\\(',
  '\\(a\\)',
  '\\[',
  '\\[\n',
  '\\]',
  '$',
  '$a$',
  '$$',
  '$$\n',
  '$a',
  '\\begin{a}\n',
  '|',
  '|a',
  '|a|\n',
  '|-',
  '|-|\n',
  'a|b\n-|-\n',
  '|a|\n|-|\n',
  '---\n',
  '===\n',
  'a\n---\n',
  'a\n=\n',
  '# ',
  '#\n',
  '###### ',
  'http://',
  'http://a',
  'www.',
  'www.a',
  'https://a.b(',
  'https://a.b/)',
  'a@',
  'a@b',
  'a@b.c ',
  'a.',
  '.a@',
  'https://a。',
  '\0',
  '\u200b',
  '\u202e',
  '\ud800',
  '\u0301',
  '。',
  '**强',
  '强**',
  '「**」',
  'é',
  '\r',
  '\r\n',
  '\u2028',
  '\f',
  '  \n',
  ' \n',
  '- [ ] ',
  '- [x] a\n',
  '\n',
  '\n\n',
  '- a\n',
  '- a\n\n',
  '1. a\n',
  '* a\n- b\n',
  '> ```\n',
  '- ```\n',
  '    a\n',
  '\ta\n',
  'a  \n',
  ':-',
  ':-:|',
  '+ ',
  '* ',
] as const;

/** Put between them; each contains a word that must not be lost. */
const sentences = [
  'word',
  'two words',
  '一个词',
  'كلمة',
  'an *emphasis*',
  '`code`',
  '[link](https://example.com)',
  'https://example.com/a_b',
  '| a | b |',
  '1. one',
];

export interface HostileText {
  readonly text: string;
  /** The pieces in which it arrives. */
  readonly pieces: readonly string[];
  /** Words it contains. */
  readonly words: readonly string[];
}

export function hostileText(start: number): HostileText {
  const random = randomFrom(start);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const words: string[] = [];
  let text = '';
  for (let part = 1 + below(12); part > 0; part -= 1) {
    const kind = below(10);
    // Occasionally a wall of one unit, usually a few.
    if (kind < 7) text += pick(units).repeat(1 + (kind === 0 ? below(600) : below(8)));
    else {
      const word = `w${start}x${words.length}`;
      words.push(word);
      text += `${pick(sentences)} ${word}${pick(['', ' ', '\n', '\n\n'])}`;
    }
  }
  return { text, pieces: cut(text, random), words };
}

function cut(text: string, random: () => number): readonly string[] {
  const longest = 1 + Math.floor(random() * Math.max(4, text.length / 6));
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + Math.floor(random() * longest);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
