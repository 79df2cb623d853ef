/** Which tests a command line selects. */

/**
 * Both runners run everything unless files or words are given; a runner with nothing selected does not run.
 *
 * @param {string[]} args of `npm test --`: files, and `-t WORDS` for words in a title
 * @returns {{ vitest: string[] | null, playwright: string[] | null }} the arguments of each runner
 */
export function chosenTests(args) {
  const at = args.indexOf('-t');
  const words = at === -1 ? undefined : args[at + 1];
  const files = at === -1 ? args : args.toSpliced(at, 2);
  const inWindow = files.filter((file) => file.includes('e2e'));
  const others = files.filter((file) => !file.includes('e2e'));
  const wants = (/** @type {string[]} */ own) => files.length === 0 || own.length > 0;
  return {
    vitest: wants(others) ? [...others, ...(words === undefined ? [] : ['-t', words])] : null,
    playwright: wants(inWindow) ? [...inWindow, ...(words === undefined ? [] : ['-g', words])] : null,
  };
}
