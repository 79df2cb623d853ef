/**
 * Models that think before they answer write it into the answer where their server does not take it out. What stands
 * between such marks at the beginning is no part of the answer; the same marks in the middle of one are its text.
 */

interface Mark {
  /** At the very beginning of a reply, after blanks. */
  readonly opens: RegExp;
  /** The first that follows ends it; `name` is what the opening mark called itself. */
  readonly closes: (name: string) => RegExp;
  /** What may stand at the end of the answer and is none of it. */
  readonly trailing?: RegExp;
}

/** DeepSeek, Qwen, MiniMax and others; Mistral; Kimi; OpenThinker; Cohere; gpt-oss, with its marks and without them. */
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
    // Nothing of it is reasoning.
    closes: () => /(?:)/,
    trailing: /<\|(?:return|end)\|>\s*$/,
  },
  { opens: /^analysis(?=[A-Z])/, closes: () => /assistantfinal/ },
];

/** The longest closing mark, so that one that is cut by a piece is seen whole with the next. */
const LONGEST_MARK = 120;
/** The beginning of what may become an opening mark. */
const MAY_OPEN =
  /^(?:<[\w:]{0,40}|\[T?H?I?N?K?|◁\w{0,5}|<\|[^\n]{0,100}|a|an|ana|anal|analy|analys|analysi|analysis)$/i;

export interface ReasoningSplitter {
  /** @returns what of the answer may be shown by now. */
  push(piece: string): string;
  /** @returns what was held back. */
  end(): string;
}

/** Reads along in a reply that comes in pieces, wherever its marks are cut. */
export function createReasoningSplitter(): ReasoningSplitter {
  let held = '';
  /** The mark that the reply is inside of, or null at its beginning; undefined in the answer. */
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
          // The blanks between what was thought and the answer are of neither.
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

/** Where a template writes the opening mark into the prompt, a reply has the closing one alone. */
const LONE_CLOSE =
  /<\/(?:\w{1,16}:)?(?:think|thinking|thought|reasoning)>|\[\/THINK\]|◁\/think▷|<\|end_of_thought\|>|<\|END_THINKING\|>/i;

/** The answer in a whole reply, without what was thought before it. */
export function answerIn(raw: string): string {
  const splitter = createReasoningSplitter();
  const text = splitter.push(raw) + splitter.end();
  if (text !== raw) return text;
  const closed = LONE_CLOSE.exec(raw);
  if (closed === null || isQuoted(raw, closed.index, closed.index + closed[0].length)) return raw;
  return raw.slice(closed.index + closed[0].length).trimStart();
}

/** Whether a mark is spoken of: in code, between quotation marks, within a sentence, or as the end of an example. */
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
 * A reply as it is kept: its content as it came. Reasoning that came in a field of its own stands before it as other
 * models write it, so that it is kept too, and `answerIn` finds the answer again.
 */
export function withReasoning({ raw, reasoning }: { readonly raw: string; readonly reasoning: string }): string {
  return reasoning === '' ? raw : `<think>\n${reasoning}\n</think>\n\n${raw}`;
}
