import { type KeyboardEvent, useMemo, useState } from 'react';
import type { EvidencePlace } from '../../../shared/answer.ts';
import type { Attachment } from '../../../shared/chat-data.ts';
import type { QuotedWords } from '../../../shared/quoted-words.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { formatName } from '../file-text/format-name.ts';
import { type ShownPlace, stepFrom, withoutRepeats } from '../file-text/shown-place.ts';
import { TextAndPages } from '../file-text/text-and-pages.tsx';
import { Note } from '../ui/error-note.tsx';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { matchesShortcut } from '../ui/shortcut.ts';
import { lengthWords } from './attachment-words.ts';
import styles from './file-pane.module.css';
import { type PlacedQuote, useQuotedPlaces } from './quoted-places.ts';

interface FilePaneProps {
  readonly attachment: Attachment;
  /** The reply whose quotations are marked. */
  readonly replyId: string | null;
  /** The quotation to show. */
  readonly quoted: QuotedWords | null;
  readonly onClose: () => void;
}

/** What was read of an attached file, which is all that a model receives, beside its pages, with what a reply quotes of it. */
export function FilePane({ attachment, replyId, quoted, onClose }: FilePaneProps) {
  const { id, name } = attachment;
  const file = useMemo(() => ({ attachmentId: id }), [id]);
  const quotes = useQuotedPlaces(attachment, replyId, quoted === null);
  const places = useMemo(() => withoutRepeats(quotes.flatMap(({ place }) => place ?? [])), [quotes]);
  const { shown, isMissing, step } = useShown(quotes, places, quoted);
  const onKeyDown = (event: KeyboardEvent) => {
    if (matchesShortcut(event, 'Alt+ArrowDown')) step(1);
    else if (matchesShortcut(event, 'Alt+ArrowUp')) step(-1);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys work wherever the focus is inside it
    <div className={styles.pane} onKeyDown={onKeyDown}>
      <TextAndPages
        file={file}
        title={(quotation) => (
          <div className={styles.titles}>
            <h2 className={styles.name} title={name}>
              {name}
            </h2>
            {(quotation !== null || isMissing) && <p className={styles.quotation}>{quotation ?? MISSING}</p>}
          </div>
        )}
        above={<Facts attachment={attachment} />}
        places={places}
        shown={shown}
        onStep={step}
        closeLabel="Close"
        onClose={onClose}
      />
    </div>
  );
}

const MISSING = 'The quotation was not found in the text';

function Facts({ attachment }: { readonly attachment: Attachment }) {
  const { format, bytes, tokens, notes } = attachment;
  const facts = [
    formatName(format),
    formatBytes(bytes),
    lengthWords(attachment),
    `about ${formatNumber(tokens)} tokens`,
  ];
  return (
    <>
      <p className={styles.facts}>{facts.join(' · ')}</p>
      {notes.map(noteWords).map((words) => (
        <Note key={words} tone="amber">
          {words}
        </Note>
      ))}
      <h3 className={styles.title}>Text sent to the model</h3>
    </>
  );
}

/** What was gone to from a quotation. */
interface Stepped {
  readonly from: QuotedWords | null;
  readonly shown: ShownPlace;
}

/** The quotation that was asked for last: in the reply, or by the steps from there. */
function useShown(quotes: readonly PlacedQuote[], places: readonly EvidencePlace[], quoted: QuotedWords | null) {
  const [stepped, setStepped] = useState<Stepped | null>(null);
  const asked = useMemo(() => askedFor(quotes, quoted), [quotes, quoted]);
  const shown = stepped !== null && stepped.from === quoted ? stepped.shown : asked.shown;
  const step = (by: 1 | -1) => {
    const place = stepFrom(places, shown?.place ?? null, by);
    if (place !== undefined) setStepped({ from: quoted, shown: { place, asked: (shown?.asked ?? 0) + 1 } });
  };
  return { shown, isMissing: shown === null && asked.isMissing, step };
}

function askedFor(quotes: readonly PlacedQuote[], quoted: QuotedWords | null) {
  const found = quotes.find(({ words, line }) => words === quoted?.words && line === quoted.line);
  if (found === undefined || found.place === null) return { shown: null, isMissing: found !== undefined };
  return { shown: { place: found.place, asked: 0 }, isMissing: false };
}
