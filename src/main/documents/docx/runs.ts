import type { Attributes } from '../packed/xml-events.ts';
import { type RunLooks, type Styles, withLooks } from './styles.ts';

/** The looks of the runs that are open. Text boxes nest runs inside runs. */
export function createRuns(styles: Styles, ofParagraph: () => RunLooks) {
  const open: RunLooks[] = [];

  return {
    looks: (): RunLooks => open.at(-1) ?? ofParagraph(),
    open(name: string): void {
      if (name === 'w:r' || name === 'm:r') open.push(ofParagraph());
      else if (name === 'w:txbxContent') open.push({});
    },
    close(name: string): void {
      if (name === 'w:r' || name === 'm:r' || name === 'w:txbxContent') open.pop();
    },
    openProperty(name: string, attributes: Attributes, value: string): void {
      const run = open.pop() ?? {};
      open.push(name === 'w:rStyle' ? { ...run, ...styles.character(value) } : withLooks(run, name, attributes));
    },
  };
}
