import { ChevronLeft, ChevronRight } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { KeptFile } from '../../../shared/kept-file.ts';
import type { PageBox, PagePicture } from '../../../shared/page-picture.ts';
import { IconButton } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { NumberField } from '../ui/field.tsx';
import { formatNumber } from '../ui/format.ts';
import { Spinner } from '../ui/progress.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { Select } from '../ui/select.tsx';
import { type PageMarks, type Span, usePageMarks } from './page-marks.ts';
import { usePagePicture } from './page-picture.ts';
import styles from './page-view.module.css';

type Zoom = 'page' | 'width' | 'twice';

const zoomSteps: readonly Zoom[] = ['page', 'width', 'twice'];

function zoomBeside(zoom: Zoom, by: 1 | -1): Zoom {
  return zoomSteps[zoomSteps.indexOf(zoom) + by] ?? zoom;
}

const zooms = [
  { value: 'page', label: 'Whole page' },
  { value: 'width', label: 'Page width' },
  { value: 'twice', label: '200%' },
] as const;

interface PageViewProps {
  readonly file: KeptFile;
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  /** Parts of the file's text that are on this page. */
  readonly places: readonly Span[];
  /** The one that is shown, marked more strongly; the same one is scrolled to again when it is another object. */
  readonly marked: Span | null;
}

/** A page of a file as it looks. The picture is of an untrusted document; the window only copies its pixels. */
export function PageView({ file, page, pages, onPage, places, marked }: PageViewProps) {
  const [zoom, setZoom] = useState<Zoom>('width');
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const factor = zoom === 'twice' ? 2 : 1;
  const state = usePagePicture(file, page, room.width * factor);
  const marks = usePageMarks(file, page, places, marked);
  const go = (to: number) => {
    const next = Math.min(pages, Math.max(1, to));
    if (next !== page) onPage(next);
  };
  const picture = state.status === 'ready' ? state.picture : null;
  const width = picture === null ? 0 : widthOf(zoom, picture, room);
  useMarkInSight(frame, { page, picture, width, mark: marks.shown?.[0], asked: marked });
  useWheelZoom(frame, (by) => setZoom((before) => zoomBeside(before, by)));
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
            {marks.shown === null && (
              <div className={styles.note}>
                <Note tone="neutral">Where the quotation stands on this page is not known.</Note>
              </div>
            )}
            <Sheet picture={picture} name={`Page ${page}`} width={width} marks={marks} />
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

/** A touchpad tells of a pinch in many small steps, and a wheel turns further than it is meant to. */
const WHEEL_PAUSE_MS = 200;

/** Ctrl and the wheel, or a pinch, change the size of the page alone. */
function useWheelZoom(frame: RefObject<HTMLElement | null>, onZoom: (by: 1 | -1) => void): void {
  const zoom = useEffectEvent(onZoom);
  useEffect(() => {
    const element = frame.current;
    let last = Number.NEGATIVE_INFINITY;
    const onWheel = (event: WheelEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.deltaY === 0) return;
      event.preventDefault();
      if (event.timeStamp - last < WHEEL_PAUSE_MS) return;
      last = event.timeStamp;
      zoom(event.deltaY < 0 ? 1 : -1);
    };
    // React's own listeners cannot keep the page from being scrolled.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame]);
}

interface InSight {
  readonly page: number;
  readonly picture: PagePicture | null;
  readonly width: number;
  readonly mark: PageBox | undefined;
  /** What was asked to be shown: another object asks anew. */
  readonly asked: Span | null;
}

/** Scrolls to a mark in the middle; another page without one is looked at from its top. Nothing around the frame moves. */
function useMarkInSight(frame: RefObject<HTMLElement | null>, { page, picture, width, mark, asked }: InSight): void {
  const looked = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: who asks for the same mark again is led to it again
  useEffect(() => {
    if (picture === null) return;
    const height = (width * picture.height) / picture.width;
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    if (mark !== undefined) {
      const [x, y] = [(mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2];
      frame.current?.scrollTo({ left: x * width - clientWidth / 2, top: y * height - clientHeight / 2 });
    } else if (looked.current !== page) frame.current?.scrollTo({ top: 0 });
    looked.current = page;
  }, [frame, page, picture, width, mark, asked]);
}

interface SheetProps {
  readonly picture: PagePicture;
  readonly name: string;
  readonly width: number;
  readonly marks: PageMarks;
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
      {marks.others.map((box, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of quotations never move
        <Mark key={at} box={box} isShown={false} />
      ))}
      {marks.shown?.map((box, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a quotation never move
        <Mark key={at} box={box} isShown />
      ))}
    </div>
  );
}

function Mark({ box: { left, top, right, bottom }, isShown }: { readonly box: PageBox; readonly isShown: boolean }) {
  return (
    <div
      className={isShown ? styles.mark : styles.other}
      data-mark={isShown ? 'shown' : 'other'}
      style={{
        left: `${left * 100}%`,
        top: `${top * 100}%`,
        width: `${(right - left) * 100}%`,
        height: `${(bottom - top) * 100}%`,
      }}
    />
  );
}
