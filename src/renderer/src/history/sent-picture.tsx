import { useState } from 'react';
import { formatBytes } from '../ui/format.ts';
import type { RequestPicture } from './request-pictures.ts';
import styles from './sent-picture.module.css';

/**
 * A picture as it was sent: small, and as wide as the pane once it is pressed. Docket wrote it itself, from pixels, so no bytes
 * of a document reach the window's decoders.
 */
export function SentPicture({ picture }: { readonly picture: RequestPicture }) {
  const [isLarge, setLarge] = useState(false);
  const { number, url, kind, bytes } = picture;
  const name = `Picture ${number}`;
  return (
    <figure className={styles.figure}>
      <button
        type="button"
        className={styles.button}
        data-large={isLarge || undefined}
        aria-pressed={isLarge}
        aria-label={`${name}: show it ${isLarge ? 'small' : 'large'}`}
        onClick={() => setLarge(!isLarge)}
      >
        <img src={url} alt="" loading="lazy" decoding="async" className={styles.picture} />
      </button>
      <figcaption className={styles.caption}>
        {name} · {kind}, {formatBytes(bytes)}
      </figcaption>
    </figure>
  );
}
