import { largeImage } from '../drawings/large-image.ts';
import { relationId } from '../packed/ooxml-package.ts';
import type { Attributes } from '../packed/xml-events.ts';

/**
 * The large pictures of a slide: those that stand on it, and those that are its background or that of a shape. `add` is
 * called with the id of each one's relationship: '' for one that is not in the file.
 */
export function createSlidePictures(add: (id: string) => void) {
  let pictures = 0;
  /** Of embedded objects; the pictures in them stand for what is embedded. */
  let objects = 0;
  /** In what says how a slide or shape looks, a picture is its background. */
  let ground: 'slide' | 'shape' | null = null;
  /** Null for what takes its size from its layout. */
  let isLarge: boolean | null = null;
  let id = '';

  const isInside = (): boolean => pictures > 0 || ground !== null;

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'p:oleObj') objects += 1;
      else if (name === 'p:pic') {
        isLarge = null;
        id = '';
        pictures += 1;
      } else if (pictures === 0 && (name === 'p:bg' || name === 'p:spPr')) {
        ground = name === 'p:bg' ? 'slide' : 'shape';
        isLarge = ground === 'slide';
        id = '';
      } else if (!isInside()) return;
      else if (name === 'a:blip') id = relationId(attributes, 'embed');
      else if (name === 'a:ext' && attributes.cx !== undefined)
        isLarge ||= Number(attributes.cx) >= largeImage.width && Number(attributes.cy) >= largeImage.height;
    },
    close(name: string): void {
      if (name === 'p:oleObj') objects -= 1;
      else if (name === 'p:pic') {
        if (isLarge !== false && objects === 0) add(id);
        pictures -= 1;
      } else if (ground !== null && (name === 'p:bg' || name === 'p:spPr')) {
        if (isLarge === true && id !== '') add(id);
        ground = null;
      }
    },
  };
}
