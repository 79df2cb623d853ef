import type { Rise } from '../raised-text.ts';

interface Part {
  readonly name: string;
  readonly depth: number;
  children: number;
}

const scripts: Readonly<Record<string, readonly (Rise | null)[]>> = {
  msup: [null, 'raised'],
  msub: [null, 'lowered'],
  msubsup: [null, 'lowered', 'raised'],
  mover: [null, 'raised'],
  munder: [null, 'lowered'],
  munderover: [null, 'lowered', 'raised'],
};

/** Linearises MathML formulas: structure becomes symbols. */
export function createMath(write: (text: string) => void) {
  const parts: Part[] = [];

  return {
    /** Opens an element at its depth in the page. Returns whether it is raised or lowered, if it says so. */
    open(name: string, depth: number): Rise | null {
      const parent = parts.at(-1);
      const isChild = parent !== undefined && parent.depth === depth - 1;
      const index = isChild ? parent.children++ : 0;
      if (isChild && parent.name === 'mfrac') write(index === 0 ? '(' : ')/(');
      if (scripts[name] !== undefined || name === 'mfrac' || name === 'msqrt') parts.push({ name, depth, children: 0 });
      if (name === 'msqrt') write('√(');
      return isChild ? (scripts[parent.name]?.[index] ?? null) : null;
    },
    close(depth: number): void {
      const part = parts.at(-1);
      if (part?.depth !== depth) return;
      parts.pop();
      if (part.name === 'mfrac' || part.name === 'msqrt') write(')');
    },
  };
}
