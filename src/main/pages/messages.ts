import type { PagePicture } from '../../shared/page-picture.ts';
import type { FromPooled, ToPooled } from '../common/process-pool.ts';
import type { Located } from '../documents/containers/located.ts';
import type { ImageFormat } from '../documents/images/image-pages.ts';

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
  /** Of its picture, in pixels. */
  readonly width: number;
}

export type ToPages = ToPooled<PageJob>;
export type FromPages = FromPooled<never, PagePicture>;
