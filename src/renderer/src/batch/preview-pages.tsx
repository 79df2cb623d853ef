import { useEffect, useState } from 'react';
import type { PictureFile } from '../../../shared/page-picture.ts';
import type { Problem } from '../../../shared/problem.ts';
import { whatHappened } from '../../../shared/problem-words.ts';
import type { Result } from '../../../shared/result.ts';
import { bridge } from '../platform/bridge.ts';
import { formatBytes } from '../ui/format.ts';
import styles from './preview-pages.module.css';

export interface PreviewedFile {
  readonly batchId: string;
  /** Null for the first file of the batch. */
  readonly itemId: number | null;
}

/** The pages that would be sent with a request, as they would be sent, one after the other. */
export function PreviewPages({ batchId, itemId, pages }: PreviewedFile & { readonly pages: readonly number[] }) {
  const drawn = usePages(batchId, itemId, pages);
  return (
    <ol className={styles.pages} aria-label="Pages that are sent as pictures">
      {pages.map((page, index) => (
        <li key={page} className={styles.page}>
          <Page page={page} drawn={drawn[index]} />
        </li>
      ))}
    </ol>
  );
}

function Page({
  page,
  drawn,
}: {
  readonly page: number;
  readonly drawn: Result<readonly PictureFile[], Problem> | undefined;
}) {
  if (drawn === undefined) return <p className={styles.words}>Page {page} is being drawn</p>;
  if (!drawn.ok) return <p className={styles.words}>{`Page ${page}: ${whatHappened(drawn.error)}`}</p>;
  if (drawn.value.length === 0) return <p className={styles.words}>Page {page} is damaged and left out</p>;
  return drawn.value.map((file, piece) => (
    <Piece
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a drawn page never move
      key={piece}
      name={drawn.value.length === 1 ? `Page ${page}` : `Page ${page}, piece ${piece + 1}`}
      file={file}
    />
  ));
}

function Piece({ name, file }: { readonly name: string; readonly file: PictureFile }) {
  const { type, base64, width, height } = file;
  const kind = type === 'image/png' ? 'PNG' : 'JPEG';
  return (
    <figure className={styles.figure}>
      <img src={`data:${type};base64,${base64}`} alt={name} className={styles.picture} />
      <figcaption className={styles.words}>
        {`${name} · ${width} × ${height} ${kind}, ${formatBytes(Math.floor((base64.length * 3) / 4))}`}
      </figcaption>
    </figure>
  );
}

/** Asked for one after the other, so that closing it ends the drawing. */
function usePages(batchId: string, itemId: number | null, pages: readonly number[]) {
  const [drawn, setDrawn] = useState<readonly Result<readonly PictureFile[], Problem>[]>([]);
  const numbers = pages.join(' ');
  useEffect(() => {
    let isWanted = true;
    setDrawn([]);
    const drawAll = async () => {
      for (const page of numbers.split(' ').map(Number)) {
        const one = await bridge.request('recipe.previewPage', { batchId, itemId, page });
        if (!isWanted) return;
        setDrawn((before) => [...before, one]);
      }
    };
    void drawAll();
    return () => {
      isWanted = false;
    };
  }, [batchId, itemId, numbers]);
  return drawn;
}
