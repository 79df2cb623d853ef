/** The properties of a `style` attribute with their effective values, in lower case; quoted strings keep their case. */
export type Declarations = ReadonlyMap<string, string>;

const none: Declarations = new Map();

/**
 * Parses a `style` attribute as a browser does: comments, strings, brackets and escapes do not end a declaration, the
 * last declaration of a property wins, and `!important` beats everything else.
 */
export function readDeclarations(style: string | undefined): Declarations {
  if (style === undefined || style === '') return none;
  const values = new Map<string, string>();
  const important = new Set<string>();
  for (const declaration of declarationsOf(style.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' '))) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const [value = '', mark] = declaration.slice(colon + 1).split(/(!\s*important)\s*$/i);
    if (name === '' || (important.has(name) && mark === undefined)) continue;
    if (!isValid(name, value.trim())) continue;
    if (mark !== undefined) important.add(name);
    values.set(name, /["']/.test(value) ? value.trim() : value.trim().toLowerCase());
  }
  return values;
}

/** Keyword properties: a browser ignores an unknown value, so the previous one stays in effect. */
function isValid(name: string, value: string): boolean {
  if (name === 'display')
    return /^[a-z]+(?:-[a-z]+)*(?:\s+[a-z-]+)?$/i.test(value) && !/\bnone\s|\snone\b/i.test(value);
  if (name === 'visibility') return /^(?:visible|hidden|collapse|inherit|initial|unset|revert)$/i.test(value);
  return value !== '';
}

function declarationsOf(style: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < style.length; at += 1) {
    const character = style[at] ?? '';
    if (character === '\\') at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === ';' && depth === 0) {
      found.push(style.slice(start, at));
      start = at + 1;
    }
  }
  found.push(style.slice(start));
  return found;
}
