import { type Attributes, attributeOf } from '../packed/xml-events.ts';
import type { Rise } from '../raised-text.ts';

interface Brackets {
  open: string;
  close: string;
  between: string;
  parts: number;
}

/**
 * Linearises equations: structure becomes symbols, so that `(a+b)²`, `1/2` and `√x` are not read as `a+b2`, `12` and
 * `x`. `write` inserts the symbols into the text.
 */
export function createEquations(write: (text: string) => void) {
  const brackets: Brackets[] = [];
  const rises: Rise[] = [];
  let operator = '∫';

  function openPart(parent: string | undefined): void {
    const around = brackets.at(-1);
    if (parent === 'm:d' && around !== undefined) {
      write(around.parts === 0 ? around.open : around.between);
      around.parts += 1;
    } else if (parent === 'm:rad') write('√(');
    else if (parent === 'm:func' || parent === 'm:mr' || parent === 'm:eqArr') write(' ');
  }

  function setSign(name: string, value: string): void {
    const around = brackets.at(-1);
    if (name === 'm:chr') operator = value;
    if (around === undefined) return;
    if (name === 'm:begChr') around.open = value;
    else if (name === 'm:endChr') around.close = value;
    else if (name === 'm:sepChr') around.between = value;
  }

  return {
    open(name: string, attributes: Attributes, parent: string | undefined): void {
      if (!name.startsWith('m:')) return;
      if (name === 'm:e') openPart(parent);
      else if (name === 'm:sup') rises.push('raised');
      else if (name === 'm:sub' || name === 'm:lim') rises.push('lowered');
      else if (name === 'm:num') write('(');
      else if (name === 'm:den') write('/(');
      else if (name === 'm:d') brackets.push({ open: '(', close: ')', between: '|', parts: 0 });
      else if (name === 'm:nary') operator = '∫';
      else setSign(name, attributeOf(attributes, 'val') ?? '');
    },
    close(name: string, parent: string | undefined): void {
      if (name === 'm:sup' || name === 'm:sub' || name === 'm:lim') rises.pop();
      else if (name === 'm:num' || name === 'm:den' || (name === 'm:e' && parent === 'm:rad')) write(')');
      else if (name === 'm:d') write(brackets.pop()?.close ?? '');
      else if (name === 'm:naryPr') write(operator);
    },
    rise: (): Rise | null => rises.at(-1) ?? null,
  };
}
