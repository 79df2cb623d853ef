/** Frames in which what comes into sight by scrolling may still get another height. */
const SETTLING_FRAMES = 6;

/** Scrolls to an element whose place and height settle as it comes into sight. */
export function showElement(element: Element, frames = SETTLING_FRAMES): void {
  element.scrollIntoView({ block: 'start' });
  if (frames > 0) requestAnimationFrame(() => showElement(element, frames - 1));
}

/** Scrolls to a stretch of text, wherever it stands and whether or not it was laid out. */
export function showRange(range: StaticRange): void {
  const element = range.startContainer.parentElement;
  if (element === null) return;
  // Whoever has folded it unfolds it.
  element.dispatchEvent(new Event('beforematch', { bubbles: true }));
  settle(range, element, SETTLING_FRAMES);
}

function settle(range: StaticRange, element: Element, frames: number): void {
  if (!element.isConnected) return;
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const scroller = scrollerOf(element);
  const frame = scroller.getBoundingClientRect();
  const place = live.getBoundingClientRect();
  if (place.top < frame.top || place.bottom > frame.bottom) {
    scroller.scrollTop += place.top - frame.top - frame.height / 3;
  }
  if (frames > 0) requestAnimationFrame(() => settle(range, element, frames - 1));
}

function scrollerOf(element: Element): Element {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.documentElement;
}
