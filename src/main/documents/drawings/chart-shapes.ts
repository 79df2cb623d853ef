import { relatedAs, relationshipsOf } from '../packed/ooxml-package.ts';
import { readXml } from '../packed/xml-events.ts';
import type { ZipParts } from '../packed/zip-parts.ts';

/** The texts that somebody wrote onto the chart in this part, each marked. */
export async function textsOnChart(parts: ZipParts, chart: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const path of relatedAs(await relationshipsOf(parts, chart), 'chartUserShapes')) {
    texts.push(...textsOfShapes(await parts.bytes(path)));
  }
  return texts;
}

/** The texts of the shapes that lie on a chart, each marked. */
export function textsOfShapes(xml: string | Uint8Array): readonly string[] {
  const texts: string[] = [];
  let text = '';
  let isText = false;
  readXml(xml, {
    open(name) {
      if (name === 'cdr:sp') text = '';
      else if (name === 'a:p' && text !== '') text += '\n';
      isText = name === 'a:t';
    },
    close(name) {
      isText = false;
      if (name === 'cdr:sp' && text.trim() !== '') texts.push(`[Text box] ${text.trim()}`);
    },
    text(piece) {
      if (isText) text += piece;
    },
  });
  return texts;
}
