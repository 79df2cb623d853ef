import { type Destination, isShell } from './destinations.ts';
import { firstState, plainText, type State } from './states.ts';

export type Groups = ReturnType<typeof createGroups>;

/** The groups that are open, and what holds in the innermost one. */
export function createGroups() {
  const around: State[] = [];
  let state = firstState();
  let defaultFont = 0;

  return {
    state: (): State => state,
    /** How many are open. */
    depth: (): number => around.length,
    /** The font that letters are set in. */
    font: (): number => (state.isRightToLeft ? (state.complexFont ?? state.font) : state.font),
    /** What text is for here, whatever shells it lies in. */
    outer: (): Destination => (isShell(state.destination) ? state.outer : state.destination),
    /** Whether text here is hidden or deleted. */
    isLeftOut: (): boolean => state.isHidden || state.isDeleted,
    open(): void {
      around.push(state);
    },
    /** Returns what held in the group that ends. */
    close(): State {
      const ended = state;
      state = around.pop() ?? state;
      return ended;
    },
    change(changes: Partial<State>): void {
      state = { ...state, ...changes };
    },
    setDefaultFont(font: number): void {
      defaultFont = font;
    },
    /** How text looks that nothing is said about. */
    plain: (): Partial<State> => ({ ...plainText, font: defaultFont }),
  };
}
