import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PageBox, PagePicture } from '../../../shared/page-picture.ts';
import { IconButton } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { NumberField } from '../ui/field.tsx';
import { formatNumber } from '../ui/format.ts';
import { Spinner } from '../ui/progress.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { Select } from '../ui/select.tsx';
import { type Span, usePageMarks } from './page-marks.ts';
import { usePagePicture } from './page-picture.ts';
import styles from './page-view.module.css';

type Zoom = 'page' | 'width' | 'twice';

const zooms = [
  { value: 'page', label: 'Whole page' },
  { value: 'width', label: 'Page width' },
  { value: 'twice', label: '200%' },
] as const;

interface PageViewProps {
  readonly itemId: number;
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  /** The part of the file's text to be marked; the same one is scrolled to again when it is another object. */
  readonly marked: Span | null;
}

/** A page of a file as it looks. The picture is of an untrusted document; the window only copies its pixels. */
export function PageView({ itemId, page, pages, onPage, marked }: PageViewProps) {
  const [zoom, setZoom] = useState<Zoom>('width');
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const factor = zoom === 'twice' ? 2 : 1;
  const state = usePagePicture(itemId, page, room.width * factor);
  const marks = usePageMarks(itemId, page, marked);
  const go = (to: number) => {
    const next = Math.min(pages, Math.max(1, to));
    if (next !== page) onPage(next);
  };
  const picture = state.status === 'ready' ? state.picture : null;
  const width = picture === null ? 0 : widthOf(zoom, picture, room);
  useMarkInSight(frame, { page, picture, width, mark: marks?.[0] });
  const onKeyDown = (event: KeyboardEvent) => {
    const to = pageOfKey(event, page, pages, frame.current);
    if (to === null) return;
    event.preventDefault();
    go(to);
  };
  return (
    <section className={styles.view} aria-label="Picture of the page">
      <header className={styles.header}>
        <IconButton
          label="Page before"
          shortcut="ArrowLeft"
          icon={<ChevronLeft />}
          disabled={page <= 1}
          onClick={() => go(page - 1)}
        />
        <PageNumber page={page} pages={pages} onPage={go} />
        <IconButton
          label="Next page"
          shortcut="ArrowRight"
          icon={<ChevronRight />}
          disabled={page >= pages}
          onClick={() => go(page + 1)}
        />
        <span className={styles.space} />
        <Select label="Size of the page" size="small" value={zoom} onChange={setZoom} options={zooms} />
      </header>
      <Scrolling ref={frame} className={styles.frame} onKeyDown={onKeyDown}>
        {state.status === 'busy' && (
          <div className={styles.note}>
            <Spinner label="Drawing the page" />
          </div>
        )}
        {state.status === 'failed' && (
          <div className={styles.note}>
            <ErrorNote problem={state.problem} />
          </div>
        )}
        {picture !== null && (
          <>
            {picture.blank && (
              <div className={styles.note}>
                <Note tone="neutral">Nothing can be seen on this page.</Note>
              </div>
            )}
            {marks === null && (
              <div className={styles.note}>
                <Note tone="neutral">Where the quotation stands on this page is not known.</Note>
              </div>
            )}
            <Sheet picture={picture} name={`Page ${page}`} width={width} marks={marks ?? NO_MARKS} />
          </>
        )}
      </Scrolling>
    </section>
  );
}

/** Left and right go through the pages; up and down scroll, and go on where there is nothing more to scroll. */
function pageOfKey(event: KeyboardEvent, page: number, pages: number, frame: HTMLElement | null): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || frame === null) return null;
  const { key } = event;
  const scrolls = frame.scrollWidth > frame.clientWidth;
  if (key === 'ArrowRight' && !scrolls) return page + 1;
  if (key === 'ArrowLeft' && !scrolls) return page - 1;
  if (key === 'PageDown' && frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 1) return page + 1;
  if (key === 'PageUp' && frame.scrollTop <= 0) return page - 1;
  if (key === 'Home') return 1;
  return key === 'End' ? pages : null;
}

interface PageNumberProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

/** "3 of 12", where the number can be typed. */
function PageNumber({ page, pages, onPage }: PageNumberProps) {
  const [typed, setTyped] = useState<number | null>(null);
  if (pages === 1) return <span className={styles.number}>1 page</span>;
  return (
    <span className={styles.number}>
      <NumberField
        label="Page"
        value={typed ?? page}
        min={1}
        max={pages}
        onChange={setTyped}
        onCommit={(value) => {
          setTyped(null);
          if (value !== null) onPage(value);
        }}
      />
      of {formatNumber(pages)}
    </span>
  );
}

interface Room {
  readonly width: number;
  readonly height: number;
}

const NO_ROOM: Room = { width: 0, height: 0 };

/** The room inside a frame, without its scroll bars. */
function useRoom(frame: RefObject<HTMLElement | null>): Room {
  const [room, setRoom] = useState(NO_ROOM);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = () => {
      const { paddingLeft, paddingTop } = getComputedStyle(element);
      const width = Math.max(0, element.clientWidth - 2 * Number.parseFloat(paddingLeft));
      const height = Math.max(0, element.clientHeight - 2 * Number.parseFloat(paddingTop));
      setRoom((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return room;
}

/** In CSS pixels. */
function widthOf(zoom: Zoom, { width, height }: PagePicture, room: Room): number {
  if (zoom === 'twice') return room.width * 2;
  return zoom === 'width' ? room.width : Math.min(room.width, (room.height * width) / height);
}

const NO_MARKS: readonly PageBox[] = [];

interface InSight {
  readonly page: number;
  readonly picture: PagePicture | null;
  readonly width: number;
  readonly mark: PageBox | undefined;
}

/** Scrolls to a mark in the middle; another page without one is looked at from its top. Nothing around the frame moves. */
function useMarkInSight(frame: RefObject<HTMLElement | null>, { page, picture, width, mark }: InSight): void {
  const looked = useRef(0);
  useEffect(() => {
    if (picture === null) return;
    const height = (width * picture.height) / picture.width;
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    if (mark !== undefined) {
      const [x, y] = [(mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2];
      frame.current?.scrollTo({ left: x * width - clientWidth / 2, top: y * height - clientHeight / 2 });
    } else if (looked.current !== page) frame.current?.scrollTo({ top: 0 });
    looked.current = page;
  }, [frame, page, picture, width, mark]);
}

interface SheetProps {
  readonly picture: PagePicture;
  readonly name: string;
  readonly width: number;
  readonly marks: readonly PageBox[];
}

function Sheet({ picture, name, width, marks }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    const pixels = new Uint8ClampedArray(picture.pixels);
    context?.putImageData(new ImageData(pixels, picture.width, picture.height), 0, 0);
  }, [picture]);
  return (
    <div className={styles.sheet} style={{ width, aspectRatio: `${picture.width} / ${picture.height}` }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={name}
        className={styles.picture}
        width={picture.width}
        height={picture.height}
      />
      {marks.map(({ left, top, right, bottom }, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a quotation never move
          key={at}
          className={styles.mark}
          data-mark
          style={{
            left: `${left * 100}%`,
            top: `${top * 100}%`,
            width: `${(right - left) * 100}%`,
            height: `${(bottom - top) * 100}%`,
          }}
        />
      ))}
    </div>
  );
}
