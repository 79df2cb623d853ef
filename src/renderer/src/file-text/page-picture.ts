import { useEffect, useState } from 'react';
import { type KeptFile, keyOfFile } from '../../../shared/kept-file.ts';
import { type PagePicture, WIDEST_PICTURE } from '../../../shared/page-picture.ts';
import type { Problem } from '../../../shared/problem.ts';
import { request } from '../platform/bridge.ts';
import { usePixelRatio } from '../ui/pixel-ratio.ts';

export type PictureState =
  | { readonly status: 'busy' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'ready'; readonly picture: PagePicture };

/** A page that is only flown past on the way to another is not drawn. */
const SETTLED_MS = 60;
/** Pages looked at last, so that going back to one is immediate. */
const KEPT_PICTURES = 6;
/** Nobody sees the difference of a few pixels, so a pane that is made a little wider has nothing drawn again. */
const WIDTH_STEP = 128;

const kept = new Map<string, PagePicture>();
/** Of this file: when another has been looked at, a page is drawn again, so that a change of its file is told. */
let keptOf: string | null = null;

function keep(file: KeptFile, key: string, picture: PagePicture): void {
  if (keptOf !== keyOfFile(file)) kept.clear();
  keptOf = keyOfFile(file);
  kept.delete(key);
  kept.set(key, picture);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_PICTURES) return;
    kept.delete(oldest);
  }
}

/** How a page of a file looks, sharp on this screen. @param width in CSS pixels; 0 while it is not known. */
export function usePagePicture(file: KeptFile, page: number, width: number): PictureState {
  const ratio = usePixelRatio();
  const pixels = Math.min(WIDEST_PICTURE, Math.ceil((width * ratio) / WIDTH_STEP) * WIDTH_STEP);
  const key = `${keyOfFile(file)} ${page} ${pixels}`;
  const [answer, setAnswer] = useState<{ readonly key: string; readonly state: PictureState } | null>(null);
  useEffect(() => {
    if (pixels === 0 || kept.has(key)) return undefined;
    let gone = false;
    const timer = setTimeout(async () => {
      const drawn = await request('file.pagePicture', { file, page, width: pixels });
      if (drawn.ok) keep(file, key, drawn.value);
      if (gone) return;
      setAnswer({
        key,
        state: drawn.ok ? { status: 'ready', picture: drawn.value } : { status: 'failed', problem: drawn.error },
      });
    }, SETTLED_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [file, page, pixels, key]);
  const before = kept.get(key);
  if (before !== undefined) return { status: 'ready', picture: before };
  return answer?.key === key ? answer.state : { status: 'busy' };
}
