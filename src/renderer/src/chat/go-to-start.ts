/** How many frames content drawn at the start may take to get its height. */
const SETTLING_FRAMES = 60;
const turningAway = ['wheel', 'pointerdown', 'keydown'] as const;

/**
 * Scrolls to the start of a long view and stays there while content is drawn and grows; the browser would otherwise
 * keep the content it passed on the way in place. Ends when the reader scrolls elsewhere.
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
  // Skips the key press that led here.
  requestAnimationFrame(() => {
    if (frames > 0) for (const event of turningAway) scroll.addEventListener(event, end, { passive: true });
  });
}
