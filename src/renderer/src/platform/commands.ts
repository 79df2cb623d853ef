import { createStore } from 'zustand/vanilla';

/** An action of the user's, listed in the palette and bound to its shortcut while registered. */
export interface Command {
  /** Stable and unique, such as `batch.pickFolder`. */
  readonly id: string;
  readonly title: string;
  /** Heading in the palette, usually the name of the surface. */
  readonly group: string;
  /** More words that find it. */
  readonly keywords?: string;
  /** Written "Mod+N"; see ui/shortcut.ts. */
  readonly shortcut?: string;
  readonly run: () => void;
}

export const commandRegistry = createStore<{ readonly commands: readonly Command[] }>(() => ({ commands: [] }));

/** Adds commands. Returns a function that removes them. */
export function registerCommands(commands: readonly Command[]): () => void {
  commandRegistry.setState((state) => ({ commands: [...state.commands, ...commands] }));
  return () => {
    const gone = new Set(commands);
    commandRegistry.setState((state) => ({ commands: state.commands.filter((command) => !gone.has(command)) }));
  };
}
