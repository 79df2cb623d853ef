/**
 * Models that reason before they answer write the reasoning into the answer if their server does not separate it. Text
 * between such marks at the beginning is not part of the answer; the same marks later on are ordinary text.
 */

interface Mark {
  /** Matches at the very beginning of a reply, after white space. */
  readonly opens: RegExp;
  /** The first match after it closes the block; `name` is the name in the opening mark. */
  readonly closes: (name: string) => RegExp;
  /** Matches at the end of the answer, and is not part of it. */
  readonly trailing?: RegExp;
}

/** DeepSeek, Qwen, MiniMax and others; Mistral; Kimi; OpenThinker; Cohere; gpt-oss, with and without its marks. */
const MARKS: readonly Mark[] = [
  {
    opens: /^<((?:\w{1,16}:)?(?:think|thinking|thought|reasoning))>/i,
    closes: (name) => new RegExp(`</${name}>`, 'i'),
  },
  { opens: /^\[THINK\]/, closes: () => /\[\/THINK\]/ },
  { opens: /^◁think▷/, closes: () => /◁\/think▷/ },
  { opens: /^<\|begin_of_thought\|>/, closes: () => /<\|end_of_thought\|>/ },
  { opens: /^<\|START_THINKING\|>/, closes: () => /<\|END_THINKING\|>/ },
  {
    opens: /^(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary)\b[^<]{0,40}<\|message\|>/,
    closes: () => /(?:<\|end\|>\s*)?(?:<\|start\|>assistant)?<\|channel\|>final\b[^<]{0,40}<\|message\|>/,
    trailing: /<\|(?:return|end)\|>\s*$/,
  },
  {
    opens: /^(?:<\|start\|>assistant)?<\|channel\|>final\b[^<]{0,40}<\|message\|>/,
    // Closes at once, so nothing is reasoning.
    closes: () => /(?:)/,
    trailing: /<\|(?:return|end)\|>\s*$/,
  },
  { opens: /^analysis(?=[A-Z])/, closes: () => /assistantfinal/ },
];

/** The longest closing mark, so that a mark split between pieces is found with the next one. */
export const LONGEST_MARK = 120;

/** The beginning of a block of reasoning. */
export interface Opening {
  readonly closes: RegExp;
  readonly trailing: RegExp | undefined;
  readonly length: number;
}

/** @returns the opening mark at the beginning of a text, or null. */
export function openingOf(text: string): Opening | null {
  for (const mark of MARKS) {
    const opened = mark.opens.exec(text);
    if (opened === null) continue;
    return { closes: mark.closes(opened[1] ?? ''), trailing: mark.trailing, length: opened[0].length };
  }
  return null;
}

/** Matches the beginning of a possible opening mark. */
const MAY_OPEN =
  /^(?:<[\w:]{0,40}|\[T?H?I?N?K?|◁\w{0,5}|<\|[^\n]{0,100}|a|an|ana|anal|analy|analys|analysi|analysis)$/i;

export function mayOpen(text: string): boolean {
  return text === '' || MAY_OPEN.test(text);
}

/** Matches where a closing mark may begin. */
const CLOSING_STARTS = /[<[◁]|a\w{0,12}$/;

/** @returns how much of the reasoning so far cannot be part of its closing mark. */
export function safeLength(thoughts: string): number {
  const from = Math.max(0, thoughts.length - LONGEST_MARK);
  const at = thoughts.slice(from).search(CLOSING_STARTS);
  return at < 0 ? thoughts.length : from + at;
}

/** If the prompt template contains the opening mark, the reply has only the closing one. */
const LONE_CLOSE =
  /<\/(?:\w{1,16}:)?(?:think|thinking|thought|reasoning)>|\[\/THINK\]|◁\/think▷|<\|end_of_thought\|>|<\|END_THINKING\|>/i;
/** Matches the beginning of a possible closing mark at the end of a text. */
const MAY_CLOSE = /(?:<(?:\/[\w:]{0,34}|\|\w{0,16}\|?)?|\[(?:\/T?H?I?N?K?)?|◁(?:\/\w{0,5})?)$/i;

export function loneCloseIn(text: string): { readonly start: number; readonly end: number } | null {
  const found = LONE_CLOSE.exec(text);
  return found === null ? null : { start: found.index, end: found.index + found[0].length };
}

/** @returns how much of a text cannot be part of a lone closing mark. */
export function lengthBeforeClose(text: string): number {
  const from = Math.max(0, text.length - LONGEST_MARK);
  const at = text.slice(from).search(MAY_CLOSE);
  return at < 0 ? text.length : from + at;
}

/**
 * Whether a mark is only being mentioned: in code, in quotation marks, within a sentence, or at the end of an example.
 */
export function isQuoted(raw: string, start: number, end: number): boolean {
  const before = raw.slice(0, start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const [previous, next] = [before.at(-1) ?? '\n', raw[end] ?? '\n'];
  const opening = raw.slice(start, end).replace('/', '').replace('end_of', 'begin_of').replace('END_', 'START_');
  return (
    before.toLowerCase().includes(opening.toLowerCase()) ||
    (before.match(/^[ \t]*(?:```|~~~)/gm)?.length ?? 0) % 2 === 1 ||
    (line.match(/`/g)?.length ?? 0) % 2 === 1 ||
    /["'“”‘’«»(]/.test(previous) ||
    (line.trim() !== '' && /[ \t]/.test(previous) && /[ \t,.;:]/.test(next))
  );
}

/** Matches channel marks within or after reasoning. */
const STRAY_MARKS =
  /(?:<\|end\|>\s*)?(?:<\|start\|>assistant)?<\|channel\|>\w{1,20}[^<]{0,40}<\|message\|>|<\|(?:return|end)\|>\s*$/g;

/** Reasoning as it is shown and stored with a message. */
export function tidyReasoning(thoughts: string): string {
  return thoughts.replace(STRAY_MARKS, '\n\n').trim();
}
