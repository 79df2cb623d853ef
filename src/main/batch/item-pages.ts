import { hasPagePictures, type PagePicture } from '../../shared/page-picture.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isImageFormat } from '../documents/images/image-pages.ts';
import type { PageSource } from '../pages/messages.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import type { Store } from '../store/store.ts';
import { createReadArea } from './read-area.ts';

/** The pages of a batch's files as they look. */
export interface ItemPages {
  /** @param page counted from 1. @param width in pixels. */
  picture(itemId: number, page: number, width: number): Promise<Result<PagePicture, Problem>>;
}

interface ItemPagesParts {
  readonly store: { readonly read: Pick<Store['read'], 'readBatch' | 'readItemDetail'> };
  readonly drawer: PageDrawer;
}

export function createItemPages({ store, drawer }: ItemPagesParts): ItemPages {
  // One page is looked at at a time: what was asked for before it has been scrolled past.
  let looking = new AbortController();

  const sourceOf = async (itemId: number): Promise<Result<PageSource, Problem>> => {
    const item = await store.read.readItemDetail(itemId);
    const setup = item === null ? null : await store.read.readBatch(item.row.batchId);
    if (item === null || setup === null) return err(problem('invalid_input', { what: 'item_gone' }));
    const { path, inside, sha256, format } = item;
    if (sha256 === null || format === null || !hasPagePictures(format)) {
      return err(problem('page_not_drawn', { why: 'not_drawn' }));
    }
    const roots = createReadArea(setup.paths)(path);
    return ok({ path, inside, roots, sha256, format: isImageFormat(format) ? format : 'pdf' });
  };

  return {
    picture: async (itemId, page, width) => {
      looking.abort();
      looking = new AbortController();
      const { signal } = looking;
      const source = await sourceOf(itemId);
      return source.ok ? drawer.draw({ source: source.value, page, width }, signal) : source;
    },
  };
}
