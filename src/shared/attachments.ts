import type { Attachment } from './chat-data.ts';

/** Maximum files per message; more than that is a batch. */
export const MAX_ATTACHMENTS = 20;
/** Maximum characters of attached text per message; more than any model reads at once. */
export const MAX_ATTACHED_CHARACTERS = 8_000_000;

/** The names under which a message's files are sent and quoted, made unique so that none is mistaken for another. */
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
