import { hasPagePictures } from '../../shared/page-picture.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FileKeeper } from '../pages/kept-files.ts';
import type { PageSource } from '../pages/messages.ts';
import { pageSource } from '../pages/page-source.ts';
import type { Reads } from '../store/operations.ts';
import type { AttachedPlace } from './attached-file.ts';

/** Files attached to messages, by their ids. */
export function createAttachedFiles(read: Pick<Reads, 'readAttachedPlace' | 'readAttachmentText'>): FileKeeper<string> {
  return {
    text: async (id) => {
      const [stored, place] = await Promise.all([read.readAttachmentText(id), read.readAttachedPlace(id)]);
      if (stored === null || place === null) return err(notKept());
      return ok({ ...stored, noPages: hasPagePictures(place.format) ? whyNoPages(place) : null });
    },
    source: async (id) => {
      const place = await read.readAttachedPlace(id);
      return place === null ? err(notKept()) : sourceOf(place);
    },
    explain: (why) => {
      if (why.code === 'file_vanished') return problem('file_vanished', { what: 'attached_shown' });
      return why.code === 'page_not_drawn' && why.params.why === 'changed'
        ? problem('page_not_drawn', { why: 'attached_changed' })
        : why;
    },
  };
}

/** The text of an attached file is not stored. */
export function notKept(): Problem {
  return problem('file_vanished', { what: 'attached_text' });
}

function sourceOf(place: AttachedPlace): Result<PageSource, Problem> {
  const { path, inside, format, sha256 } = place;
  if (!hasPagePictures(format)) return err(problem('page_not_drawn', { why: 'not_drawn' }));
  const why = whyNoPages(place);
  if (path === null || why !== null) return err(why ?? attachedBefore());
  // The person chose it by itself, so it may link anywhere.
  return ok(pageSource({ path, inside, roots: null }, { sha256, format }));
}

function whyNoPages({ path, arePlacesKept }: AttachedPlace): Problem | null {
  return path === null || !arePlacesKept ? attachedBefore() : null;
}

function attachedBefore(): Problem {
  return problem('page_not_drawn', { why: 'attached_before' });
}
