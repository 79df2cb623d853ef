import { z } from 'zod';
import type { KeptText } from '../kept-file.ts';
import { MOST_MARKS, type PageBox, type PagePicture, WIDEST_PICTURE } from '../page-picture.ts';
import { id, itemId } from './inputs.ts';
import { route } from './route.ts';

const keptFile = z.union([z.strictObject({ itemId }), z.strictObject({ attachmentId: id })]);

/** A file whose text is kept, beside pictures of its pages. */
export const fileRoutes = {
  /** What was read of a file; null if it was not kept. */
  'file.text': route(z.object({ file: keptFile })).returns<KeptText | null>(),
  /**
   * What a page of a file looks like, in a picture of about this many pixels a row. Whoever asks for the next page waits for
   * this one no more.
   */
  'file.pagePicture': route(
    z.object({ file: keptFile, page: z.number().int().min(1), width: z.number().int().min(1).max(WIDEST_PICTURE) }),
  ).returns<PagePicture>(),
  /** Where on a page each of these parts of the file's text stands; null if that is not known, none if on another page. */
  'file.pageMarks': route(
    z.object({
      file: keptFile,
      page: z.number().int().min(1),
      spans: z
        .array(z.object({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() }))
        .min(1)
        .max(MOST_MARKS),
    }),
  ).returns<readonly (readonly PageBox[] | null)[]>(),
} as const;
