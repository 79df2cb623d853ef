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
const LONGEST_MARK = 120;
/** Matches the beginning of a possible opening mark. */
const MAY_OPEN =
  /^(?:<[\w:]{0,40}|\[T?H?I?N?K?|◁\w{0,5}|<\|[^\n]{0,100}|a|an|ana|anal|analy|analys|analysi|analysis)$/i;

export interface ReasoningSplitter {
  /** @returns the part of the answer that can be shown by now. */
  push(piece: string): string;
  /** @returns what was held back. */
  end(): string;
}

/** Separates reasoning from answer in a reply that arrives in pieces, wherever they are split. */
export function createReasoningSplitter(): ReasoningSplitter {
  let held = '';
  /** What closes the current block; null at the beginning of the reply; undefined inside the answer. */
  let closes: RegExp | null | undefined = null;
  let trailing: RegExp | undefined;
  let hadBlock = false;

  const read = (): string => {
    while (closes !== undefined) {
      if (closes === null) {
        const start = held.trimStart();
        const opened = openingOf(start);
        if (opened === null && (start === '' || MAY_OPEN.test(start))) return '';
        if (opened === null) {
          // White space between reasoning and answer belongs to neither.
          if (hadBlock) held = start;
          closes = undefined;
          break;
        }
        hadBlock = true;
        closes = opened.closes;
        trailing = opened.trailing;
        held = start.slice(opened.length);
      }
      const closed = closes.exec(held);
      if (closed === null) {
        held = held.slice(-LONGEST_MARK);
        return '';
      }
      // Another block may follow.
      held = held.slice(closed.index + closed[0].length);
      closes = null;
    }
    if (trailing === undefined) return takeAll();
    const shown = held.slice(0, Math.max(0, held.length - LONGEST_MARK));
    held = held.slice(shown.length);
    return shown;
  };
  const takeAll = () => {
    const all = held;
    held = '';
    return all;
  };

  return {
    push: (piece) => {
      if (closes === undefined && trailing === undefined) return piece;
      held += piece;
      return read();
    },
    end: () => {
      if (closes !== undefined && closes !== null) return '';
      return takeAll().replace(trailing ?? /(?!)/, '');
    },
  };
}

function openingOf(start: string) {
  for (const mark of MARKS) {
    const opened = mark.opens.exec(start);
    if (opened === null) continue;
    return { closes: mark.closes(opened[1] ?? ''), trailing: mark.trailing, length: opened[0].length };
  }
  return null;
}

/** If the prompt template contains the opening mark, the reply has only the closing one. */
const LONE_CLOSE =
  /<\/(?:\w{1,16}:)?(?:think|thinking|thought|reasoning)>|\[\/THINK\]|◁\/think▷|<\|end_of_thought\|>|<\|END_THINKING\|>/i;

/** The answer in a complete reply, without the reasoning before it. */
export function answerIn(raw: string): string {
  const splitter = createReasoningSplitter();
  const text = splitter.push(raw) + splitter.end();
  if (text !== raw) return text;
  const closed = LONE_CLOSE.exec(raw);
  if (closed === null || isQuoted(raw, closed.index, closed.index + closed[0].length)) return raw;
  return raw.slice(closed.index + closed[0].length).trimStart();
}

/**
 * Whether a mark is only being mentioned: in code, in quotation marks, within a sentence, or at the end of an example.
 */
function isQuoted(raw: string, start: number, end: number): boolean {
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

/**
 * A reply as it is stored: its content as received. Reasoning from a field of its own is put before it between marks,
 * so that it is kept and `answerIn` can still find the answer.
 */
export function withReasoning({ raw, reasoning }: { readonly raw: string; readonly reasoning: string }): string {
  return reasoning === '' ? raw : `<think>\n${reasoning}\n</think>\n\n${raw}`;
}
