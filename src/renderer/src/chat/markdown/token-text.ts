import type { Token } from 'markdown-it';

/** What inline tokens say, without their marks. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content, children }) => {
      if (type === 'softbreak' || type === 'hardbreak') return '\n';
      return type === 'image' ? textOf(children ?? []) : content;
    })
    .join('');
}
