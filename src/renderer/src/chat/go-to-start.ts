/** Time in which what comes into sight at the start gets its height. */
const SETTLING_FRAMES = 60;
const turningAway = ['wheel', 'pointerdown', 'keydown'] as const;

/**
 * Goes to the start of a long view and stays there while what is drawn on arrival grows; the browser would keep what it
 * showed on the way in its place. Ends when the reader turns elsewhere.
 */
export function goToStart(scroll: HTMLElement): void {
  let frames = SETTLING_FRAMES;
  const end = () => {
    frames = 0;
    for (const event of turningAway) scroll.removeEventListener(event, end);
  };
  const stay = () => {
    scroll.scrollTop = 0;
    frames -= 1;
    if (frames > 0) requestAnimationFrame(stay);
    else end();
  };
  stay();
  // Not of the key press that led here.
  requestAnimationFrame(() => {
    if (frames > 0) for (const event of turningAway) scroll.addEventListener(event, end, { passive: true });
  });
}
