import { createStore } from 'zustand/vanilla';

/** Something the user can do, found in the palette and bound to its shortcut while it is registered. */
export interface Command {
  /** Stable and unique, such as `batch.pickFolder`. */
  readonly id: string;
  readonly title: string;
  /** Heading in the palette, most often the surface's name. */
  readonly group: string;
  /** Further words that find it. */
  readonly keywords?: string;
  /** "Mod+N"; see ui/shortcut.ts. */
  readonly shortcut?: string;
  readonly run: () => void;
}

export const commandRegistry = createStore<{ readonly commands: readonly Command[] }>(() => ({ commands: [] }));

/** Adds commands; the function that it returns takes them away again. */
export function registerCommands(commands: readonly Command[]): () => void {
  commandRegistry.setState((state) => ({ commands: [...state.commands, ...commands] }));
  return () => {
    const gone = new Set(commands);
    commandRegistry.setState((state) => ({ commands: state.commands.filter((command) => !gone.has(command)) }));
  };
}
