/** Kinds of replies known to have frozen a chat: walls of one mark, endless nesting, countless lines. */

export interface HostileReply {
  readonly name: string;
  readonly text: string;
}

const LONG = 400_000;

const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const marks = (open: string, times: number, close: string) => open.repeat(times) + close.repeat(times);

export const hostileReplies: readonly HostileReply[] = [
  { name: 'nested bullets', text: `${'- '.repeat(1_500)}a` },
  { name: 'nested quotations', text: '>'.repeat(3_000) },
  { name: 'nested numbers', text: '1. '.repeat(2_000) },
  { name: 'lines', text: fill('a\n', LONG) },
  { name: 'half-open emphasis', text: fill('a*', 40_000) },
  { name: 'whole emphasis', text: fill('*a* ', LONG) },
  { name: 'emphasis in paragraphs', text: fill(`${'*a* **b** `c` '.repeat(20)}\n\n`, LONG) },
  { name: 'one line', text: fill('a', LONG) },
  { name: 'one paragraph', text: fill('word and ', LONG) },
  { name: 'bullets', text: fill('- a\n', LONG) },
  { name: 'code in bullets', text: fill('- a\n  ```\n  b\n  ```\n', LONG) },
  { name: 'headings', text: fill('# a\n', LONG) },
  { name: 'rules', text: fill('---\n', LONG) },
  { name: 'rows', text: `|a|b|\n|-|-|\n${fill('|1|2|\n', LONG)}` },
  { name: 'tables', text: fill('|a|b|\n|-|-|\n|1|2|\n\n', LONG) },
  { name: 'code', text: `\`\`\`ts\n${fill('let a = 1;\n', LONG)}` },
  { name: 'code in one line', text: `\`\`\`\n${fill('a', LONG)}` },
  { name: 'fences', text: fill('```\na\n```\n', LONG) },
  { name: 'brackets', text: fill('[a](', LONG) },
  { name: 'nested brackets', text: marks('[', 100_000, ']') },
  { name: 'links', text: fill('[a](https://b.c) ', LONG) },
  { name: 'definitions', text: fill('[a]: b\n', LONG) },
  { name: 'notes', text: fill('[^a]: b\n', LONG) },
  { name: 'formulas', text: fill('$a$ \\(b\\) ', LONG) },
  { name: 'line breaks', text: fill('<br>', LONG) },
  { name: 'characters of two units', text: fill('😀', LONG) },
  { name: 'marks on one letter', text: `e${fill('\u0301', LONG / 4)}` },
];
