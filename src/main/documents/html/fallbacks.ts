/** Elements whose text stands in for what Docket never loads or draws. A browser shows that of an object, too, in its place. */
const standingIn = new Set(['object', 'canvas']);
/** Elements whose text browsers of our time never show. */
const neverShown = new Set(['video', 'audio']);

const longestExcuse = 200;

/** That a browser is too old tells a reader nothing. */
const excuse =
  /\byour (?:web )?browser\b|\b(?:enable|install|upgrade|requires?)\b.{0,40}\b(?:javascript|flash|plug-?in)\b/i;

/** Follows what stands in a page for programs that cannot show a part of it. */
export function createFallbacks() {
  const open: number[] = [];

  return {
    isNeverShown: (name: string): boolean => neverShown.has(name),
    open(name: string, depth: number): void {
      if (standingIn.has(name) || neverShown.has(name)) open.push(depth);
    },
    close(depth: number): void {
      if (open.at(-1) === depth) open.pop();
    },
    /** Whether a piece of text here only says that something cannot be shown. */
    isExcuse: (text: string): boolean => open.length > 0 && text.length <= longestExcuse && excuse.test(text),
  };
}
