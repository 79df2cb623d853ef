import { createParagraphStory, type ParagraphStory } from '../paragraph-story.ts';
import type { Rise } from '../raised-text.ts';
import type { Destination } from './destinations.ts';

/** A text of its own: the body, a note, a header, a text box. */
export interface Frame {
  readonly kind: 'body' | 'note' | 'header' | 'footer' | 'box' | 'comment';
  readonly story: ParagraphStory;
  /** How many others it lies in. */
  readonly depth: number;
  /** Of a note. */
  isEndnote: boolean;
  isNumbered: boolean;
  /** The paragraph that is being read has been counted as an item of its list. */
  isCounted: boolean;
}

export function createFrame(kind: Frame['kind'], depth: number): Frame {
  const story = createParagraphStory(kind === 'header' || kind === 'footer');
  return { kind, story, depth, isEndnote: false, isNumbered: false, isCounted: false };
}

/** What holds in a group until it ends. Groups share it until one changes it. */
export interface State {
  readonly destination: Destination;
  /** Where text goes that lies in a shell. */
  readonly outer: Destination;
  readonly frame: Frame;
  readonly font: number;
  readonly complexFont: number | null;
  readonly isRightToLeft: boolean;
  /** How many characters after a Unicode one stand for it in older programs. */
  readonly standIns: number;
  readonly isHidden: boolean;
  readonly isDeleted: boolean;
  readonly isStruck: boolean;
  readonly rise: Rise | null;
  /** How many tables a paragraph lies in. */
  readonly level: number;
  readonly style: number;
  /** The paragraph's own level as a heading, counted from 0. */
  readonly outline: number | null;
  /** The list that paragraphs are items of, 0 for none, and their level in it, counted from 0. */
  readonly list: number;
  readonly listLevel: number;
}

export const plainText = {
  complexFont: null,
  isRightToLeft: false,
  isHidden: false,
  isDeleted: false,
  isStruck: false,
  rise: null,
} as const;

export function firstState(): State {
  return {
    destination: 'text',
    outer: 'text',
    frame: createFrame('body', 0),
    font: 0,
    standIns: 1,
    level: 0,
    style: 0,
    outline: null,
    list: 0,
    listLevel: 0,
    ...plainText,
  };
}

/** What a control word changes about the text that follows; `null` if it is about something else. */
export function changedBy(word: string, parameter: number | null, state: State): Partial<State> | null {
  const isOn = parameter !== 0;
  switch (word) {
    case 'f':
      return { font: parameter ?? 0 };
    case 'af':
      return { complexFont: parameter ?? 0 };
    case 'rtlch':
      return { isRightToLeft: true };
    case 'ltrch':
      return { isRightToLeft: false };
    case 'uc':
      return { standIns: Math.max(0, parameter ?? 1) };
    case 'v':
      return { isHidden: isOn };
    case 'deleted':
      return { isDeleted: isOn };
    case 'strike':
    case 'striked':
      return { isStruck: isOn };
    case 'super':
      return { rise: isOn ? 'raised' : null };
    case 'sub':
      return { rise: isOn ? 'lowered' : null };
    case 'up':
      return { rise: isOn ? 'moved up' : null };
    case 'dn':
      return { rise: isOn ? 'moved down' : null };
    case 'nosupersub':
      return { rise: null };
    case 'pard':
      return { level: 0, style: 0, outline: null, list: 0, listLevel: 0 };
    case 'ls':
      return { list: parameter ?? 0 };
    case 'ilvl':
      return { listLevel: parameter ?? 0 };
    case 's':
      return { style: parameter ?? 0 };
    case 'outlinelevel':
      return { outline: parameter ?? 0 };
    case 'intbl':
      return { level: Math.max(1, state.level) };
    case 'itap':
      return { level: Math.max(0, parameter ?? 1) };
    default:
      return null;
  }
}
