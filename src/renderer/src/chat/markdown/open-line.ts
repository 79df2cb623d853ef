/** Marks alone: the next character tells an item or emphasis from a heading's underline or a rule. */
const marksAlone = /^[ \t>]*(?:=+|-[- \t]*|\*[* \t]*|_[_ \t]*)$/;
/** A longer line is a rule. */
const LONGEST = 100;

/** A growing text without a last line that is likely to be drawn as something else in a moment: `Title\n-` is a heading. */
export function withoutUndecidedLine(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  const undecided = text.length - start <= LONGEST && marksAlone.test(text.slice(start));
  return undecided ? text.slice(0, start) : text;
}
