import type { Rise } from '../raised-text.ts';
import type { SymbolFont } from '../symbol-fonts.ts';
import { type HtmlAttributes, type HtmlLooks, plainLooks } from './looks.ts';

/** What applies to an element's text and its descendants. */
export interface Scope {
  readonly depth: number;
  readonly isVisible: boolean;
  readonly rise: Rise | null;
  readonly isStruck: boolean;
  readonly font: SymbolFont | null;
  readonly isPreformatted: boolean;
  /** Inside a link to another place on the page, such as a footnote mark. */
  readonly isPageLink: boolean;
}

const outermost: Scope = {
  depth: 0,
  isVisible: true,
  rise: null,
  isStruck: false,
  font: null,
  isPreformatted: false,
  isPageLink: false,
};

const preformatted = new Set(['pre', 'textarea']);

export function isPreformatted(name: string): boolean {
  return preformatted.has(name);
}

/** The scopes that are open, each with the depth of the element that it began with. */
export function createScopes() {
  const open: Scope[] = [];
  const innermost = (): Scope => open.at(-1) ?? outermost;

  return {
    innermost,
    /** @param mathRise whether the place of the element in a formula raises or lowers it */
    open(name: string, attributes: HtmlAttributes, looks: HtmlLooks, mathRise: Rise | null, depth: number): void {
      if (looks === plainLooks && mathRise === null && name !== 'a' && !isPreformatted(name)) return;
      const outer = innermost();
      const isPageLink = outer.isPageLink || (name === 'a' && /#./.test(attributes.href ?? ''));
      const rise = looks.rise ?? mathRise ?? outer.rise;
      const inner: Scope = {
        depth,
        isVisible: looks.isVisible ?? outer.isVisible,
        rise: rise === 'raised' && isPageLink ? 'mark' : rise,
        isStruck: outer.isStruck || looks.isStruck === true,
        font: looks.font === undefined ? outer.font : looks.font,
        isPreformatted: outer.isPreformatted || isPreformatted(name),
        isPageLink,
      };
      const keys = ['isVisible', 'rise', 'isStruck', 'font', 'isPreformatted', 'isPageLink'] as const;
      if (keys.some((key) => inner[key] !== outer[key])) open.push(inner);
    },
    close(depth: number): void {
      if (innermost().depth === depth) open.pop();
    },
  };
}
