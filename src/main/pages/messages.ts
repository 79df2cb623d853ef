import type { PagePicture, PictureFile } from '../../shared/page-picture.ts';
import type { FromPooled, ToPooled } from '../common/process-pool.ts';
import type { Located } from '../documents/containers/location.ts';
import type { ImageFormat } from '../documents/images/image-pages.ts';
import type { PageWords } from './find-on-page.ts';

/** A file whose pages are to be drawn. */
export interface PageSource extends Located {
  /** Of the bytes that were read: of others, nothing is drawn. */
  readonly sha256: string;
  readonly format: ImageFormat | 'pdf';
}

/** What is wanted of a page. */
export interface PageJob {
  readonly source: PageSource;
  /** Counted from 1. */
  readonly page: number;
  readonly want:
    | { readonly what: 'picture'; readonly width: number }
    /** As it is sent to a model. */
    | { readonly what: 'file' }
    | { readonly what: 'words' };
}

export type PageAnswer = PagePicture | readonly PictureFile[] | PageWords;

export type ToPages = ToPooled<PageJob>;
export type FromPages = FromPooled<never, PageAnswer>;
