/** Separates the answer of a reply from the reasoning before it, also while it streams. */
import {
  isQuoted,
  LONGEST_MARK,
  lengthBeforeClose,
  loneCloseIn,
  mayOpen,
  openingOf,
  safeLength,
  tidyReasoning,
} from './reasoning-marks.ts';

/** What a piece of a reply adds. */
export interface Told {
  /** The answer so far turned out to be reasoning; what follows here comes after it. */
  readonly moved: boolean;
  readonly reasoning: string;
  readonly answer: string;
}

export interface ReasoningSplitter {
  push(piece: string): Told;
  /** @returns what was held back as a possible mark. */
  end(): Told;
}

/** Separates reasoning from answer in a reply that arrives in pieces, wherever they are split. */
export function createReasoningSplitter(): ReasoningSplitter {
  /** `start`: a block of reasoning may begin. `unsure`: a lone closing mark may reveal that all so far was reasoning. */
  let state: 'start' | 'thoughts' | 'unsure' | 'answer' = 'start';
  let held = '';
  let closes = /(?!)/;
  let trailing: RegExp | undefined;
  let hadBlock = false;
  /** The answer returned so far while `unsure`. */
  let before = '';

  const take = (length: number) => {
    const taken = held.slice(0, length);
    held = held.slice(length);
    return taken;
  };

  /** @returns whether the state changed, so that what is held must be read again. */
  const readStart = (ended: boolean, tell: Tell): boolean => {
    const start = held.trimStart();
    const opened = openingOf(start);
    if (opened !== null) {
      if (hadBlock) tell.reasoning('\n\n');
      hadBlock = true;
      ({ closes, trailing } = opened);
      held = start.slice(opened.length);
      state = 'thoughts';
      return true;
    }
    if (!ended && mayOpen(start)) return false;
    // White space between reasoning and answer belongs to neither.
    if (hadBlock) held = start;
    state = hadBlock ? 'answer' : 'unsure';
    return true;
  };

  const readThoughts = (ended: boolean, tell: Tell): boolean => {
    const closed = closes.exec(held);
    if (closed === null) {
      tell.reasoning(take(ended ? held.length : safeLength(held)));
      return false;
    }
    tell.reasoning(take(closed.index));
    take(closed[0].length);
    // Another block may follow.
    state = 'start';
    return true;
  };

  const readUnsure = (ended: boolean, tell: Tell): boolean => {
    const close = loneCloseIn(held);
    // The next character shows whether the mark is only being mentioned.
    const isDecided = close !== null && (ended || close.end < held.length);
    if (close === null || !isDecided) {
      const told = take(ended ? held.length : (close?.start ?? lengthBeforeClose(held)));
      before += told;
      tell.answer(told);
      return false;
    }
    if (isQuoted(before + held, before.length + close.start, before.length + close.end)) {
      state = 'answer';
      return true;
    }
    tell.move();
    tell.reasoning(take(close.start));
    take(close.end - close.start);
    hadBlock = true;
    state = 'start';
    return true;
  };

  const readAnswer = (ended: boolean, tell: Tell): boolean => {
    if (ended) tell.answer(take(held.length).replace(trailing ?? /(?!)/, ''));
    else tell.answer(take(trailing === undefined ? held.length : Math.max(0, held.length - LONGEST_MARK)));
    return false;
  };

  const readers = { start: readStart, thoughts: readThoughts, unsure: readUnsure, answer: readAnswer };
  const read = (ended: boolean): Told => {
    const tell = createTell();
    while (readers[state](ended, tell));
    return tell.told();
  };

  return {
    push: (piece) => {
      held += piece;
      return read(false);
    },
    end: () => read(true),
  };
}

interface Tell {
  reasoning(text: string): void;
  answer(text: string): void;
  move(): void;
  told(): Told;
}

function createTell(): Tell {
  let [reasoning, answer, moved] = ['', '', false];
  return {
    reasoning: (text) => {
      reasoning += text;
    },
    answer: (text) => {
      answer += text;
    },
    move: () => {
      [reasoning, answer, moved] = [answer + reasoning, '', true];
    },
    told: () => ({ reasoning, answer, moved }),
  };
}

/** The two parts of a reply. */
export interface SplitReply {
  readonly reasoning: string;
  readonly answer: string;
}

export function splitReply(raw: string): SplitReply {
  const splitter = createReasoningSplitter();
  const begun = splitter.push(raw);
  const rest = splitter.end();
  const answer = rest.moved ? rest.answer : begun.answer + rest.answer;
  const reasoning = begun.reasoning + (rest.moved ? begun.answer : '') + rest.reasoning;
  return { reasoning: tidyReasoning(reasoning), answer };
}

/** The answer in a complete reply, without the reasoning before it. */
export function answerIn(raw: string): string {
  return splitReply(raw).answer;
}

/**
 * A reply as it is stored: its content as received. Reasoning from a field of its own is put before it between marks,
 * so that it is kept and `splitReply` can still find both parts.
 */
export function withReasoning({ raw, apart }: { readonly raw: string; readonly apart: string }): string {
  return apart === '' ? raw : `<think>\n${apart}\n</think>\n\n${raw}`;
}
