/** For how many frames content that scrolls into view may still change its height. */
const SETTLING_FRAMES = 6;

/** Scrolls to an element whose position and height settle only as it comes into view. */
export function showElement(element: Element, frames = SETTLING_FRAMES): void {
  element.scrollIntoView({ block: 'start' });
  if (frames > 0) requestAnimationFrame(() => showElement(element, frames - 1));
}

/** Scrolls to a span of text, even if it is not laid out yet. */
export function showRange(range: StaticRange): void {
  const element = range.startContainer.parentElement;
  if (element === null) return;
  // Lets a collapsed ancestor expand first.
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
