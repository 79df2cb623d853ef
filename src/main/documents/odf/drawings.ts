import { pictureMark } from '../drawings/pictures.ts';
import type { Attributes } from '../packed/xml-events.ts';
import type { FoundInOdf } from './found-in-odf.ts';
import { isLargeImage } from './lengths.ts';
import type { OdfParagraphs } from './paragraphs.ts';

/** Pictures and embedded objects, in the text or on the page beside it. */
export function createOdfDrawings(
  paragraphs: OdfParagraphs,
  found: FoundInOdf,
  objectAt: (path: string) => string | null,
) {
  let frame: Attributes = {};
  /** The frame's picture, drawn in a way that cannot be read; it may be there in another way, too. */
  let isPictureUnread = false;

  function countUnread(): void {
    if (isPictureUnread) found.largeImages += 1;
    isPictureUnread = false;
  }

  function writeObject(href: string): void {
    const text = objectAt(href.replace(/^\.\//, ''));
    frame = {};
    if (text === null) found.hasObjects = true;
    else if (text.startsWith('[Chart]') || !paragraphs.isInside()) paragraphs.writeOnLines(text);
    else paragraphs.write(text);
  }

  function writePicture(href: string): void {
    const mark = pictureMark(href.replace(/^\.\//, ''));
    isPictureUnread = mark === '';
    if (mark === '') return;
    frame = {};
    paragraphs.writeOnLines(mark);
  }

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'draw:frame') {
        countUnread();
        frame = attributes;
      } else if (name === 'draw:object') writeObject(attributes['xlink:href'] ?? '');
      else if (name === 'draw:object-ole') found.hasObjects = true;
      else if (name === 'draw:control') found.hasControls = true;
      else if (name === 'draw:image' && isLargeImage(frame)) writePicture(attributes['xlink:href'] ?? '');
    },
    closeFrame: countUnread,
  };
}
