/** Deeper than anyone nests equations by hand. */
const maxDepth = 20;

/**
 * The text of an EQ field on one line: `\f(1,2)` becomes `1/2`, `\r(3,x)` becomes `3√(x)`, an encircled number becomes
 * one character. Word draws these fields from their code and stores no result.
 */
export function equationText(code: string): string {
  let at = 0;

  function sequence(depth: number, until: RegExp): string {
    let text = '';
    while (at < code.length && !until.test(code[at] ?? '')) {
      const character = code[at] ?? '';
      at += 1;
      if (character !== '\\')
        text += character === '(' && depth < maxDepth ? `(${sequence(depth + 1, /\)/)}${close()}` : character;
      else if (/[a-z*]/i.test(code[at] ?? '')) text += command(depth);
      else {
        text += code[at] ?? '';
        at += 1;
      }
    }
    return text;
  }

  function close(): string {
    at += 1;
    return ')';
  }

  /** A switch with its options (`\s\up8`), followed by its arguments. */
  function command(depth: number): string {
    const found = /^(?:\*\s*(?:"[^"]*"|\S*)|([a-z]+)((?:\s*\\[a-z]+\s?\d*(?:\.\d+)?|\s*\\[a-z]c\\.)*)\s*)/i.exec(
      code.slice(at, at + 200),
    );
    at += Math.max(1, found?.[0].length ?? 1);
    const name = found?.[1]?.toLowerCase() ?? '';
    const options = found?.[2]?.toLowerCase() ?? '';
    if (name === '' || code[at] !== '(' || depth >= maxDepth) return '';
    return shown(name, options, parts(depth + 1));
  }

  function parts(depth: number): string[] {
    const found: string[] = [];
    do {
      at += 1;
      found.push(sequence(depth, /[,;)]/).trim());
    } while (code[at] === ',' || code[at] === ';');
    at += 1;
    return found;
  }

  return sequence(0, /$^/).trim();
}

function shown(name: string, options: string, parts: readonly string[]): string {
  const [first = '', second = ''] = parts;
  switch (name) {
    case 'f':
      return `${grouped(first)}/${grouped(second)}`;
    case 'r':
      return parts.length > 1 ? `${first}√(${second})` : `√(${first})`;
    case 's':
      return options.includes('do') ? `_${grouped(first)}` : `^${grouped(parts.join(','))}`;
    case 'o':
      return overlaid(parts);
    case 'b':
      return `(${parts.join(', ')})`;
    case 'i': {
      const sign = options.includes('su') ? '∑' : options.includes('pr') ? '∏' : '∫';
      return `${sign}${first === '' ? '' : `_${grouped(first)}`}${second === '' ? '' : `^${grouped(second)}`} ${parts.slice(2).join(' ')}`;
    }
    case 'd':
      return '';
    default:
      return parts.join(' ');
  }
}

function grouped(text: string): string {
  return /^[\p{L}\p{N}.]*$/u.test(text) ? text : `(${text})`;
}

/** A number over a circle, or letters under a phonetic guide, which is not text. */
function overlaid(parts: readonly string[]): string {
  const signs = parts.filter((part) => !/^[○〇◯]$/.test(part));
  const number = Number(signs[0]);
  if (signs.length < parts.length && signs.length === 1 && Number.isInteger(number) && number >= 1 && number <= 20) {
    return String.fromCodePoint(0x245f + number);
  }
  return signs.filter((part) => !part.startsWith('^')).join('');
}
