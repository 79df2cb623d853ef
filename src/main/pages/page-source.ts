import type { Located } from '../documents/containers/location.ts';
import { isImageFormat } from '../documents/images/image-pages.ts';
import type { PageSource } from './messages.ts';

/** A file that was read, to draw its pages; of one that has changed since, none is drawn. */
export function pageSource(
  { path, inside, roots }: Located,
  { sha256, format }: { readonly sha256: string; readonly format: string },
): PageSource {
  return { path, inside, roots, sha256, format: isImageFormat(format) ? format : 'pdf' };
}
