import { createStore } from 'zustand/vanilla';
import type { SurfaceId } from './surfaces.ts';

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

/** What can be done just now with what a surface shows. */
interface CommandContext {
  readonly surface: SurfaceId;
  readonly commands: () => readonly Command[];
}

interface CommandRegistry {
  readonly commands: readonly Command[];
  readonly contexts: readonly CommandContext[];
}

export const commandRegistry = createStore<CommandRegistry>(() => ({ commands: [], contexts: [] }));

/** Adds commands. Returns a function that removes them. */
export function registerCommands(commands: readonly Command[]): () => void {
  commandRegistry.setState((state) => ({ commands: [...state.commands, ...commands] }));
  return () => {
    const gone = new Set(commands);
    commandRegistry.setState((state) => ({ commands: state.commands.filter((command) => !gone.has(command)) }));
  };
}

/** Adds what can be done with what a surface shows, asked for while it is on the screen. Returns a function that removes it. */
export function registerContext(surface: SurfaceId, commands: CommandContext['commands']): () => void {
  const context = { surface, commands };
  commandRegistry.setState((state) => ({ contexts: [...state.contexts, context] }));
  return () => commandRegistry.setState((state) => ({ contexts: state.contexts.filter((other) => other !== context) }));
}
