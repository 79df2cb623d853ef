import type { Attachment } from './data.ts';

/** Files that one message takes; more than that is a batch. */
export const MAX_ATTACHMENTS = 20;
/** Characters of text that one message takes from its files; more than any model reads at once. */
export const MAX_ATTACHED_CHARACTERS = 8_000_000;

/** The names under which the files of one message are sent and quoted: each once, so that none stands for another. */
export function namesAsSent(attachments: readonly Pick<Attachment, 'name'>[]): readonly string[] {
  const taken = new Set<string>();
  return attachments.map(({ name }) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number += 1) unique = numbered(name, number);
    taken.add(unique);
    return unique;
  });
}

/** "report.pdf" becomes "report (2).pdf". */
function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`;
}
