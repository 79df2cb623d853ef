import { attributeOf, readXml } from '../packed/xml-events.ts';
import { localName, pathFrom } from './package.ts';

const longestTitle = 200;

/**
 * The titles of a book's documents, by path, from a file that lists its chapters: links of a page (EPUB 3) or points of a
 * map (EPUB 2). Of several chapters in a document, the first.
 */
export function chapterTitles(xml: string, path: string): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  let title = '';
  let isInTitle = false;
  let link: string | null = null;

  function add(reference: string): void {
    const target = pathFrom(path, reference);
    const clean = title.replace(/\s+/g, ' ').trim();
    if (clean !== '' && !titles.has(target)) titles.set(target, clean.slice(0, longestTitle));
  }

  readXml(xml, {
    open(qualified, attributes) {
      const name = localName(qualified);
      if (name === 'a' || name === 'navLabel') {
        title = '';
        isInTitle = true;
      }
      if (name === 'a') link = attributeOf(attributes, 'href');
      else if (name === 'content') add(attributeOf(attributes, 'src') ?? '');
    },
    close(qualified) {
      const name = localName(qualified);
      if (name === 'a' || name === 'navLabel') isInTitle = false;
      if (name !== 'a' || link === null) return;
      add(link);
      link = null;
    },
    text(text) {
      if (isInTitle) title += text;
    },
  });
  return titles;
}
