import type { ExtraProps } from 'react-markdown';

export type Element = NonNullable<ExtraProps['node']>;

/** What an element says, without its marks. */
export function textOf(node: Element['children'][number]): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textOf).join('') : '';
}
