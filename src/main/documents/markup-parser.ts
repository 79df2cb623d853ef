import { Parser } from 'htmlparser2';

/**
 * The elements that are open, innermost first, for a parser that looks at the first of them and adds and removes it.
 * Arrays take time in proportion to their length for that: a megabyte of unclosed elements would take minutes.
 */
class OpenElements<T> {
  0: T | undefined;
  length = 0;
  readonly #outermostFirst: T[] = [];
  readonly #counts = new Map<T, number>();

  constructor(elements: Iterable<T>) {
    for (const element of elements) this.unshift(element);
  }

  unshift(element: T): void {
    this.#outermostFirst.push(element);
    this.#count(element, 1);
  }

  shift(): T | undefined {
    const element = this.#outermostFirst.pop();
    if (element !== undefined) this.#count(element, -1);
    return element;
  }

  indexOf(element: T): number {
    if ((this.#counts.get(element) ?? 0) === 0) return -1;
    return this.length - 1 - this.#outermostFirst.lastIndexOf(element);
  }

  innermostFirst(): T[] {
    return this.#outermostFirst.toReversed();
  }

  #count(element: T, change: 1 | -1): void {
    this.#counts.set(element, (this.#counts.get(element) ?? 0) + change);
    this.length = this.#outermostFirst.length;
    this[0] = this.#outermostFirst.at(-1);
  }
}

/** htmlparser2's parser, in linear time whatever the depth. What it is given ends with `end`. */
export class MarkupParser extends Parser {
  readonly #elements: OpenElements<string>;

  constructor(...parameters: ConstructorParameters<typeof Parser>) {
    super(...parameters);
    this.#elements = new OpenElements(ownList<string>(this, 'stack'));
    Reflect.set(this, 'stack', this.#elements);
    Reflect.set(this, 'foreignContext', new OpenElements(ownList<boolean>(this, 'foreignContext')));
  }

  override onend(): void {
    Reflect.set(this, 'stack', this.#elements.innermostFirst());
    super.onend();
  }
}

/** @throws if the parser's own fields are no longer what they were in version 10. */
function ownList<T>(parser: Parser, name: string): T[] {
  const list: unknown = Reflect.get(parser, name);
  if (!Array.isArray(list)) throw new Error(`htmlparser2 has no list “${name}” any more.`);
  return list;
}
